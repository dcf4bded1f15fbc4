"""Where a code stands with the mail before its photos go: what its page says, and what its actions go by (A6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from common.periods import local_date

from .models import Reminder
from .terms import DAYS_IN_ONE_MAIL, last_day, reminded_from
from .withholding import opened_by_code

# A family, and a few to spare; it bounds what a stranger's address can be used for.
ADDRESSES_PER_CODE = 3


@dataclass(frozen=True, slots=True)
class Goodbye:
    """What one mail is about: the last day of the first photos that go, of the last that go soon after, and of what
    stays years longer, if anything does."""

    first: date
    last: date
    others: date | None
    # The latest end the mail speaks of.
    told_until: datetime


@dataclass(frozen=True, slots=True)
class Reminding:
    """How many addresses wait with a code, and the day of the next mail; None when a mail would come too late."""

    standing: int
    on: date | None


def ends_of(*, code_id: int, subject_id: int, group_id: int | None, now: datetime) -> list[datetime]:
    """When the photos that a code opens now end, the first one first: the dates the sweep uses (RT01, RT02)."""
    photos = opened_by_code(code_id=code_id, subject_id=subject_id, group_id=group_id, now=now)
    ends = photos.order_by("expires_at").values_list("expires_at", flat=True).distinct()
    return [end for end in ends if end is not None]


def reminding_of(*, code_id: int, subject_id: int, group_id: int | None, now: datetime) -> Reminding:
    """How the holder of this code stands now."""
    ends = ends_of(code_id=code_id, subject_id=subject_id, group_id=group_id, now=now)
    ahead = [end for end in ends if reminded_from(end) > now]
    return Reminding(
        standing=Reminder.objects.filter(code=code_id).count(),
        on=local_date(reminded_from(ahead[0])) if ahead else None,
    )


def goodbye(ends: Collection[datetime]) -> Goodbye:
    """What one mail says of photos with these ends, of which there is one at least."""
    first, last = min(ends), max(ends)
    soon = max(end for end in ends if end <= first + timedelta(days=DAYS_IN_ONE_MAIL))
    return Goodbye(
        first=last_day(first), last=last_day(soon), others=last_day(last) if last > soon else None, told_until=soon
    )
