from .baskets import add, basket, change
from .checkout import checkout, remember
from .orders import download, order, order_link
from .payments import notify, paid, pay

__all__ = [
    "add",
    "basket",
    "change",
    "checkout",
    "download",
    "notify",
    "order",
    "order_link",
    "paid",
    "pay",
    "remember",
]
