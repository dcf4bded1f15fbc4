"""Correcting the name and address on an order (P86): by who ordered until it is made, by staff until it is archived."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from privacy import ledger
from privacy.mail import queue_mail
from privacy.models import RecipientNotice

from ..emails import order_link
from ..errors import ShopError
from ..models import Invoice, InvoiceCorrection, Order
from ..states import State
from .marketing import note_correction
from .recipients import tell_recipients

CORRECTABLE = ("salutation", "name", "street", "postcode", "city", "phone", "delivery_note")
# What an invoice says of who bought: changed, it needs a credit note (L17).
ON_INVOICE = frozenset({"name", "street", "postcode", "city"})
BY_BUYER = frozenset({State.PLACED, State.PAID})


class CannotCorrect(ShopError):
    """The order is being made, is gone, or is in the archive: `message` says where to go."""


@transaction.atomic
def correct_order(*, order_id: int, changes: Mapping[str, str], by: User | None, now: datetime) -> set[str]:
    """Change name, address and what else is typed for the delivery; returns the names of the fields that changed.

    `by` is the member of staff, None for who ordered: they may until the order is made. Recipients who got the address
    are told, the relation that the order made follows, the buyer gets a mail that says that it changed and not into
    what, and an invoice that names them otherwise is put before the administration. The same correction twice is one.
    Raises CannotCorrect.
    """
    order = Order.objects.within_term(now).filter(pk=order_id).select_for_update(of=("self",)).first()
    if order is None or order.contact_erased_at or order.archive_asked_at or order.state == State.CANCELLED:
        raise CannotCorrect(_("This order can no longer be changed."))
    if by is None and order.state not in BY_BUYER:
        raise CannotCorrect(_("We are making this order already. Mail or call us, then we change it for you."))
    changed = {name for name in CORRECTABLE if name in changes and changes[name] != getattr(order, name)}
    if not changed:
        return set()
    Order.objects.filter(pk=order.pk).update(**{name: changes[name] for name in changed})
    reason = "staff" if by else "self_service"
    ledger.record("rectified", now=now, kind="shop.order", count=1, reason=reason, ids=[order.public_id])
    if changed & ON_INVOICE:
        order.refresh_from_db()
        note_correction(order, now=now)
        tell_recipients([order.pk], RecipientNotice.Event.RECTIFIED, now)
        for invoice in Invoice.objects.filter(order=order):
            InvoiceCorrection.objects.get_or_create(invoice=invoice, done_at=None, defaults={"asked_at": now})
    queue_mail(
        kind="shop.corrected",
        to=order.email,
        template="shop/corrected",
        context={"order": order, "order_url": order_link(order)},
        language=order.language,
        about=order,
        now=now,
    )
    return changed


@transaction.atomic
def credit_note_made(*, correction_ids: list[int], now: datetime) -> int:
    """Note that the administration made the credit notes; how many."""
    return InvoiceCorrection.objects.filter(pk__in=correction_ids, done_at=None).update(done_at=now)
