from .baskets import add, basket, change
from .checkout import checkout, remember
from .correcting import correct
from .orders import download, order, order_link
from .payments import notify, paid, pay

__all__ = [
    "add",
    "basket",
    "change",
    "checkout",
    "correct",
    "download",
    "notify",
    "order",
    "order_link",
    "paid",
    "pay",
    "remember",
]
