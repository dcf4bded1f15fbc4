"""The background work of this app. Each may run twice, or die anywhere, without harm."""

from celery import shared_task
from django.utils import timezone

from common.jobs import schedule

from .actions import campaigns


@shared_task(name="accounts.send_campaign")
def send_campaign(campaign_id: int) -> None:
    """Send the next messages of a campaign, and come back for the rest."""
    if campaigns.send_batch(campaign_id=campaign_id, now=timezone.now()):
        schedule("accounts.send_campaign", campaign_id=campaign_id)


@shared_task(name="accounts.wake_campaigns")
def wake_campaigns() -> None:
    """Go on with campaigns whose job died."""
    campaigns.wake_campaigns(now=timezone.now())
