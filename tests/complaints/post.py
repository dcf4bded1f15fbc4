"""Somebody who writes to the studio, for tests."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client as Browser

from complaints.actions import open_complaint, receive_message
from complaints.models import Complaint, ContactMessage
from complaints.stamps import new_stamp
from tests.galleries.studio import NOW

FORM = "/contact/"
SENT = "/contact/verstuurd/"
TYPED = {
    "topic": "question",
    "name": "Sanne de Vries",
    "email": "sanne@example.org",
    "text": "Wanneer komen de foto’s?",
}


def filled(shown_at: datetime = NOW - timedelta(minutes=1), **typed: str) -> dict[str, str]:
    """The form as a person sends it, shown a minute ago."""
    return {**TYPED, "website": "", "stamp": new_stamp(shown_at), **typed}


def send(**typed: Any) -> Any:
    return Browser().post(FORM, filled(**typed))


def received(*, now: datetime = NOW, is_spam: bool = False, **typed: str) -> ContactMessage:
    """A message as the form leaves it."""
    row = receive_message(**{**TYPED, **typed}, form_token=uuid4(), language="nl", is_spam=is_spam, now=now)
    assert isinstance(row, ContactMessage)
    return row


def case(*, now: datetime = NOW, submitted_at: datetime | None = None, **typed: str) -> Complaint:
    """A complaint that came by phone, with an address to answer to."""
    fields = {"name": "Noor", "email": "noor@example.org", "text": "De foto is krom.", "channel": "phone", **typed}
    return open_complaint(**fields, form_token=uuid4(), language="nl", submitted_at=submitted_at or now, now=now)
