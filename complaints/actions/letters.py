"""The log of what we wrote, and its end."""

from datetime import datetime

from accounts.models import User
from privacy import erasure
from privacy.models import OutgoingMail

from ..models import Complaint, ContactMessage, Letter


def log(
    kind: Letter.Kind,
    *,
    now: datetime,
    mail: OutgoingMail | None,
    message: ContactMessage | None = None,
    complaint: Complaint | None = None,
    text: str = "",
    by: User | None = None,
) -> Letter:
    """Keep what we wrote with what it is about (P76)."""
    return Letter.objects.create(
        kind=kind, message=message, complaint=complaint, text=text, written_at=now, by=by, mail=mail
    )


def erase_letters(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """The erasure of letters: the mails they stand for repeat their text, so they go too (P23)."""
    mails = list(Letter.objects.filter(pk__in=ids, mail__isnull=False).values_list("mail_id", flat=True))
    count = erasure.erase_rows(Letter, ids, reason=reason, rule=rule, now=now)
    if mails:
        erasure.erase(OutgoingMail, mails, reason=reason, rule=rule, now=now)
    return count
