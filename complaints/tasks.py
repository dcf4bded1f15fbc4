"""The background work of this app. It may run twice, or die anywhere, without harm."""

from celery import shared_task
from django.utils import timezone

from .actions import warn_of_ending


@shared_task(name="complaints.warn_of_ending")
def warn() -> None:
    """Warn of complaints that go within a month and have no outcome."""
    warn_of_ending(now=timezone.now())
