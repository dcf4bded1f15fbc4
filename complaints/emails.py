"""The mails to who writes to us, in the language they wrote in, written in the transaction that causes them."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from privacy.mail import queue_mail
from privacy.models import OutgoingMail

from .models import Complaint, ContactMessage


def mail_copy(message: ContactMessage, *, now: datetime) -> OutgoingMail:
    """That we received the message, and what it said."""
    return queue_mail(
        kind="complaints.copy",
        to=message.email,
        template="complaints/copy",
        context={"name": message.name, "typed": message.text},
        language=message.language,
        now=now,
        about=message,
    )


def mail_reply(message: ContactMessage, *, text: str, now: datetime) -> OutgoingMail:
    """Our answer, above what it answers."""
    return queue_mail(
        kind="complaints.reply",
        to=message.email,
        template="complaints/reply",
        context={"answer": text, "typed": message.text, "received_at": message.received_at},
        language=message.language,
        now=now,
        about=message,
    )


def mail_acknowledgement(complaint: Complaint, *, now: datetime) -> OutgoingMail:
    """That we received the complaint, what it said, and what happens now."""
    return queue_mail(
        kind="complaints.received",
        to=complaint.email,
        template="complaints/received",
        context={"name": complaint.name, "typed": complaint.text, "submitted_at": complaint.submitted_at},
        language=complaint.language,
        now=now,
        about=complaint,
    )


def mail_outcome(complaint: Complaint, *, text: str, now: datetime) -> OutgoingMail:
    """What came of the complaint, in our words."""
    return queue_mail(
        kind="complaints.outcome",
        to=complaint.email,
        template="complaints/outcome",
        context={"answer": text, "outcome": complaint.get_outcome_display, "submitted_at": complaint.submitted_at},
        language=complaint.language,
        now=now,
        about=complaint,
    )


def mail_alarm(numbers: Sequence[int], *, now: datetime) -> OutgoingMail:
    """To the privacy owner: open complaints that go within a month, by number and no more."""
    return queue_mail(
        kind="complaints.alarm",
        to=settings.PRIVACY_OWNER_EMAIL,
        template="complaints/alarm",
        context={"numbers": numbers, "owner": settings.PRIVACY_OWNER_NAME},
        language=settings.LANGUAGE_CODE,
        now=now,
    )
