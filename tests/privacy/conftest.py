"""Rows of the engine's own kind, and a ledger that transactional tests may leave behind."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from common.periods import ZONE
from privacy.models import OutgoingMail, StoredObject

# In UTC: adding days to a local time would add days on the wall.
NOW = datetime(2026, 6, 15, 3, 15, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def now() -> datetime:
    """A night in June."""
    return NOW


def a_mail(*, kept_from: datetime, **fields: object) -> OutgoingMail:
    values = {"kind": "test", "to": "ouder@example.com", "subject": "Hallo", "text": "tekst", "html": "<p>tekst</p>"}
    return OutgoingMail.objects.create(**(values | {"created_at": kept_from, "kept_from": kept_from} | fields))


def some_mails(count: int, *, kept_from: datetime) -> None:
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(kind="test", to="ouder@example.com", created_at=kept_from, kept_from=kept_from)
            for _ in range(count)
        ]
    )


def a_leaver(left: datetime, *, email: str = "oud@jkreeft.example", is_staff: bool = True) -> User:
    return User.objects.create(email=email, name="Oud", is_staff=is_staff, service_ended_at=left)


def an_object(name: str, *, created: datetime, **fields: object) -> StoredObject:
    return StoredObject.objects.create(name=name, created_at=created, **fields)


def days_before(moment: datetime, days: float) -> datetime:
    return moment - timedelta(days=days)
