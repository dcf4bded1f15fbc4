"""Retention periods: when what was anchored at some moment is due, and which anchors are due by now.

Calendar periods (months) run on local dates in the Netherlands. What is kept *at least* so long ends at the end of its
due date, what is kept *at most* so long at its start. Periods in days or hours run on instants. For every period

    due(anchor) <= now  exactly when  anchor <= cutoff(now)

so that a selection is a range over an index. Nothing here knows the clock or the database.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Amsterdam")
_INSTANT = timedelta(microseconds=1)


class Bound(Enum):
    """Which end of the due date ends a calendar period."""

    AT_LEAST = "at least"
    AT_MOST = "at most"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: calendar months, or an exact number of days and hours. Zero means: at the anchor itself."""

    months: int = 0
    days: int = 0
    hours: int = 0

    def __post_init__(self) -> None:
        if min(self.months, self.days, self.hours) < 0:
            raise ValueError("A period does not run backwards.")
        if self.months and (self.days or self.hours):
            raise ValueError("A period is in months, or in days and hours: months have no fixed length.")

    @property
    def length(self) -> timedelta:
        """The exact part; zero for a calendar period."""
        return timedelta(days=self.days, hours=self.hours)


def due(anchor: datetime | date, period: Period, bound: Bound) -> datetime:
    """The first instant (UTC) at which what was anchored at `anchor` is past its period.

    A date as anchor counts whole local days, also for a period in days; it cannot carry hours (ValueError).
    """
    if isinstance(anchor, datetime) and not period.months:
        return anchor.astimezone(UTC) + period.length
    day = local_date(anchor) if isinstance(anchor, datetime) else anchor
    last = add_months(day, period.months) + timedelta(days=_whole_days(period))
    return day_start(last if bound is Bound.AT_MOST else last + timedelta(days=1))


def cutoff(now: datetime, period: Period, bound: Bound) -> datetime:
    """The latest anchor that is due at `now` (UTC). Every anchor at or before it is due, every later one is not."""
    if not period.months:
        return now.astimezone(UTC) - period.length
    return day_start(cutoff_date(now, period, bound) + timedelta(days=1)) - _INSTANT


def cutoff_date(now: datetime, period: Period, bound: Bound) -> date:
    """The latest date that is due at `now`, for anchors that are dates."""
    today = local_date(now)
    last = today if bound is Bound.AT_MOST else today - timedelta(days=1)
    if period.months:
        return _latest_before(last, period.months)
    return last - timedelta(days=_whole_days(period))


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it is shorter."""
    year, month = _shift(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def local_date(moment: datetime) -> date:
    """The date on the wall in the Netherlands."""
    return moment.astimezone(ZONE).date()


def day_start(day: date) -> datetime:
    """The first instant (UTC) of a local day. No Dutch clock change touches midnight."""
    return datetime.combine(day, time.min, ZONE).astimezone(UTC)


def year_end(day: date) -> date:
    """The last day of the financial year, which is the calendar year."""
    return date(day.year, 12, 31)


def _latest_before(last: date, months: int) -> date:
    """The latest date that, `months` later, is not after `last`. The end of a month stands for all days it lacks."""
    year, month = _shift(last, -months)
    longest = monthrange(year, month)[1]
    is_month_end = last.day == monthrange(last.year, last.month)[1]
    return date(year, month, longest if is_month_end else min(last.day, longest))


def _shift(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _whole_days(period: Period) -> int:
    if period.hours:
        raise ValueError("A date cannot anchor a period in hours.")
    return period.days
