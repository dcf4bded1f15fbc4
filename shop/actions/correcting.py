"""Correcting what was typed at an order (P86): name and address by who ordered until it is made; by staff until it is
archived, and the address for mail too."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from privacy import ledger
from privacy.models import RecipientNotice

from ..emails import mail_corrected, mail_readdressed
from ..errors import ShopError
from ..models import Invoice, InvoiceCorrection, Order, OrderFile
from ..states import State
from .marketing import note_correction
from .recipients import tell_recipients

CORRECTABLE = ("salutation", "name", "street", "postcode", "city", "phone", "delivery_note")
# The address decides who sees the order, so its buyer cannot move it to another mailbox.
BY_STAFF = (*CORRECTABLE, "email")
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
    allowed, was = BY_STAFF if by else CORRECTABLE, order.email
    changed = {name for name in allowed if name in changes and changes[name] != getattr(order, name)}
    if not changed:
        return set()
    Order.objects.filter(pk=order.pk).update(**{name: changes[name] for name in changed})
    reason = "staff" if by else "self_service"
    ledger.record("rectified", now=now, kind="shop.order", count=1, reason=reason, ids=[order.public_id])
    order.refresh_from_db()
    if "email" in changed:
        _leave_mailbox(order, was=was, now=now)
    if changed & (ON_INVOICE | {"email"}):
        note_correction(order, was=was, now=now)
    if changed & ON_INVOICE:
        tell_recipients([order.pk], RecipientNotice.Event.RECTIFIED, now)
        for invoice in Invoice.objects.filter(order=order):
            InvoiceCorrection.objects.get_or_create(invoice=invoice, done_at=None, defaults={"asked_at": now})
    mail_corrected(order, now=now)
    return changed


def _leave_mailbox(order: Order, *, was: str, now: datetime) -> None:
    """The old address gets no mail about the order any more and opens it no longer: its links are dead, an account of
    it loses the order with its files, and it hears so, in case that was not meant."""
    if order.account and order.account.email == was.lower():
        Order.objects.filter(pk=order.pk).update(account=None)
        OrderFile.objects.filter(line__order=order).update(account=None)
    mail_readdressed(order, to=was, now=now)


@transaction.atomic
def credit_note_made(*, correction_ids: list[int], now: datetime) -> int:
    """Note that the administration made the credit notes; how many."""
    return InvoiceCorrection.objects.filter(pk__in=correction_ids, done_at=None).update(done_at=now)
