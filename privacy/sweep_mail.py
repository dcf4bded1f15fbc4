"""The mail that calls the privacy owner when a night was not green (P06)."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from .mail import queue_mail
from .models import RuleRun


def call_owner(entries: Sequence[RuleRun], *, now: datetime) -> None:
    """Write to the privacy owner which rules need attention, in the transaction that closes the night."""
    open_entries = [e for e in entries if e.outcome != RuleRun.Outcome.DONE or e.residue != 0]
    queue_mail(
        kind="privacy.sweep_red",
        to=settings.PRIVACY_OWNER_EMAIL,
        template="privacy/sweep_red",
        context={"entries": open_entries, "owner": settings.PRIVACY_OWNER_NAME},
        language=settings.LANGUAGE_CODE,
        now=now,
    )
