"""The mails to who writes to us, in the language they wrote in, written in the transaction that causes them."""

from datetime import datetime

from privacy.mail import queue_mail
from privacy.models import OutgoingMail

from .models import ContactMessage


def mail_copy(message: ContactMessage, *, now: datetime) -> OutgoingMail:
    """That we received the message, and what it said."""
    return queue_mail(
        kind="complaints.copy",
        to=message.email,
        template="complaints/copy",
        context={"name": message.name, "typed": message.text},
        language=message.language,
        now=now,
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
    )
