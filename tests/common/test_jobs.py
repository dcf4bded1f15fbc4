import logging

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from common.jobs import schedule
from jkreeft.celery import app
from privacy.models import SecurityEvent
from tests.conftest import Jobs


@pytest.mark.django_db(transaction=True)
def test_a_job_waits_for_the_commit_and_is_forgotten_with_a_rollback(scheduled_jobs: Jobs) -> None:
    with transaction.atomic():
        schedule("privacy.send_mail", mail_id=1)
        assert scheduled_jobs == []
    assert scheduled_jobs == [("privacy.send_mail", {"mail_id": 1})]
    with transaction.atomic():
        schedule("privacy.send_mail", mail_id=2)
        transaction.set_rollback(True)
    assert len(scheduled_jobs) == 1


@pytest.mark.django_db(transaction=True)
def test_a_write_stands_while_the_broker_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("the broker is away")

    monkeypatch.setattr(app, "send_task", away)
    with caplog.at_level(logging.ERROR), transaction.atomic():
        event = SecurityEvent.objects.create(at="2026-11-22T00:00Z", event="test")
        schedule("privacy.drain_outbox")
    assert SecurityEvent.objects.filter(pk=event.pk).exists()
    assert "on_commit" in caplog.text
