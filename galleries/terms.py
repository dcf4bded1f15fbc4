"""Until when a photo is kept: the client's own term, and 48 months more for each consent. Pure: no database, no clock.

What a page promises and what the night does are computed here, once.
"""

from datetime import date, datetime, timedelta

from common.periods import Bound, Period, add_months, due, local_date

# RT02, P27: each time 48 calendar months, from the current end (A5).
MONTHS_LONGER = 48
# A5: asked again from six months before an extended end.
ASK_AGAIN_MONTHS = 6


def client_end(available_from: datetime, *, months: int) -> datetime:
    """The end of the client's own term: the midnight after its last day (RT01, A1, A4)."""
    return due(available_from, Period(months=months), Bound.AT_LEAST)


def extended_end(end: datetime, *, rounds: int) -> datetime:
    """The end after `rounds` extensions of 48 calendar months each (RT02, P27); `end` itself for none."""
    if not rounds:
        return end
    return due(last_day(end), Period(months=MONTHS_LONGER * rounds), Bound.AT_LEAST)


def asked_again_from(end: datetime) -> date:
    """The local date from which an extension that ends at `end` may be followed by another (A5)."""
    return add_months(last_day(end), -ASK_AGAIN_MONTHS)


def last_day(expires_at: datetime) -> date:
    """The last day on which a photo is there: its term ends with the midnight after it (A1)."""
    return local_date(expires_at - timedelta(microseconds=1))
