from datetime import date

import pytest

from shop.vat import rate_on


@pytest.mark.parametrize(
    ("kind", "day", "rate"),
    [
        ("standard", date(2012, 9, 30), 1900),
        ("standard", date(2012, 10, 1), 2100),
        ("standard", date(2026, 11, 22), 2100),
        ("reduced", date(2018, 12, 31), 600),
        ("reduced", date(2019, 1, 1), 900),
    ],
)
def test_a_rate_holds_from_its_own_day(kind: str, day: date, rate: int) -> None:
    assert rate_on(kind, day) == rate


@pytest.mark.parametrize(("kind", "day"), [("standard", date(2000, 12, 31)), ("zero", date(2026, 1, 1))])
def test_what_has_no_rate_is_refused(kind: str, day: date) -> None:
    with pytest.raises(LookupError):
        rate_on(kind, day)
