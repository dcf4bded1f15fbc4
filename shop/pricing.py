"""What a basket costs. Pure: lines go in, amounts in cents come out, VAT included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from common.money import vat_inside

from .vat import rate_on

# Flat, once per order, whenever something has to be posted.
SHIPPING_CENTS = 395
MAX_QUANTITY = 99


@dataclass(frozen=True)
class PricedLine:
    """One line of a basket at the price of this moment."""

    key: str
    is_print: bool
    quantity: int
    unit_cents: int
    vat_rate: int

    @property
    def total_cents(self) -> int:
        return self.unit_cents * self.quantity

    @property
    def vat_cents(self) -> int:
        return vat_inside(self.total_cents, self.vat_rate)


@dataclass(frozen=True)
class Totals:
    """The amounts of one order. `vat` holds the VAT contained in them, by rate, highest rate first."""

    goods_cents: int
    shipping_cents: int
    shipping_vat_rate: int
    vat: tuple[tuple[int, int], ...]

    @property
    def total_cents(self) -> int:
        return self.goods_cents + self.shipping_cents

    @property
    def vat_cents(self) -> int:
        return sum(cents for _, cents in self.vat)


def totals(lines: Iterable[PricedLine], *, day: date) -> Totals:
    """What `lines` cost together on the local date `day`.

    Shipping is charged once when a print is among them, at the standard rate. VAT is rounded per line, halves up, and
    then added, so that an invoice's lines always add up to its totals (L17).
    """
    lines = list(lines)
    shipping = SHIPPING_CENTS if any(line.is_print for line in lines) else 0
    shipping_rate = rate_on("standard", day)
    return Totals(
        goods_cents=sum(line.total_cents for line in lines),
        shipping_cents=shipping,
        shipping_vat_rate=shipping_rate,
        vat=vat_by_rate([(line.vat_rate, line.vat_cents) for line in lines], shipping, shipping_rate),
    )


def vat_by_rate(
    line_vat: Iterable[tuple[int, int]], shipping_cents: int, shipping_rate: int
) -> tuple[tuple[int, int], ...]:
    """VAT cents per rate, highest rate first, from (rate, cents) per line and the shipping; empty rates stay out."""
    sums: dict[int, int] = {}
    for rate, cents in [*line_vat, (shipping_rate, vat_inside(shipping_cents, shipping_rate))]:
        sums[rate] = sums.get(rate, 0) + cents
    return tuple((rate, cents) for rate, cents in sorted(sums.items(), reverse=True) if cents)


def fingerprint(lines: Iterable[PricedLine]) -> str:
    """A short mark of exactly these lines at these prices: it changes when anything the buyer was shown changes."""
    parts = sorted(f"{line.key}:{line.quantity}:{line.unit_cents}:{line.vat_rate}" for line in lines)
    return sha256("|".join(parts).encode()).hexdigest()[:32]
