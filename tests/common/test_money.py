from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from common.money import format_cents, vat_inside

CENTS = st.integers(min_value=0, max_value=10**9)
RATES = st.integers(min_value=0, max_value=5000)


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (0, "€\N{NO-BREAK SPACE}0,00", "€0.00"),
        (5, "€\N{NO-BREAK SPACE}0,05", "€0.05"),
        (1250, "€\N{NO-BREAK SPACE}12,50", "€12.50"),
        (123456789, "€\N{NO-BREAK SPACE}1.234.567,89", "€1,234,567.89"),
        (-1250, "-€\N{NO-BREAK SPACE}12,50", "-€12.50"),
    ],
)
def test_money_is_written_as_the_readers_language_does(cents: int, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert format_cents(cents) == dutch
    with translation.override("en"):
        assert format_cents(cents) == english


@given(CENTS)
def test_no_cent_is_lost_in_writing(cents: int) -> None:
    with translation.override("nl"):
        assert int("".join(filter(str.isdigit, format_cents(cents)))) == cents


@pytest.mark.parametrize(
    ("total", "rate", "vat"),
    [(121, 2100, 21), (1210, 2100, 210), (1250, 2100, 217), (109, 900, 9), (3, 2000, 1), (0, 2100, 0)],
)
def test_vat_inside_is_rounded_half_up(total: int, rate: int, vat: int) -> None:
    assert vat_inside(total, rate) == vat


@given(CENTS, RATES)
def test_vat_inside_is_the_nearest_cent_and_net_plus_vat_is_the_total(total: int, rate: int) -> None:
    vat = vat_inside(total, rate)
    net = total - vat
    assert 0 <= vat <= total
    assert net + vat == total
    exact = Fraction(total * rate, 10_000 + rate)
    assert -Fraction(1, 2) <= exact - vat < Fraction(1, 2)
    # The law from the other side: the rate applied to the net price gives the VAT, within one cent of rounding.
    assert abs(Fraction(net * rate, 10_000) - vat) <= 1


@given(CENTS, st.integers(min_value=0, max_value=10**6), RATES)
def test_a_higher_total_never_holds_less_vat(total: int, more: int, rate: int) -> None:
    assert vat_inside(total, rate) <= vat_inside(total + more, rate)


@given(CENTS, RATES, st.integers(min_value=0, max_value=500))
def test_a_higher_rate_never_holds_less_vat(total: int, rate: int, more: int) -> None:
    assert vat_inside(total, rate) <= vat_inside(total, rate + more)


@pytest.mark.parametrize(("total", "rate"), [(-1, 2100), (100, -1)])
def test_a_negative_amount_or_rate_is_refused(total: int, rate: int) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        vat_inside(total, rate)
