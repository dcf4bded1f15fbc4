"""Whether the nights happen: what the public page and a monitor read (P96)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import SweepRun

LATE_AFTER = timedelta(hours=26)


@dataclass(frozen=True)
class NightHealth:
    """The last finished night, and whether it is late or left something."""

    finished_at: datetime | None
    is_late: bool
    is_green: bool

    @property
    def is_healthy(self) -> bool:
        return self.is_green and not self.is_late


def night_health(*, now: datetime) -> NightHealth:
    """How the last finished night went. No night at all counts as late."""
    last = SweepRun.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()
    if last is None:
        return NightHealth(finished_at=None, is_late=True, is_green=False)
    return NightHealth(
        finished_at=last.finished_at,
        is_late=last.started_at <= now - LATE_AFTER,
        is_green=last.status == SweepRun.Status.GREEN,
    )
