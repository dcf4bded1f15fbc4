"""Which reviews are about a person: those they wrote from a code or account of theirs, or with their address (P85)."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.persons import accounts_of
from privacy.dossier import Source, sources
from privacy.people import Person

from .models import Review


def reviews_of(person: Person, now: datetime) -> "QuerySet[Review]":
    """Restricted ones too: a restriction keeps a review from use, not from its own writer (art. 18(2) GDPR)."""
    mine = Q(code__in=person.code_ids) | Q(writer__in=accounts_of(person))
    if person.email:
        mine |= Q(email__iexact=person.email)
    return Review.objects.standing(now).filter(mine).select_related("order").order_by("-written_at", "-pk")


sources.register(Source(model=Review, title=_("Your reviews"), find=reviews_of, since="written_at"))
