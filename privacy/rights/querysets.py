"""Named filters. They take the time as an argument and never write."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q, QuerySet

from common.periods import Bound, cutoff, local_date

from . import deadlines

if TYPE_CHECKING:
    from privacy.models import Export, RightsRequest  # noqa: F401


class RightsRequestQuerySet(QuerySet["RightsRequest"]):
    def alive(self, now: datetime) -> Self:
        """Requests within their term: what is past it is gone at once, before the night (RT19)."""
        return self.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=cutoff(now, deadlines.KEPT, Bound.AT_MOST)))

    def open(self) -> Self:
        """Requests without an answer."""
        return self.filter(closed_at__isnull=True)

    def recorded(self) -> Self:
        """Requests that staff wrote down: what waits first, the nearest day on top."""
        rows = self.filter(recorded_by__isnull=False)
        return rows.order_by(F("closed_at").desc(nulls_first=True), "answer_by", "pk")

    def near(self, now: datetime) -> Self:
        """Open requests whose last day is near, or over."""
        return self.open().filter(answer_by__lte=local_date(now) + deadlines.NEAR)

    def late(self, now: datetime) -> Self:
        """Open requests whose last day is over."""
        return self.open().filter(answer_by__lt=local_date(now))


class ExportQuerySet(QuerySet["Export"]):
    def to_make(self, now: datetime) -> Self:
        """Exports that a job may try to make now."""
        return self._idle(now).filter(attempts__lt=deadlines.EXPORT_TRIES)

    def failed(self, now: datetime) -> Self:
        """Exports that no job tries again: every try failed, the last one too."""
        return self._idle(now).filter(attempts__gte=deadlines.EXPORT_TRIES)

    def _idle(self, now: datetime) -> Self:
        """Owed and not made, and no living job is at it. A closed request is owed nothing any more."""
        free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - deadlines.EXPORT_CLAIM_LASTS)
        return self.filter(free, made_at__isnull=True, request__closed_at__isnull=True)
