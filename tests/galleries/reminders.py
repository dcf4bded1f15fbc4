"""What the tests of the mail before the end share: leaving an address, and the days that count."""

from datetime import UTC, datetime

from common.periods import ZONE
from galleries.actions.reminding import leave_address
from galleries.models import LoginCode, Reminder, Subject

from .studio import NOW, code_row

ADDRESS = "Parent@example.org"
# The client's own month ends with 22 November; the mail goes from the start of the 16th.
END = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
MAILED = datetime(2026, 11, 16, tzinfo=ZONE).astimezone(UTC)


def leave(code: LoginCode, *, email: str = ADDRESS, now: datetime = NOW) -> Reminder:
    return leave_address(code_id=code.pk, email=email, language="en", now=now)


def url(subject: Subject, what: str = "herinnering/") -> str:
    return f"/fotos/{code_row(subject).public_id}/{what}"
