"""Which rows about requests are about a person: found by the address they proved."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, cutoff
from privacy.dossier import Source, sources
from privacy.models import AddressProof, RequestLetter, RightsRequest
from privacy.people import Person

from . import deadlines


def _requests(person: Person, now: datetime) -> "QuerySet[RightsRequest]":
    rows = RightsRequest.objects.alive(now).filter(email__iexact=person.email).exclude(email="")
    return rows.order_by("-received_at", "-pk")


def _letters(person: Person, now: datetime) -> "QuerySet[RequestLetter]":
    return RequestLetter.objects.filter(request__in=_requests(person, now)).exclude(text="").order_by("pk")


def _proofs(person: Person, now: datetime) -> "QuerySet[AddressProof]":
    kept = cutoff(now, deadlines.PROOF_KEPT, Bound.AT_MOST)
    rows = AddressProof.objects.filter(email__iexact=person.email, created_at__gt=kept)
    return rows.exclude(email="").order_by("pk")


sources.register(Source(model=RightsRequest, title=_("Your privacy requests"), find=_requests, since="received_at"))
sources.register(Source(model=RequestLetter, title=_("What we answered"), find=_letters, since="written_at"))
sources.register(Source(model=AddressProof, title=_("Links we mailed"), find=_proofs, since="created_at"))
