"""Telling buyers about what happens to a photo they bought."""

from datetime import datetime

from galleries.models import Photo

from ..emails import mail_photo_changed
from ..models import Order, OrderLine
from ..states import State


def tell_buyers(*, photo: Photo, decision: str, now: datetime) -> None:
    """Mail everybody who ordered this photo that it was masked, replaced or deleted (`registry.PhotoChanged`).

    Once for each order, without saying who asked it (A7). The order goes on with its own copy, which ends by its own
    rules (RT09, RT29). After six months an order no longer knows its photos (RT08), and its buyer is left in peace.
    """
    lines = OrderLine.objects.filter(photo_ref=photo.public_id)
    labels = dict(lines.values_list("order_id", "photo_label"))
    orders = Order.objects.within_term(now).filter(pk__in=labels).exclude(state=State.CANCELLED)
    for order in orders.order_by("pk"):
        mail_photo_changed(order, label=labels[order.pk], decision=decision, now=now)
