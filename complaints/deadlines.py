"""How long a message is kept (RT16, A21): six months after we last dealt with it, never more than a year after we got
it; spam for two weeks. Knows neither database nor clock."""

from datetime import datetime

from common.periods import Period, add_months, day_start, local_date

WAITING = Period(months=12)
HANDLED = Period(months=6)
SPAM = Period(days=14)


def handled_anchor(*, received_at: datetime, handled_at: datetime) -> datetime:
    """From when the six months after handling count: the handling, or sooner when the year after receipt ends first."""
    latest = day_start(add_months(local_date(received_at), WAITING.months - HANDLED.months))
    return min(handled_at, latest)
