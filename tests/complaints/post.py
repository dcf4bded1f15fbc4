"""Somebody who writes to the studio, for tests."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client as Browser

from complaints.actions import receive_message
from complaints.models import ContactMessage
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
    return receive_message(**{**TYPED, **typed}, form_token=uuid4(), language="nl", is_spam=is_spam, now=now)
