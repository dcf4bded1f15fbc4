"""How long a message is kept (RT16, A21): six months after we last dealt with it, never more than a year after we got
it; spam for two weeks. And how long a complaint (RT15, A19): two weeks after it was closed, never more than a year
after it came. Knows neither database nor clock."""

from datetime import datetime

from common.periods import Bound, Period, add_months, day_start, due, local_date

WAITING = Period(months=12)
HANDLED = Period(months=6)
SPAM = Period(days=14)
OPEN_COMPLAINT = Period(months=12)
CLOSED_COMPLAINT = Period(days=14)
# A month before an open complaint goes, the privacy owner hears of it.
ALARM = Period(months=11)


def handled_anchor(*, received_at: datetime, handled_at: datetime) -> datetime:
    """From when the six months after handling count: the handling, or sooner when the year after receipt ends first."""
    latest = day_start(add_months(local_date(received_at), WAITING.months - HANDLED.months))
    return min(handled_at, latest)


def closed_anchor(*, submitted_at: datetime, closed_at: datetime) -> datetime:
    """From when the two weeks after closing count: the closing, or sooner when the year after submission ends first."""
    return min(closed_at, due(submitted_at, OPEN_COMPLAINT, Bound.AT_MOST) - CLOSED_COMPLAINT.length)
