"""Somebody who uses a right, for tests."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from privacy.actions.requests import receive_request
from privacy.models import RightsRequest
from tests.galleries.studio import NOW

LIST = "/beheer/privacy/rightsrequest/"
ASKED = {
    "right": "erasure",
    "channel": "email",
    "name": "Sanne de Vries",
    "email": "Sanne@example.org",
    "text": "Haal alles weg.",
    "language": "nl",
}


def asked(*, now: datetime = NOW, received_at: datetime | None = None, **fields: Any) -> RightsRequest:
    """A request that came by mail, from the address it names; nothing shows yet who asks."""
    said = {**ASKED, "form_token": uuid4(), "received_at": received_at or now, **fields}
    return receive_request(**said, now=now)
