"""Until when a photo is kept: whatever the start, 48 calendar months are 48 calendar months."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.periods import ZONE, add_months, local_date
from galleries.terms import asked_again_from, client_end, extended_end, last_day

moments = st.integers(0, 70 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.clauses("P27")
@given(start=moments, months=st.integers(1, 24), rounds=st.integers(1, 4))
def test_each_extension_ends_48_calendar_months_after_the_end_before(start: datetime, months: int, rounds: int) -> None:
    before = client_end(start, months=months)
    after = extended_end(before, rounds=rounds)

    assert last_day(before) == add_months(local_date(start), months)
    assert last_day(after) == add_months(last_day(before), 48 * rounds)
    assert after.astimezone(ZONE).hour == 0


@pytest.mark.parametrize(
    ("last", "after"),
    [
        (date(2027, 2, 28), date(2031, 2, 28)),
        (date(2028, 2, 29), date(2032, 2, 29)),
        (date(2096, 2, 29), date(2100, 2, 28)),
        (date(2027, 8, 31), date(2031, 8, 31)),
    ],
)
def test_leap_days_and_month_ends_clamp(last: date, after: date) -> None:
    end = datetime(last.year, last.month, last.day, tzinfo=ZONE) + timedelta(days=1)

    assert last_day(extended_end(end.astimezone(UTC), rounds=1)) == after
    assert extended_end(end, rounds=0) == end


def test_the_question_comes_again_six_months_before_the_end() -> None:
    assert asked_again_from(datetime(2030, 9, 1, tzinfo=ZONE)) == date(2030, 2, 28)
