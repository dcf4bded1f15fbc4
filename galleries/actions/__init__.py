"""Every write to what is photographed, by the word for it."""

from .clients import (
    change_client,
    change_term,
    create_assignment,
    create_client,
    create_group,
    create_subject,
    note_books_activity,
    rename_assignment,
)
from .codes import issue_code, reprint, revoke_code
from .publishing import hand_over, make_available, publish_assignment

__all__ = [
    "change_client",
    "change_term",
    "create_assignment",
    "create_client",
    "create_group",
    "create_subject",
    "hand_over",
    "issue_code",
    "make_available",
    "note_books_activity",
    "publish_assignment",
    "rename_assignment",
    "reprint",
    "revoke_code",
]
