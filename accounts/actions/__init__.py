"""Every write about the people we know."""

from .customers import (
    AddressTaken,
    ask_address_change,
    change_address,
    confirm_address,
    mail_link_again,
    note_login,
    register,
)
from .objections import note_bounce, object_to_marketing, review_objections, unsubscribe, withdraw_objection
from .relations import Sale, erase_relations, note_sale
from .staff import change_staff, create_staff, end_service

__all__ = [
    "AddressTaken",
    "Sale",
    "ask_address_change",
    "change_address",
    "change_staff",
    "confirm_address",
    "create_staff",
    "end_service",
    "erase_relations",
    "mail_link_again",
    "note_bounce",
    "note_login",
    "note_sale",
    "object_to_marketing",
    "register",
    "review_objections",
    "unsubscribe",
    "withdraw_objection",
]
