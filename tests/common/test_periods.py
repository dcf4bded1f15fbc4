from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.periods import (
    ZONE,
    Bound,
    Period,
    add_months,
    cutoff,
    cutoff_date,
    day_start,
    due,
    local_date,
    year_end,
)

_first, _last = datetime(2015, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)
moments = st.datetimes(_first.replace(tzinfo=None), _last.replace(tzinfo=None), timezones=st.just(UTC))
dates = st.dates(date(2015, 1, 1), date(2040, 1, 1))
months = st.integers(1, 130).map(lambda n: Period(months=n))
exact = st.builds(lambda d, h: Period(days=d, hours=h), st.integers(0, 900), st.integers(0, 100))
day_periods = st.integers(0, 900).map(lambda n: Period(days=n))
periods = st.one_of(months, exact)
bounds = st.sampled_from(Bound)
# Days around the last of each month, leap days and both nights on which the clock changes.
edges = st.sampled_from(
    [
        datetime(2024, 1, 31, 22, 30, tzinfo=UTC),
        datetime(2024, 2, 28, 23, 0, tzinfo=UTC),
        datetime(2024, 2, 29, 22, 59, 59, 999999, tzinfo=UTC),
        datetime(2025, 2, 28, 12, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 0, tzinfo=UTC),
    ]
)
nudges = st.sampled_from([timedelta(0), timedelta(microseconds=1), timedelta(microseconds=-1), timedelta(hours=1)])


@given(anchor=moments, now=moments, period=periods, bound=bounds)
def test_due_and_cutoff_say_the_same(anchor: datetime, now: datetime, period: Period, bound: Bound) -> None:
    assert (due(anchor, period, bound) <= now) == (anchor <= cutoff(now, period, bound))


@given(anchor=st.one_of(moments, edges), period=periods, bound=bounds, nudge=nudges)
def test_due_and_cutoff_say_the_same_around_the_due_moment(
    anchor: datetime, period: Period, bound: Bound, nudge: timedelta
) -> None:
    now = due(anchor, period, bound) + nudge
    assert (due(anchor, period, bound) <= now) == (anchor <= cutoff(now, period, bound))


@given(now=st.one_of(moments, edges), period=periods, bound=bounds)
def test_cutoff_is_the_very_last_anchor_due(now: datetime, period: Period, bound: Bound) -> None:
    last = cutoff(now, period, bound)
    assert due(last, period, bound) <= now
    assert due(last + timedelta(microseconds=1), period, bound) > now


@given(anchor=dates, now=st.one_of(moments, edges), period=st.one_of(months, day_periods), bound=bounds)
def test_due_and_cutoff_say_the_same_of_dates(anchor: date, now: datetime, period: Period, bound: Bound) -> None:
    assert (due(anchor, period, bound) <= now) == (anchor <= cutoff_date(now, period, bound))


@given(now=st.one_of(moments, edges), period=st.one_of(months, day_periods), bound=bounds)
def test_cutoff_date_is_the_very_last_date_due(now: datetime, period: Period, bound: Bound) -> None:
    last = cutoff_date(now, period, bound)
    assert due(last, period, bound) <= now
    assert due(last + timedelta(days=1), period, bound) > now


@given(first=moments, second=moments, period=periods, bound=bounds)
def test_a_later_anchor_is_never_due_earlier(first: datetime, second: datetime, period: Period, bound: Bound) -> None:
    earlier, later = sorted([first, second])
    assert due(earlier, period, bound) <= due(later, period, bound)


@given(anchor=moments, period=months)
def test_at_least_is_one_local_day_longer_than_at_most(anchor: datetime, period: Period) -> None:
    most, least = due(anchor, period, Bound.AT_MOST), due(anchor, period, Bound.AT_LEAST)
    assert local_date(least) == local_date(most) + timedelta(days=1)


@given(anchor=moments, period=exact, bound=bounds)
def test_days_and_hours_run_on_instants(anchor: datetime, period: Period, bound: Bound) -> None:
    assert due(anchor, period, bound) - anchor == period.length


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_end_with_the_shorter_month(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_at_most_ends_at_the_start_of_the_due_date() -> None:
    placed = datetime(2026, 1, 15, 18, 45, tzinfo=ZONE)
    assert due(placed, Period(months=6), Bound.AT_MOST) == datetime(2026, 7, 15, 0, 0, tzinfo=ZONE)


def test_at_least_ends_at_the_end_of_the_due_date() -> None:
    available = datetime(2026, 1, 31, 9, 0, tzinfo=ZONE)
    assert due(available, Period(months=1), Bound.AT_LEAST) == datetime(2026, 3, 1, 0, 0, tzinfo=ZONE)


def test_seven_years_after_the_books_end_with_the_year() -> None:
    ended = due(year_end(date(2019, 5, 3)), Period(months=84), Bound.AT_LEAST)
    assert ended == datetime(2027, 1, 1, 0, 0, tzinfo=ZONE)


def test_a_local_evening_counts_as_its_own_date() -> None:
    assert local_date(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)])
def test_a_day_is_as_long_as_the_clock_makes_it(day: date, hours: int) -> None:
    assert day_start(day + timedelta(days=1)) - day_start(day) == timedelta(hours=hours)


def test_a_day_of_exact_hours_ignores_the_change_of_the_clock() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=ZONE)
    assert due(before, Period(days=1), Bound.AT_MOST).astimezone(ZONE).hour == 13


@pytest.mark.parametrize("wrong", [{"months": 1, "days": 1}, {"months": 1, "hours": 1}, {"days": -1}])
def test_a_period_that_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="period"):
        Period(**wrong)


def test_a_date_refuses_a_period_in_hours() -> None:
    with pytest.raises(ValueError, match="hours"):
        due(date(2026, 1, 1), Period(hours=1), Bound.AT_MOST)
