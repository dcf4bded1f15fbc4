from .baskets import add, basket, change
from .checkout import checkout, remember
from .correcting import correct
from .orders import account_file, download, order, order_link
from .payments import notify, paid, pay

__all__ = [
    "account_file",
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
