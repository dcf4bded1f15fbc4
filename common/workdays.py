"""Working days in the Netherlands: what a promise of "three working days" comes to. Pure: no clock, no database."""

from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
# Days after Easter Sunday: Good Friday, Easter Monday, Ascension Day, Whit Monday.
_AFTER_EASTER = (-2, 1, 39, 50)


def is_working_day(day: date) -> bool:
    """Whether people work on `day`: no weekend, and none of the days of art. 3 Algemene termijnenwet."""
    return day.weekday() < 5 and day not in holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The last of `count` working days that follow `day`, which itself does not count. `day` for none."""
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


@lru_cache(maxsize=16)
def holidays(year: int) -> frozenset[date]:
    """New Year, Good Friday, Easter Monday, the King's birthday as it is kept, 5 May, Ascension, Whit Monday and
    Christmas of a year from 2014 on (art. 3 Algemene termijnenwet)."""
    kings_day = date(year, 4, 27)
    if kings_day.weekday() == 6:
        kings_day -= _DAY
    fixed = {date(year, 1, 1), kings_day, date(year, 5, 5), date(year, 12, 25), date(year, 12, 26)}
    return frozenset(fixed | {easter(year) + timedelta(days=days) for days in _AFTER_EASTER})


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    lunar = (century - (century + 8) // 25 + 1) // 3
    golden = year % 19
    epact = (19 * golden + century - leap_centuries - lunar + 15) % 30
    weekday = (32 + 2 * century_rest + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
