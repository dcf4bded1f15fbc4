"""Named filters. They take the time as an argument and never write."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.periods import Bound, Period, cutoff
from privacy.models import Restriction

from . import deadlines

if TYPE_CHECKING:
    from .models import Complaint, ContactMessage  # noqa: F401


def _after(now: datetime, period: Period) -> datetime:
    return cutoff(now, period, Bound.AT_MOST)


class ContactMessageQuerySet(QuerySet["ContactMessage"]):
    def alive(self, now: datetime) -> Self:
        """Messages within their term: what is past it is gone at once, before the night (RT16)."""
        return self.filter(
            Q(is_spam=True, received_at__gt=_after(now, deadlines.SPAM))
            | Q(is_spam=False, handled_at__isnull=True, received_at__gt=_after(now, deadlines.WAITING))
            | Q(is_spam=False, handled_at__isnull=False, kept_from__gt=_after(now, deadlines.HANDLED))
        )

    def waiting(self, now: datetime) -> Self:
        """Living messages that nobody dealt with yet, spam aside."""
        return self.alive(now).filter(is_spam=False, handled_at__isnull=True)


class ComplaintQuerySet(QuerySet["Complaint"]):
    def alive(self, now: datetime) -> Self:
        """Complaints within their term (RT15)."""
        return self.filter(
            Q(closed_at__isnull=True, submitted_at__gt=_after(now, deadlines.OPEN_COMPLAINT))
            | Q(closed_at__isnull=False, kept_from__gt=_after(now, deadlines.CLOSED_COMPLAINT))
        )

    def open(self, now: datetime) -> Self:
        """Living complaints without an outcome."""
        return self.alive(now).filter(closed_at__isnull=True)

    def of_order(self, order_id: int, now: datetime) -> Self:
        """What whoever opens an order may see of the complaints about it: living ones that are not restricted (art. 18
        GDPR)."""
        restricted = Restriction.objects.filter(
            kind="complaints.complaint", lifted_at__isnull=True, object_id=OuterRef("pk")
        )
        return self.alive(now).filter(~Exists(restricted), order=order_id).order_by("-submitted_at", "-pk")

    def ending(self, now: datetime) -> Self:
        """Open complaints that go within a month, answered or not (P77)."""
        return self.open(now).filter(submitted_at__lte=_after(now, deadlines.ALARM))
