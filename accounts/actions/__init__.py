"""Every write about the people we know."""

from .objections import note_bounce, object_to_marketing, review_objections, unsubscribe, withdraw_objection
from .relations import Sale, erase_relations, note_sale
from .staff import change_staff, create_staff, end_service

__all__ = [
    "Sale",
    "change_staff",
    "create_staff",
    "end_service",
    "erase_relations",
    "note_bounce",
    "note_sale",
    "object_to_marketing",
    "review_objections",
    "unsubscribe",
    "withdraw_objection",
]
