"""Which reviews are about a person: those they wrote in their account or with their address, and of a code those that
name nobody: a card may be in two hands (P85, A40)."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.persons import accounts_of
from privacy.actions.erasing import REASON
from privacy.dossier import Source, as_proof, sources
from privacy.models import Consent
from privacy.people import Person

from .actions import withdraw_review
from .models import Review


def reviews_of(person: Person, now: datetime) -> "QuerySet[Review]":
    """Restricted ones too: a restriction keeps a review from use, not from its own writer (art. 18(2) GDPR)."""
    mine = Q(code__in=person.code_ids, email="") | Q(writer__in=accounts_of(person))
    if person.email:
        mine |= Q(email__iexact=person.email)
    return Review.objects.standing(now).filter(mine).select_related("order").order_by("-written_at", "-pk")


def _consents(person: Person, now: datetime) -> "QuerySet[Consent]":
    return Consent.objects.filter(pk__in=reviews_of(person, now).values("consent")).order_by("pk")


def _off_the_site(ids: list[int], now: datetime) -> None:
    """What a hold keeps although its writer asked to erase it is seen by nobody any more, and goes afterwards (P72)."""
    for pk in ids:
        withdraw_review(review_id=pk, reason=REASON, now=now)


sources.register(
    Source(model=Review, title=_("Your reviews"), find=reviews_of, since="written_at", withhold=_off_the_site)
)
sources.register(
    Source(model=Consent, title=_("Your consent to show a review"), find=_consents, since="given_at", stays=as_proof)
)
