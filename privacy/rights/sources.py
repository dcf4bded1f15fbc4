"""Which rows of the engine itself are about a person: mail we sent to their address, requests they made, consents."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, cutoff
from privacy.dossier import Source, sources
from privacy.models import AddressProof, OutgoingMail, RequestLetter, RightsRequest
from privacy.people import Person
from privacy.registry import registry

from . import deadlines


def _mails(person: Person, now: datetime) -> "QuerySet[OutgoingMail]":
    kept = cutoff(now, registry.rules["RT24"].period, registry.rules["RT24"].bound)
    rows = OutgoingMail.objects.filter(to__iexact=person.email, kept_from__gt=kept).exclude(to="")
    return rows.order_by("-created_at", "-pk")


def _requests(person: Person, now: datetime) -> "QuerySet[RightsRequest]":
    rows = RightsRequest.objects.alive(now).filter(email__iexact=person.email).exclude(email="")
    return rows.order_by("-received_at", "-pk")


def _letters(person: Person, now: datetime) -> "QuerySet[RequestLetter]":
    return RequestLetter.objects.filter(request__in=_requests(person, now)).exclude(text="").order_by("pk")


def _proofs(person: Person, now: datetime) -> "QuerySet[AddressProof]":
    kept = cutoff(now, deadlines.PROOF_KEPT, Bound.AT_MOST)
    rows = AddressProof.objects.filter(email__iexact=person.email, created_at__gt=kept)
    return rows.exclude(email="").order_by("pk")


sources.register(Source(model=OutgoingMail, title=_("Mail we sent you"), find=_mails, since="created_at"))
sources.register(Source(model=RightsRequest, title=_("Your privacy requests"), find=_requests, since="received_at"))
sources.register(Source(model=RequestLetter, title=_("What we answered"), find=_letters, since="written_at"))
sources.register(Source(model=AddressProof, title=_("Links we mailed"), find=_proofs, since="created_at"))
