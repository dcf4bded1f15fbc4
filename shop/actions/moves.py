"""The one way an order changes its state: along the table, recorded, and won by one mover only."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from privacy.declarations import Recipient
from privacy.recipients import NotAgreed, require

from .. import deadlines
from ..errors import ShopError
from ..models import Disclosure, Order, OrderFile, OrderMove, Product
from ..states import State, may_move
from .copies import COPY_OUTDATED, outdated_copies
from .recipients import disclose


class MoveRefused(ShopError):
    """The table has no such move, or somebody else moved the order first."""


def move_order(*, order_id: int, after: State, by: User | None, now: datetime) -> Order:
    """Move an order to its next state on behalf of `by`, and record it (P39).

    Raises MoveRefused when the table has no such move from where the order stands now, when it would be made from a
    photo as it was before somebody was masked on it (A7), and when prints would be sent by a carrier without a valid
    agreement: the address may not go there (P83). Nobody moves an order to paid by
    hand: money does that (`settle_payment`, `record_transfer`).
    """
    if after == State.PAID:
        raise MoveRefused(_("An order becomes paid when its payment arrives. Record the payment instead."))
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        if after in (State.IN_PRODUCTION, State.DELIVERED) and outdated_copies().filter(line__order=order).exists():
            raise MoveRefused(str(COPY_OUTDATED))
        if after == State.SHIPPED:
            _check_carrier(order, now=now)
        return apply_move(order, after=after, by=by, now=now)


def _check_carrier(order: Order, *, now: datetime) -> None:
    if not order.lines.filter(kind=Product.Kind.PRINT).exists():
        return
    try:
        require(Recipient.CARRIER, now=now)
    except NotAgreed as refusal:
        raise MoveRefused(refusal.message) from refusal


def apply_move(order: Order, *, after: State, by: User | None, now: datetime) -> Order:
    """Take one step of the table inside the caller's transaction and return the order as it is then."""
    before = State(order.state)
    if not may_move(before, after):
        raise MoveRefused(
            _("This order is “{before}”, so it cannot become “{after}”.").format(before=before.label, after=after.label)
        )
    stamp = {State.PAID: {"paid_at": now}, State.DELIVERED: {"delivered_at": now}}.get(after, {})
    # Conditional, so that of two movers who read the same state one wins, also where rows cannot be locked.
    if Order.objects.filter(pk=order.pk, state=before).update(state=after, **stamp) != 1:
        raise MoveRefused(_("Somebody else changed this order just now. Look again."))
    OrderMove.objects.create(order=order, placed_at=order.placed_at, before=before, after=after, at=now, by=by)
    order.refresh_from_db()
    if after == State.SHIPPED:
        # Who brings it has the name and the address now.
        disclose(order, recipient=Recipient.CARRIER, what=Disclosure.What.ADDRESS, now=now)
    if after == State.DELIVERED:
        _count_print_copies_from_delivery(order)
    return order


def _count_print_copies_from_delivery(order: Order) -> None:
    # RT09: delivery starts the thirty days of the print copies, unless three months after payment came first.
    if order.paid_at is None:
        return
    kept_from = deadlines.print_kept_from(paid_at=order.paid_at, delivered_at=order.delivered_at)
    OrderFile.objects.filter(line__order=order, purpose=OrderFile.Purpose.PRINT).update(kept_from=kept_from)
