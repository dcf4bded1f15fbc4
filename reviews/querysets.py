"""Named filters. They take the time as an argument and never write."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.periods import Bound, cutoff
from privacy.models import Restriction

from . import deadlines

if TYPE_CHECKING:
    from .models import Review  # noqa: F401


class ReviewQuerySet(QuerySet["Review"]):
    def standing(self, now: datetime) -> Self:
        """Reviews that are neither withdrawn nor, unpublished, past their ninety days (RT17): gone at once, before the
        night."""
        oldest = cutoff(now, deadlines.DRAFT, Bound.AT_MOST)
        return self.filter(Q(published_at__isnull=False) | Q(written_at__gt=oldest), withdrawn_at__isnull=True)

    def waiting(self, now: datetime) -> Self:
        """Those nobody decided about yet."""
        return self.standing(now).filter(published_at__isnull=True, refused_at__isnull=True)

    def unrestricted(self) -> Self:
        """Those nobody asked us to leave alone (art. 18 GDPR)."""
        restricted = Restriction.objects.filter(kind="reviews.review", lifted_at__isnull=True, object_id=OuterRef("pk"))
        return self.filter(~Exists(restricted))

    def shown(self) -> Self:
        """What every page and feed shows, and the average counts: published, its consent not withdrawn, not restricted.
        There is no date in it: nothing expires by itself (P73)."""
        return self.unrestricted().filter(published_at__isnull=False, withdrawn_at__isnull=True)

    def taking_place_of(self, *, order_ids: Collection[int] = (), code_ids: Collection[int] = ()) -> Self:
        """The reviews that keep these orders and codes from having another one."""
        rows = self.filter(Q(order__in=order_ids) | Q(code__in=code_ids))
        return rows.filter(refused_at__isnull=True, withdrawn_at__isnull=True)
