"""An order whose buyer asked to have everything erased: what the law keeps goes to the fiscal archive at once (A31)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from privacy import erasure, holds, wipes
from privacy.actions.erasing import REASON
from privacy.models import RecipientNotice
from privacy.registry import registry

from ..models import Order, OrderFile, OrderLine
from ..states import State
from .recipients import tell_recipients


@transaction.atomic
def archive_on_request(order_ids: Collection[int], now: datetime) -> None:
    """Keep these orders for the law alone: out of sight for all but the role administration, and on the buyer's page
    number, date and total. One that is under way is finished first, never cancelled (A37)."""
    new = list(Order.objects.filter(pk__in=order_ids, archive_asked_at=None).values_list("pk", flat=True))
    Order.objects.filter(pk__in=new).update(archive_asked_at=now)
    tell_recipients(new, RecipientNotice.Event.ERASED, now)


def finish_archiving(*, now: datetime) -> int:
    """Take from orders that were delivered since what no law keeps of them; how many orders. Each stands by itself."""
    waiting = Order.objects.filter(archive_asked_at__isnull=False, extras_erased_at__isnull=True, state=State.DELIVERED)
    done = 0
    for order_id in list(waiting.order_by("pk").values_list("pk", flat=True)):
        try:
            _finish(order_id, now=now)
        except erasure.Held:
            # A hold or a restriction came in between: the next night looks again.
            continue
        done += 1
    return done


@transaction.atomic
def _finish(order_id: int, *, now: datetime) -> None:
    holds.freeze_exceptions()
    Order.objects.select_for_update().get(pk=order_id)
    if holds.any_excepted(Order, [order_id], now=now):
        raise erasure.Held
    files = list(OrderFile.objects.filter(line__order=order_id).values_list("pk", flat=True))
    erasure.erase(OrderFile, files, reason=REASON, now=now)
    wipe_extras([order_id], reason=REASON, now=now)


def wipe_extras(order_ids: Sequence[int], *, reason: str, now: datetime) -> None:
    """What of these orders is neither salutation nor needed by the books goes before its time (RT07, RT08); the caller
    has locked them. Each field that is gone already stays gone."""
    for key in ("RT07", "RT08.order"):
        rule = registry.rules[key]
        left = Order.objects.filter(rule.condition, pk__in=order_ids).values_list("pk", flat=True)
        wipes.wipe_locked(rule, list(left), reason=reason, now=now)
    rule = registry.rules["RT08.line"]
    lines = OrderLine.objects.filter(rule.condition, order__in=order_ids).order_by("pk")
    wipes.wipe_locked(rule, list(lines.select_for_update().values_list("pk", flat=True)), reason=reason, now=now)
