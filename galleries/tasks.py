"""The background work of this app. It may run twice, or die anywhere, without harm."""

from celery import shared_task
from django.utils import timezone

from common.jobs import schedule

from .actions import quality, reminding
from .actions.completion import complete_quiet, warn_of_open
from .actions.deciding import warn_of_late


@shared_task(name="galleries.remind")
def remind() -> None:
    """Find who is to be mailed before their photos go; each has a job of its own, so that one never keeps another."""
    for pk in reminding.due_reminders(now=timezone.now()):
        schedule("galleries.send_reminder", reminder_id=pk)


@shared_task(name="galleries.send_reminder")
def send_reminder(reminder_id: int) -> None:
    """Mail one of them."""
    reminding.send_reminder(reminder_id=reminder_id, now=timezone.now())


@shared_task(name="galleries.measure_quality")
def measure_quality(assignment_id: int) -> None:
    """Measure an assignment and keep the means. What is refused now, or when the work is done, is in the ledger."""
    try:
        features = quality.measure(assignment_id=assignment_id, now=timezone.now())
        quality.keep_summary(assignment_id=assignment_id, features=features, now=timezone.now())
    except quality.QualityRefused:
        return


@shared_task(name="galleries.complete_assignments")
def complete() -> None:
    """Complete the assignments that went quiet, and warn of those that stay open."""
    now = timezone.now()
    complete_quiet(now=now)
    warn_of_open(now=now)


@shared_task(name="galleries.warn_of_late")
def warn() -> None:
    """Warn of requests to take a photo away that waited longer than three working days."""
    warn_of_late(now=timezone.now())
