"""What the tests of keeping portraits longer share: two households, and until when their portraits are there."""

from datetime import UTC, datetime

from common.periods import ZONE
from galleries.actions.deleting import Receipt
from galleries.actions.extending import keep_longer, stop_keeping
from galleries.models import Extension, LoginCode, Photo, Subject

from .studio import NOW, code_row

# The client's own month, and 48 months more for each consent.
OWN = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
LONGER = datetime(2030, 11, 23, tzinfo=ZONE).astimezone(UTC)
AGREED = {"capacity": "representative", "consent": "on", "email": ""}


def keep(code: LoginCode, *, now: datetime = NOW, email: str = "") -> Extension:
    return keep_longer(code_id=code.pk, capacity="representative", email=email, language="en", now=now)


def stop(code: LoginCode, *, now: datetime, email: str = "") -> Receipt | None:
    return stop_keeping(code_id=code.pk, email=email, language="en", now=now)


def ends(subject: Subject) -> set[tuple[datetime | None, bool]]:
    return set(Photo.objects.filter(subject=subject).values_list("expires_at", "kept_on_consent"))


def url(subject: Subject, what: str = "bewaren/") -> str:
    return f"/fotos/{code_row(subject).public_id}/{what}"
