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
    erase_message,
    mark_handled,
    mark_spam,
    move_to_request,
    receive_message,
)
from .letters import erase_letters
from .orders import complain_about_order
from .templates import TemplateFacts, UnknownPlaceholder, change_template, create_template

__all__ = [
    "ComplaintRefused",
    "MessageGone",
    "NotOpen",
    "OutcomeMissing",
    "TemplateFacts",
    "UnknownPlaceholder",
    "answer_message",
    "change_template",
    "change_topic",
    "close_complaint",
    "complain_about_order",
    "create_template",
    "erase_complaints",
    "erase_letters",
    "erase_message",
    "erase_on_request",
    "mark_handled",
    "mark_spam",
    "move_to_request",
    "open_complaint",
    "receive_message",
    "warn_of_ending",
]
