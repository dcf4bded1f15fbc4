"""The mails to who writes to us, in the language they wrote in, written in the transaction that causes them."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from privacy.mail import queue_mail
from privacy.models import OutgoingMail

from .models import Complaint, ContactMessage


def mail_copy(message: ContactMessage, *, now: datetime) -> OutgoingMail:
    """That we received the message, and what it said."""
    return _answer(message, "copy", {"name": message.name, "typed": message.text}, now=now)


def mail_reply(message: ContactMessage, *, text: str, now: datetime) -> OutgoingMail:
    """Our answer, above what it answers."""
    facts = {"answer": text, "typed": message.text, "received_at": message.received_at}
    return _answer(message, "reply", facts, now=now)


def mail_acknowledgement(complaint: Complaint, *, now: datetime) -> OutgoingMail:
    """That we received the complaint, what it said, and what happens now."""
    facts = {"name": complaint.name, "typed": complaint.text, "submitted_at": complaint.submitted_at}
    return _answer(complaint, "received", facts, now=now)


def mail_outcome(complaint: Complaint, *, text: str, now: datetime) -> OutgoingMail:
    """What came of the complaint, in our words."""
    facts = {"answer": text, "outcome": complaint.get_outcome_display, "submitted_at": complaint.submitted_at}
    return _answer(complaint, "outcome", facts, now=now)


def _answer(about: Complaint | ContactMessage, name: str, facts: dict[str, object], *, now: datetime) -> OutgoingMail:
    return queue_mail(
        kind=f"complaints.{name}",
        to=about.email,
        template=f"complaints/{name}",
        context=facts,
        language=about.language,
        now=now,
        about=about,
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
