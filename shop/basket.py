"""A basket as its pages show it: the living lines of every open code, at the prices of this moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef

from common.periods import local_date
from galleries.models import Photo
from galleries.withholding import is_hidden, is_withheld

from . import deadlines
from .models import DraftLine, Product
from .pricing import PricedLine, Totals, fingerprint, totals
from .vat import rate_on


@dataclass(frozen=True)
class BasketLine:
    """One line of a draft with its price of this moment."""

    row: DraftLine
    priced: PricedLine


@dataclass(frozen=True)
class Basket:
    """What the open codes of one session have in their baskets together: one family, one basket."""

    lines: tuple[BasketLine, ...]
    # What waits: somebody asked us to take its photo away, so it cannot be ordered until that is decided (A7).
    withheld: tuple[BasketLine, ...]
    totals: Totals
    # The earliest moment at which something in it goes (RT05); empty when there is nothing in it.
    kept_until: datetime | None

    @property
    def has_print(self) -> bool:
        return any(line.priced.is_print for line in self.lines)

    @property
    def has_file(self) -> bool:
        return any(not line.priced.is_print for line in self.lines)

    @property
    def fingerprint(self) -> str:
        return fingerprint(line.priced for line in self.lines)


def read_basket(code_ids: Collection[int], *, now: datetime) -> Basket:
    """The basket of these codes, in one query. Lines of photos that expired or were restricted, and of products that
    are no longer sold, are not in it (A35); those that wait for a decision about their photo stand apart (A7)."""
    rows: Any = (
        DraftLine.objects.of_codes(code_ids, now=now)
        .filter(photo__in=Photo.objects.visible(now), product__is_active=True)
        .annotate(waits=is_withheld(OuterRef("photo")) | is_hidden(OuterRef("photo"), code=OuterRef("draft__code")))
    )
    every = [(row.waits, BasketLine(row, _priced(row, now))) for row in rows] if code_ids else []
    lines = tuple(line for waits, line in every if not waits)
    return Basket(
        lines=lines,
        withheld=tuple(line for waits, line in every if waits),
        totals=totals([line.priced for line in lines], day=local_date(now)),
        kept_until=min((deadlines.draft_ends(line.row.draft.opened_at) for line in lines), default=None),
    )


def _priced(row: DraftLine, now: datetime) -> PricedLine:
    return PricedLine(
        key=f"{row.photo.public_id}/{row.product.public_id}",
        is_print=row.product.kind == Product.Kind.PRINT,
        quantity=row.quantity,
        unit_cents=row.product.price_cents,
        vat_rate=rate_on(row.product.vat, local_date(now)),
    )
