"""The background work of this app. It may run twice, or die anywhere, without harm."""

from celery import shared_task
from django.utils import timezone

from . import actions


@shared_task(name="accounts.remind_idle")
def remind_idle() -> None:
    """Remind who has not logged in for almost five years, and warn of accounts no reminder reached."""
    now = timezone.now()
    actions.remind_idle(now=now)
    actions.warn_of_unreminded(now=now)
