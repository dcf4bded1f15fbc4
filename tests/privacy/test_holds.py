"""A hold placed while a sweep erases: it either comes first and keeps the row, or comes second and is refused."""

import os
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from accounts.models import User
from privacy import erasure, holds
from privacy.actions.exceptions import ExceptionRefused, place_hold
from privacy.models import Hold, OutgoingMail
from privacy.registry import registry
from privacy.selection import Span, selection

from .conftest import a_mail

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "postgres" not in os.environ.get("DATABASE_URL", ""), reason="SQLite's transactions exclude each other"
    ),
]


def in_thread(work: object) -> Thread:
    def run() -> None:
        try:
            work()  # type: ignore[operator]
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_a_hold_that_comes_second_is_refused(now: datetime) -> None:
    mail = a_mail(kept_from=now - timedelta(days=15))
    owner = User.objects.create(email="a@b.nl")
    answers: list[str] = []

    def hold() -> None:
        try:
            place_hold(
                kind="privacy.outgoingmail",
                object_id=mail.pk,
                reason="r",
                owner_id=owner.pk,
                until=now + timedelta(days=9),
                now=now,
            )
            answers.append("held")
        except ExceptionRefused:
            answers.append("refused")

    with transaction.atomic():
        holds.freeze_exceptions()
        ids = selection(registry.rules["RT24"]).lock(now, Span())
        thread = in_thread(hold)
        thread.join(0.5)
        assert (ids, answers) == ([mail.pk], [])
        erasure.erase_locked(OutgoingMail, ids, reason="sweep", rule="RT24", now=now)
    thread.join(10)
    assert answers == ["refused"]
    assert not Hold.objects.exists()


def test_a_hold_that_comes_first_keeps_the_row(now: datetime) -> None:
    mail = a_mail(kept_from=now - timedelta(days=15))
    found: list[list[int]] = []
    placed = Event()

    def sweep() -> None:
        placed.wait(10)
        with transaction.atomic():
            holds.freeze_exceptions()
            found.append(selection(registry.rules["RT24"]).lock(now, Span()))

    thread = in_thread(sweep)
    with transaction.atomic():
        Hold.objects.create(
            kind="privacy.outgoingmail", object_id=mail.pk, reason="r", created_at=now, until=now + timedelta(days=9)
        )
        placed.set()
        thread.join(0.5)
        assert found == []
    thread.join(10)
    assert found == [[]]
