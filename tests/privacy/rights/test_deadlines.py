"""By when a request is answered: one calendar month from receipt, three when that was said in time (L1)."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.rights.deadlines import last_day, may_extend

DAYS = st.dates(min_value=date(2018, 5, 25), max_value=date(2199, 12, 31))


@pytest.mark.clauses("P93")
@pytest.mark.parametrize(
    ("received", "month", "quarter"),
    [
        (date(2026, 11, 22), date(2026, 12, 22), date(2027, 2, 22)),
        (date(2027, 1, 31), date(2027, 2, 28), date(2027, 4, 30)),
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 4, 30)),
        (date(2026, 11, 30), date(2026, 12, 30), date(2027, 2, 28)),
    ],
)
def test_a_month_is_a_calendar_month_and_clamps(received: date, month: date, quarter: date) -> None:
    assert last_day(received, is_extended=False) == month
    assert last_day(received, is_extended=True) == quarter


@given(DAYS)
def test_the_last_day_is_in_the_next_month_on_the_same_day_or_its_last(received: date) -> None:
    day = last_day(received, is_extended=False)
    assert (day.year * 12 + day.month) - (received.year * 12 + received.month) == 1
    assert day.day == min(received.day, monthrange(day.year, day.month)[1])


@given(DAYS)
def test_an_extension_never_shortens(received: date) -> None:
    first, longer = last_day(received, is_extended=False), last_day(received, is_extended=True)
    assert timedelta(days=58) <= longer - first <= timedelta(days=62)


@given(DAYS)
def test_both_sides_of_the_last_day(received: date) -> None:
    day = last_day(received, is_extended=False)
    assert may_extend(received, day)
    assert not may_extend(received, day + timedelta(days=1))
