"""Until when a photo is kept: the client's own term, and 48 months more for each consent. Pure: no database, no clock.

What a page promises and what the night does are computed here, once.
"""

from datetime import date, datetime, timedelta

from common.periods import Bound, Period, add_months, day_start, due, local_date

# A1, A4: one month unless agreed otherwise in writing; the owner alone agrees to more than a year.
STANDARD_MONTHS = 1
MONTHS_WITHOUT_OWNER = 12
# RT03: an upload that is never put online goes so many days after it came.
UNPUBLISHED_DAYS = 60
# RT02, P27: each time 48 calendar months, from the current end (A5).
MONTHS_LONGER = 48
# A5: asked again from six months before an extended end.
ASK_AGAIN_MONTHS = 6
# A6: who asked for it is mailed so many days before photos end.
REMIND_DAYS = 7
# One mail speaks of all photos that end within so many days of the first of them.
DAYS_IN_ONE_MAIL = 31
# RT13, P58: how long a contact person stays linked to a completed assignment, and RT12, P56: the messages about it.
CONTACT_TERM = Period(months=36)
MESSAGE_TERM = Period(months=48)


def client_end(available_from: datetime, *, months: int) -> datetime:
    """The end of the client's own term: the midnight after its last day (RT01, A1, A4)."""
    return due(available_from, Period(months=months), Bound.AT_LEAST)


def in_client_term(published_at: datetime | None, months: int, *, now: datetime) -> bool:
    """Whether the client wants the photos online now: from their publication to the end of its own term (P21, A28).
    Photos added later have a later end each; this is the one they all share."""
    return published_at is not None and published_at <= now < client_end(published_at, months=months)


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


def reminded_from(end: datetime) -> datetime:
    """The start of the local day from which somebody is mailed about photos that end at `end` (A6)."""
    return day_start(local_date(end) - timedelta(days=REMIND_DAYS))


def reminded_before(now: datetime) -> datetime:
    """Ends before this instant are mailed about at `now`: those with `reminded_from(end) <= now`."""
    return day_start(local_date(now) + timedelta(days=REMIND_DAYS + 1))
