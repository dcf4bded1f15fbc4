"""The background work of this app. It may run twice, or die anywhere, without harm."""

from celery import shared_task
from django.utils import timezone

from common.jobs import schedule

from .actions import reminding


@shared_task(name="galleries.remind")
def remind() -> None:
    """Find who is to be mailed before their photos go; each has a job of its own, so that one never keeps another."""
    for pk in reminding.due_reminders(now=timezone.now()):
        schedule("galleries.send_reminder", reminder_id=pk)


@shared_task(name="galleries.send_reminder")
def send_reminder(reminder_id: int) -> None:
    """Mail one of them."""
    reminding.send_reminder(reminder_id=reminder_id, now=timezone.now())
