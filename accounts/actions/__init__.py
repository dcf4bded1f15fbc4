"""Every write about the people we know."""

from .customers import (
    AddressTaken,
    ask_address_change,
    change_address,
    confirm_address,
    consent_ids,
    mail_link_again,
    note_login,
    register,
)
from .ending import delete_account, ending_of
from .idle import note_reminder_bounced, remind_idle, unreminded, warn_of_unreminded
from .objections import note_bounce, object_to_marketing, review_objections, unsubscribe, withdraw_objection
from .relations import Sale, correct_sale, erase_relations, note_sale
from .staff import change_staff, create_staff, end_service

__all__ = [
    "AddressTaken",
    "Sale",
    "ask_address_change",
    "change_address",
    "change_staff",
    "confirm_address",
    "consent_ids",
    "correct_sale",
    "create_staff",
    "delete_account",
    "end_service",
    "ending_of",
    "erase_relations",
    "mail_link_again",
    "note_bounce",
    "note_login",
    "note_reminder_bounced",
    "note_sale",
    "object_to_marketing",
    "register",
    "remind_idle",
    "review_objections",
    "unreminded",
    "unsubscribe",
    "warn_of_unreminded",
    "withdraw_objection",
]
