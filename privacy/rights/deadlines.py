"""By when a request is answered (L1, art. 12(3) GDPR): one calendar month after it was received, three when it is
complex and that was said, with the reasons, within the first. Pure: neither database nor clock.

A month ends at the end of the same day of the next month, or of its last day when that is shorter. A day that falls in
a weekend is not moved on, as the law would allow: who asks is better off with the earlier day.
"""

from datetime import date, timedelta

from common.periods import Period, add_months

MONTHS = 1
EXTENDED_MONTHS = 3
# The privacy owner hears of a request that waits when this much of its time is left.
NEAR = timedelta(days=7)
# RT19: what a request held goes a year after it was closed; its export a week after it was made.
KEPT = Period(months=12)
EXPORT_KEPT = Period(days=7)
# How often making an export is tried by itself, and when a try belongs to a job that died.
EXPORT_TRIES = 5
EXPORT_CLAIM_LASTS = timedelta(minutes=30)
# RT21: that a recipient was told, after they confirmed.
NOTICE_KEPT = Period(months=12)
# The link that shows whose an address is: how long it works, and how long its page stays open.
PROOF_KEPT = Period(hours=24)
VISIT = timedelta(hours=1)


def last_day(received: date, *, is_extended: bool) -> date:
    """The last day on which an answer is on time. It counts from receipt, whenever somebody first read it (P93)."""
    return add_months(received, EXTENDED_MONTHS if is_extended else MONTHS)


def may_extend(received: date, today: date) -> bool:
    """Whether there is still time to say that it takes longer: only within the first month."""
    return today <= last_day(received, is_extended=False)
