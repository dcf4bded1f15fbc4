from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from common.money import vat_inside
from shop.pricing import SHIPPING_CENTS, PricedLine, fingerprint, totals

DAY = date(2026, 11, 22)
LINES = st.lists(
    st.builds(
        PricedLine,
        key=st.text("abc123", min_size=1, max_size=4),
        is_print=st.booleans(),
        quantity=st.integers(1, 99),
        unit_cents=st.integers(0, 100_000),
        vat_rate=st.sampled_from([2100, 900]),
    ),
    max_size=8,
)


def line(*, is_print: bool = True, quantity: int = 1, unit: int = 750, rate: int = 2100) -> PricedLine:
    return PricedLine(key="a", is_print=is_print, quantity=quantity, unit_cents=unit, vat_rate=rate)


def test_shipping_is_charged_once_and_only_for_prints() -> None:
    assert totals([line(), line(quantity=9)], day=DAY).shipping_cents == 395
    assert totals([line(is_print=False)], day=DAY).shipping_cents == 0
    assert totals([line(is_print=False), line()], day=DAY).shipping_cents == 395
    assert totals([], day=DAY).total_cents == 0


def test_vat_is_told_per_rate_the_highest_first() -> None:
    both = totals([line(unit=10900, rate=900), line(unit=1210)], day=DAY)
    assert both.vat == ((2100, 210 + vat_inside(SHIPPING_CENTS, 2100)), (900, 900))


@given(LINES)
def test_the_total_is_the_sum_of_its_parts(lines: list[PricedLine]) -> None:
    sums = totals(lines, day=DAY)
    assert sums.total_cents == sum(one.quantity * one.unit_cents for one in lines) + sums.shipping_cents
    assert sums.vat_cents == sum(one.vat_cents for one in lines) + vat_inside(sums.shipping_cents, 2100)
    assert 0 <= sums.vat_cents <= sums.total_cents


@given(LINES, st.randoms())
def test_the_order_of_the_lines_changes_nothing(lines: list[PricedLine], random: object) -> None:
    mixed = list(lines)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert totals(mixed, day=DAY) == totals(lines, day=DAY)
    assert fingerprint(mixed) == fingerprint(lines)


@given(LINES.filter(bool), st.sampled_from(["key", "quantity", "unit_cents", "vat_rate"]))
def test_the_fingerprint_changes_with_whatever_the_buyer_was_shown(lines: list[PricedLine], what: str) -> None:
    value = getattr(lines[0], what)
    changed = [replace(lines[0], **{what: value + ("x" if what == "key" else 1)}), *lines[1:]]
    assert fingerprint(changed) != fingerprint(lines)
    assert fingerprint([*lines, lines[0]]) != fingerprint(lines)
