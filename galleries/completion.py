"""When an assignment is completed (A16). Pure: no database, no clock.

Completion is a fact of the past: the latest of the end of the client's term, the last delivery and the last payment.
It is written down three months after that, when nothing more came, and every term about the client's people counts
from it. An assignment that was never published has no such fact; it may not stay open for ever either.
"""

from datetime import datetime

from common.periods import Bound, Period, due

# A16: closed when nothing happened for so long.
QUIET = Period(months=3)
# A16: somebody must look at what is open so long.
ALARM = Period(months=18)
# Three months after that alarm, what never had a fact is closed too: an anchor is never empty for ever.
LAST_CALL = Period(months=21)


def latest(*moments: datetime | None) -> datetime | None:
    """The latest of the moments that are there; None when there is none."""
    return max((moment for moment in moments if moment is not None), default=None)


def closes_at(*, fact: datetime | None, created_at: datetime, sign_of_life: datetime) -> datetime:
    """From when the night closes an assignment whose latest fact is `fact`, unless something comes in between.

    `sign_of_life` is the latest that is known of one without any fact: its creation or its last message.
    """
    if fact is not None:
        return due(fact, QUIET, Bound.AT_LEAST)
    return max(due(created_at, LAST_CALL, Bound.AT_LEAST), due(sign_of_life, QUIET, Bound.AT_LEAST))
