from datetime import date, timedelta

import pytest

from common.workdays import add_working_days, easter, holidays, is_working_day


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),  # as late as it gets
        (2008, date(2008, 3, 23)),  # nearly as early as it gets
    ],
)
def test_easter_falls_where_the_calendars_have_it(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_the_holidays_of_a_year_are_those_of_the_law() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


def test_a_kings_birthday_on_a_sunday_is_kept_the_day_before() -> None:
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 10, 22), date(2026, 10, 27)),  # Thursday > Tuesday
        (date(2026, 10, 24), date(2026, 10, 28)),  # Saturday > Wednesday
        (date(2026, 12, 24), date(2026, 12, 30)),  # Christmas Eve: Friday and Saturday are Christmas
        (date(2026, 4, 2), date(2026, 4, 9)),  # before Good Friday and Easter Monday
        (date(2027, 5, 4), date(2027, 5, 11)),  # 5 May and Ascension Day
        (date(2026, 12, 31), date(2027, 1, 6)),  # into the next year
    ],
)
def test_three_working_days_skip_weekends_and_holidays(asked: date, due: date) -> None:
    assert add_working_days(asked, 3) == due


def test_a_day_is_never_its_own_working_day_and_more_days_end_later() -> None:
    day = date(2026, 1, 1)
    for start in (day + timedelta(days=n) for n in range(370)):
        ends = [add_working_days(start, count) for count in range(4)]
        assert ends[0] == start
        assert ends == sorted(set(ends))
        assert all(is_working_day(end) for end in ends[1:])
