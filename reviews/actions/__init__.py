"""Every write of this app."""

from .deciding import NotThere, Replaced, answer_review, publish_review, refuse_review
from .withdrawing import erase_reviews, forget_writer, withdraw_review
from .writing import CONSENT, AlreadyReviewed, Evidence, Words, record_review, write_review

__all__ = [
    "CONSENT",
    "AlreadyReviewed",
    "Evidence",
    "NotThere",
    "Replaced",
    "Words",
    "answer_review",
    "erase_reviews",
    "forget_writer",
    "publish_review",
    "record_review",
    "refuse_review",
    "withdraw_review",
    "write_review",
]
