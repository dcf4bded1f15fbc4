from datetime import UTC, datetime, timedelta

import pytest

from privacy.health import LATE_AFTER, night_health
from privacy.models import SweepRun

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def night(*, started_at, status=SweepRun.Status.GREEN):
    return SweepRun.objects.create(
        started_at=started_at, clock=started_at, finished_at=started_at + timedelta(minutes=1), status=status
    )


def test_no_night_at_all_is_not_healthy():
    assert not night_health(now=NOW).is_healthy


@pytest.mark.clauses("P96")
def test_a_green_night_is_healthy_until_it_is_26_hours_old():
    night(started_at=NOW - LATE_AFTER + timedelta(seconds=1))
    assert night_health(now=NOW).is_healthy
    assert not night_health(now=NOW + timedelta(seconds=1)).is_healthy


def test_a_red_night_is_not_healthy():
    night(started_at=NOW - timedelta(hours=2), status=SweepRun.Status.RED)
    assert not night_health(now=NOW).is_healthy


def test_a_monitor_gets_503_and_no_more_than_times_when_there_was_no_night(client):
    answer = client.get("/gezond/", headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert answer.json() == {"healthy": False, "last_night": None, "late": True}
    assert client.get("/gezond/").status_code == 200
