"""Telling buyers about what happens to a photo they bought."""

from datetime import datetime

from common.jobs import schedule
from galleries.models import Photo, RemovalCase

from ..emails import mail_photo_changed
from ..models import Order, OrderLine
from ..states import State


def tell_buyers(*, photo: Photo, decision: str, now: datetime) -> None:
    """Mail everybody who ordered this photo that it was masked, replaced or deleted (`registry.PhotoChanged`).

    Once for each order, without saying who asked it (A7). An order nobody has begun to make gets the changed photo;
    any other goes on with its own copy, which ends by its own rules (RT09, RT29), and so does one of a photo that was
    deleted. After six months an order no longer knows its photos (RT08), and its buyer is left in peace.
    """
    lines = OrderLine.objects.filter(photo_ref=photo.public_id)
    labels = dict(lines.values_list("order_id", "photo_label"))
    orders = Order.objects.within_term(now).filter(pk__in=labels).exclude(state=State.CANCELLED)
    renewed = orders.none() if decision == RemovalCase.Decision.DELETED else orders.not_begun()
    made_anew = set(renewed.values_list("pk", flat=True))
    for order in orders.order_by("pk"):
        is_renewed = order.pk in made_anew
        mail_photo_changed(order, label=labels[order.pk], decision=decision, is_renewed=is_renewed, now=now)
    schedule("shop.renew_copies")
