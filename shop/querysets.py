"""Named filters. They take the time as an argument and never write."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from common.periods import Bound, cutoff, cutoff_date
from privacy.models import Restriction

from . import deadlines
from .states import State

if TYPE_CHECKING:
    from .models import Draft, DraftLine, Order, OrderFile, Product  # noqa: F401

UNPAID_STATES = (State.PLACED, State.CANCELLED)
# Money that comes late brings a cancelled order back.
NOT_BEGUN = (*UNPAID_STATES, State.PAID)


class ProductQuerySet(QuerySet["Product"]):
    def for_sale(self) -> Self:
        return self.filter(is_active=True)


class DraftQuerySet(QuerySet["Draft"]):
    def of_codes(self, code_ids: Iterable[int]) -> Self:
        return self.filter(code_id__in=list(code_ids))

    def alive(self, now: datetime) -> Self:
        """Drafts in use and within their 21 days: what is past them is gone at once, before the night (RT05)."""
        return self.filter(closed_at__isnull=True, opened_at__gt=cutoff(now, deadlines.DRAFT, Bound.AT_MOST))


class DraftLineQuerySet(QuerySet["DraftLine"]):
    def of_codes(self, code_ids: Iterable[int], *, now: datetime) -> Self:
        """Every line in the living drafts of these codes, oldest first, photo and product with it, in one query."""
        return (
            self.filter(
                draft__code_id__in=list(code_ids),
                draft__closed_at__isnull=True,
                draft__opened_at__gt=cutoff(now, deadlines.DRAFT, Bound.AT_MOST),
            )
            .select_related("draft", "photo", "photo__subject", "photo__group", "product")
            .order_by("id")
        )


class OrderQuerySet(QuerySet["Order"]):
    def within_term(self, now: datetime) -> Self:
        """Orders a buyer may still see: not those never paid and past their 21 days (RT06), nor those whose books are
        closed (RT10), nor those under a restriction (art. 18 GDPR)."""
        restricted = Restriction.objects.filter(kind="shop.order", lifted_at__isnull=True, object_id=OuterRef("pk"))
        return self.not_over(now).filter(~Exists(restricted))

    def not_over(self, now: datetime) -> Self:
        """Orders whose term still runs: neither lapsed unpaid (RT06), nor with closed books (RT10). Restricted ones
        too, so only for the eyes of the person they are about."""
        lapsed = Q(state__in=UNPAID_STATES, placed_at__lte=cutoff(now, deadlines.UNPAID, Bound.AT_MOST))
        closed = cutoff_date(now, deadlines.books_period(uses_oss=settings.USES_OSS), Bound.AT_LEAST)
        return self.exclude(lapsed).filter(person_erased_at__isnull=True, books_year_end__gt=closed)

    def not_begun(self) -> Self:
        """Orders whose photos are not being printed or delivered yet, nor given to the lab."""
        return self.filter(state__in=NOT_BEGUN).exclude(disclosures__what="photos")

    def of_address(self, email: str) -> Self:
        """Orders placed with this address, whatever its case; none for an empty one. The index holds lower case."""
        return self.filter(Exact(Lower("email"), email.lower())) if email else self.none()

    def of_account(self, user_id: int) -> Self:
        """Orders that belong to an account: placed in it, or with the address it proved."""
        return self.filter(account_id=user_id)

    def of_session(self, public_ids: Iterable[str | UUID]) -> Self:
        return self.filter(public_id__in=list(public_ids))


class OrderFileQuerySet(QuerySet["OrderFile"]):
    def printable(self, now: datetime) -> Self:
        """Copies to print within thirty days of delivery (RT09), those of orders that still wait for it included."""
        ended = cutoff(now, deadlines.PRINT_COPY, Bound.AT_MOST)
        return self.filter(purpose="print").exclude(kept_from__lte=ended)

    def downloadable(self, now: datetime) -> Self:
        """Bought files within thirty days of their payment (RT29): invisible at once after, before the night. Those an
        account keeps are there for who logs in (`of_account`); the order's own page shows them for thirty days too."""
        return self.filter(
            purpose="download",
            kept_from__gt=cutoff(now, deadlines.DOWNLOAD, Bound.AT_MOST),
        ).exclude(line__order__state__in=UNPAID_STATES)

    def of_account(self, user_id: int) -> Self:
        """The paid files an account keeps, for as long as it stands (P51); not those of a restricted order."""
        restricted = Restriction.objects.filter(
            kind="shop.order", lifted_at__isnull=True, object_id=OuterRef("line__order_id")
        )
        return self.filter(~Exists(restricted), account_id=user_id, kept_from__isnull=False)
