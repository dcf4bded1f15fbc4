"""Where upper apps add to our pages. They fill these lists in `AppConfig.ready()`; we never import them."""

from datetime import datetime
from typing import Protocol

from common.requests import VisitorRequest

from .models import Order


class OrderPanel(Protocol):
    """A fragment on the page of an order, such as the way to complain: rendered HTML, or "" when there is none. Asked
    only for orders of the last six months: an archived one shows number, date and total, and nothing else (A12)."""

    def __call__(self, request: VisitorRequest, *, order: Order, now: datetime) -> str: ...


# In the order in which they stand on the page.
order_panels: list[OrderPanel] = []
