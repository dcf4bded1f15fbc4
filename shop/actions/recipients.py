"""Noting who got what of an order, and having them told when it changes (L3, L4, P82)."""

from collections.abc import Collection
from datetime import datetime

from privacy.actions.notices import queue_notices
from privacy.declarations import Recipient
from privacy.models import RecipientNotice

from ..models import Disclosure, Order

# A correction concerns who got the name and address; the rest concerns everybody who got anything.
_CONCERNS = {RecipientNotice.Event.RECTIFIED.value: {Disclosure.What.ADDRESS}}


def disclose(order: Order, *, recipient: Recipient, what: Disclosure.What, now: datetime) -> Disclosure:
    """Note that data of an order leaves for a recipient, in the transaction or the moment it does."""
    return Disclosure.objects.create(
        order=order, recipient=recipient, what=what, at=now, books_year_end=order.books_year_end
    )


def tell_recipients(order_ids: Collection[int], event: str, now: datetime) -> int:
    """Queue a notice for each recipient of these orders who got what `event` is about; how many are new (P86, P88)."""
    rows = Disclosure.objects.filter(order__in=order_ids, what__in=_CONCERNS.get(event, set(Disclosure.What)))
    by_order: dict[str, set[str]] = {}
    for number, recipient in rows.values_list("order__number", "recipient").distinct():
        by_order.setdefault(number, set()).add(recipient)
    return sum(
        queue_notices(recipients=recipients, event=event, reference=number, now=now)
        for number, recipients in by_order.items()
    )
