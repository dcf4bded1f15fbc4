"""How long a review waits and is kept (RT17, A26). Pure: neither database nor clock."""

from datetime import date, datetime, timedelta

from common.periods import Period, local_date

# What was never published, from the day it was written.
DRAFT = Period(days=90)
# A published review has no term: it is shown until its consent is withdrawn, and goes at that moment (P73).
WITHDRAWN = Period()
# The stated rule: published or refused within so many working days.
DECISION_DAYS = 3
_SATURDAY = 5


def decide_by(written_at: datetime) -> date:
    """The last day on which a review written at this moment is decided about; weekends do not count."""
    day, left = local_date(written_at), DECISION_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day
