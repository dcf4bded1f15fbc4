"""How long an account is kept, as data (RT11, A15). Pure: rules, mails and pages read the same constants."""

from datetime import datetime, timedelta

from common.periods import Bound, Period, due

# How long the link in a mail works that proves an address, and how long an account that nobody proved is kept.
TO_CONFIRM = Period(days=3)
# Five years without a login, when a reminder came through a fortnight before; a month more when none did.
IDLE = Period(months=5 * 12)
IDLE_UNREMINDED = Period(months=5 * 12 + 1)
# From when the reminder is tried, night after night.
TO_REMIND = Period(months=4 * 12 + 11)
NOTICE = timedelta(days=14)
# RT32: who worked here.
AFTER_SERVICE = Period(months=12)


def confirm_before(asked_at: datetime) -> datetime:
    """Until when the link in a mail can be used."""
    return due(asked_at, TO_CONFIRM, Bound.AT_MOST)


def idle_ends(active_at: datetime, *, was_reminded: bool) -> datetime:
    """When an account that nobody logs in to is deleted (P48)."""
    return due(active_at, IDLE if was_reminded else IDLE_UNREMINDED, Bound.AT_MOST)


def remind_from(active_at: datetime) -> datetime:
    """From when the owner of an idle account is reminded (P49)."""
    return due(active_at, TO_REMIND, Bound.AT_MOST)


def is_in_time(accepted_at: datetime, *, active_at: datetime) -> bool:
    """Whether a reminder accepted at this moment leaves the owner a fortnight before the five years end (A15)."""
    return accepted_at <= due(active_at, IDLE, Bound.AT_MOST) - NOTICE
