from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail as mailbox
from django.core.files.base import ContentFile

from jkreeft.celery import app
from privacy import files, ledger
from privacy.models import LedgerSeal, OutgoingMail, StoredObject, SweepRun

from .conftest import a_mail, an_object

pytestmark = pytest.mark.django_db
Running = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def tasks_are_loaded() -> None:
    app.loader.import_default_modules()


def run(name: str, **ids: int) -> None:
    app.tasks[name].apply(kwargs=ids, throw=True)


def test_every_job_of_the_beat_exists_and_none_runs_in_the_hour_that_happens_twice() -> None:
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks
        if entry["task"] == "privacy.run_night":
            assert entry["schedule"].hour == {3}


def test_the_night_runs_now() -> None:
    a_mail(kept_from=datetime.now(UTC) - timedelta(days=15))
    run("privacy.run_night")
    assert SweepRun.objects.get().status == SweepRun.Status.GREEN
    assert not OutgoingMail.objects.exists()


def test_dooming_leads_to_the_removal(now: datetime, run_jobs: Running, places_of_my_own: Path) -> None:
    files.store.save("a/1.jpg", ContentFile(b"x"))
    doomed = an_object("a/1.jpg", created=now)
    with run_jobs():
        files.doom([doomed.pk], now=now)
    assert not StoredObject.objects.exists()
    assert not (places_of_my_own / "a" / "1.jpg").exists()


def test_the_ledger_is_sealed(now: datetime) -> None:
    ledger.record("erased", now=now)
    run("privacy.seal_ledger")
    assert LedgerSeal.objects.count() == 1


def test_messages_are_sent_one_by_one_and_those_that_wait(now: datetime) -> None:
    first, second = a_mail(kept_from=now), a_mail(kept_from=now)
    run("privacy.send_mail", mail_id=first.pk)
    assert len(mailbox.outbox) == 1
    run("privacy.send_waiting_mail")
    assert len(mailbox.outbox) == 2
    second.refresh_from_db()
    assert second.status == OutgoingMail.Status.SENT
