"""What of relations and objections is about a person: whoever reads the mail of an address sees what we keep of it."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, cutoff
from privacy.dossier import Source, sources
from privacy.people import Person

from . import relation_terms
from .mailboxes import mailbox, mailbox_digests
from .models import CampaignMessage, Relation, RelationEvidence, Suppression


def _relation(person: Person, now: datetime) -> "QuerySet[Relation]":
    return Relation.objects.alive(now).filter(email=mailbox(person.email)).exclude(email="")


def _evidence(person: Person, now: datetime) -> "QuerySet[RelationEvidence]":
    """Found by the digest: it outlives the relation by twelve months."""
    digests = mailbox_digests(person.email) if person.email else []
    return RelationEvidence.objects.within_term(now).filter(mailbox_digest__in=digests).order_by("-ordered_at")


def _messages(person: Person, now: datetime) -> "QuerySet[CampaignMessage]":
    living = cutoff(now, relation_terms.CAMPAIGN_MESSAGE, Bound.AT_MOST)
    rows = CampaignMessage.objects.filter(relation__in=_relation(person, now), written_at__gt=living)
    return rows.order_by("-written_at")


def _objections(person: Person, now: datetime) -> "QuerySet[Suppression]":
    emails = [person.email] if person.email else []
    return Suppression.objects.standing().of_mailboxes(emails).order_by("-created_at")


sources.register(
    Source(model=Relation, title=_("You as our relation, for advertising"), find=_relation, since="created_at")
)
sources.register(
    Source(
        model=RelationEvidence,
        title=_("Why we may send you advertising"),
        find=_evidence,
        since="ordered_at",
        stays=lambda row, now: _("we have to be able to show that we were allowed to write to you; gone in a year"),
    )
)
sources.register(Source(model=CampaignMessage, title=_("Advertising we sent you"), find=_messages, since="written_at"))
sources.register(
    Source(
        model=Suppression,
        title=_("That you want no advertising"),
        find=_objections,
        since="created_at",
        stays=lambda row, now: _("without it we would not know that you want no advertising (it names nobody)"),
    )
)
