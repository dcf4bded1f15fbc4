"""Every write of this app."""

from .cases import (
    ComplaintRefused,
    NotOpen,
    OutcomeMissing,
    close_complaint,
    erase_complaints,
    erase_on_request,
    open_complaint,
    warn_of_ending,
)
from .contact import (
    MessageGone,
    answer_message,
    change_topic,
    mark_handled,
    mark_spam,
    move_to_request,
    receive_message,
)
from .letters import erase_letters

__all__ = [
    "ComplaintRefused",
    "MessageGone",
    "NotOpen",
    "OutcomeMissing",
    "answer_message",
    "change_topic",
    "close_complaint",
    "erase_complaints",
    "erase_letters",
    "erase_on_request",
    "mark_handled",
    "mark_spam",
    "move_to_request",
    "open_complaint",
    "receive_message",
    "warn_of_ending",
]
