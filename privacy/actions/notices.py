"""Telling recipients that what they got was corrected, erased or restricted, and noting that they confirmed (L4)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from privacy import ledger
from privacy.models import RecipientNotice


@transaction.atomic
def queue_notices(*, recipients: Iterable[str], event: str, reference: str, now: datetime) -> int:
    """Have somebody tell these recipients; one that waits already is not queued twice. How many are new (P86, P88)."""
    new = 0
    for recipient in sorted(set(recipients)):
        _row, is_new = RecipientNotice.objects.get_or_create(
            recipient=recipient,
            event=RecipientNotice.Event(event),
            reference=reference,
            told_at=None,
            defaults={"created_at": now},
        )
        new += is_new
    return new


@transaction.atomic
def mark_told(*, notice_ids: Collection[int], by_id: int, now: datetime) -> int:
    """Note that recipients were told; how many."""
    rows = RecipientNotice.objects.filter(pk__in=notice_ids, told_at=None)
    return rows.update(told_at=now, by_id=by_id)


@transaction.atomic
def mark_confirmed(*, notice_ids: Collection[int], by_id: int, now: datetime) -> int:
    """Note that recipients confirmed, having been told; how many. A year later the notice goes (RT21)."""
    rows = RecipientNotice.objects.filter(pk__in=notice_ids, told_at__isnull=False, acknowledged_at=None)
    ids = list(rows.values_list("pk", flat=True))
    count = RecipientNotice.objects.filter(pk__in=ids).update(acknowledged_at=now, by_id=by_id)
    if count:
        ledger.record("recipients_confirmed", now=now, kind="privacy.recipientnotice", count=count, ids=ids)
    return count
