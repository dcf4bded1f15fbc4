"""The background work of this app. Each may run twice, or die anywhere, without harm."""

from celery import shared_task
from django.utils import timezone

from common.jobs import schedule

from . import actions
from .actions import campaigns


@shared_task(name="accounts.remind_idle")
def remind_idle() -> None:
    """Remind who has not logged in for almost five years, and warn of accounts no reminder reached."""
    now = timezone.now()
    actions.remind_idle(now=now)
    actions.warn_of_unreminded(now=now)


@shared_task(name="accounts.send_campaign")
def send_campaign(campaign_id: int) -> None:
    """Send the next messages of a campaign, and come back for the rest."""
    if campaigns.send_batch(campaign_id=campaign_id, now=timezone.now()):
        schedule("accounts.send_campaign", campaign_id=campaign_id)


@shared_task(name="accounts.wake_campaigns")
def wake_campaigns() -> None:
    """Go on with campaigns whose job died."""
    campaigns.wake_campaigns(now=timezone.now())
