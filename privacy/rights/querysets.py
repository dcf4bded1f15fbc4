"""Named filters. They take the time as an argument and never write."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from common.periods import Bound, cutoff, local_date

from . import deadlines

if TYPE_CHECKING:
    from privacy.models import RightsRequest  # noqa: F401


class RightsRequestQuerySet(QuerySet["RightsRequest"]):
    def alive(self, now: datetime) -> Self:
        """Requests within their term: what is past it is gone at once, before the night (RT19)."""
        return self.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=cutoff(now, deadlines.KEPT, Bound.AT_MOST)))

    def open(self) -> Self:
        """Requests without an answer."""
        return self.filter(closed_at__isnull=True)

    def near(self, now: datetime) -> Self:
        """Open requests whose last day is near, or over."""
        return self.open().filter(answer_by__lte=local_date(now) + deadlines.NEAR)

    def late(self, now: datetime) -> Self:
        """Open requests whose last day is over."""
        return self.open().filter(answer_by__lt=local_date(now))
