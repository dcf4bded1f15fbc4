"""What waits on the first page: photos to publish, and galleries that close soon."""

from datetime import datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, cutoff
from galleries.completion import ALARM
from galleries.models import Assignment, Photo, RemovalCase
from privacy import today
from privacy.backoffice import without_restricted

from .restricted import THROUGH_PHOTO

SOON = timedelta(days=7)


def galleries_today(now: datetime) -> list[today.Figure]:
    """Assignments with photos that wait, and those whose last photo goes within a week."""
    waiting = Photo.objects.waiting().values("assignment").distinct().count()
    online = Assignment.objects.filter(photos__expires_at__gt=now).annotate(last=Max("photos__expires_at"))
    assignments = reverse("admin:galleries_assignment_changelist")
    return [
        today.Figure(
            count=waiting,
            label=_("assignments with photos to publish"),
            url=f"{assignments}?state=waiting",
            tone=today.Tone.WORK if waiting else today.Tone.CALM,
        ),
        today.Figure(
            count=online.filter(last__lte=now + SOON).count(),
            label=_("galleries that close within seven days"),
            url=f"{assignments}?state=closing",
        ),
    ]


def assignments_today(now: datetime) -> list[today.Figure]:
    """Assignments that are open for eighteen months: nothing about their contacts ends before they are completed."""
    waiting = Assignment.objects.filter(completed_at=None, created_at__lte=cutoff(now, ALARM, Bound.AT_LEAST)).count()
    return [
        today.Figure(
            count=waiting,
            label=_("assignments open for eighteen months"),
            url=reverse("admin:galleries_assignment_changelist") + "?state=overdue",
            tone=today.Tone.ALARM if waiting else today.Tone.CALM,
        )
    ]


today.register(today.Panel(title=_("Galleries"), permission="galleries.publish_assignment", figures=galleries_today))
today.register(
    today.Panel(title=_("Assignments"), permission="galleries.complete_assignment", figures=assignments_today)
)


def removals_today(now: datetime) -> list[today.Figure]:
    """Requests to take a photo away: those to decide, and those that waited longer than three working days (A34)."""
    url = reverse("admin:galleries_removalcase_changelist")
    waiting = without_restricted(RemovalCase.objects.open(), THROUGH_PHOTO).count()
    late = without_restricted(RemovalCase.objects.late(now), THROUGH_PHOTO).count()
    calm, work, alarm = today.Tone.CALM, today.Tone.WORK, today.Tone.ALARM
    return [
        today.Figure(
            count=waiting,
            label=_("removal requests to decide"),
            url=f"{url}?state=open",
            tone=work if waiting else calm,
        ),
        today.Figure(
            count=late, label=_("removal requests that are late"), url=f"{url}?state=late", tone=alarm if late else calm
        ),
    ]


today.register(
    today.Panel(title=_("Removal requests"), permission="galleries.view_removalcase", figures=removals_today)
)
