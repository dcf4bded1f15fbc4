"""What reviews add to the page of an order."""

from datetime import datetime

from django.template.loader import render_to_string

from common.requests import VisitorRequest
from shop.models import Order

from .emails import own_path
from .sources import order_source


def review_panel(request: VisitorRequest, *, order: Order, now: datetime) -> str:
    """The way to a review of a paid order, or to the one that was written (P70)."""
    if order.paid_at is None:
        return ""
    source = order_source(order)
    context = {"source": source, "own_path": own_path(source.review) if source.review else ""}
    return render_to_string("reviews/_order_panel.html", context, request=request)
