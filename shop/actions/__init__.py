"""Every write of the shop."""

from .baskets import add_line, change_line, remember_details
from .demo import decide_demo_payment
from .moves import move_order
from .orders import place_order
from .payments import record_transfer, settle_notified, settle_payment, start_payment

__all__ = [
    "add_line",
    "change_line",
    "decide_demo_payment",
    "move_order",
    "place_order",
    "record_transfer",
    "remember_details",
    "settle_notified",
    "settle_payment",
    "start_payment",
]
