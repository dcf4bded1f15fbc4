"""An account that is left alone (art. 18 GDPR): still its owner's, and nobody else's."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client as Browser

from accounts.actions import ask_address_change, register, remind_idle, warn_of_unreminded
from accounts.models import AddressChange, User
from accounts.reach import may_be_mailed
from accounts.roles import Role
from accounts.wording import LEFT_ALONE
from galleries.models import SavedCode
from privacy import readers
from privacy.actions.asking import ask
from privacy.actions.exceptions import restrict
from privacy.forms import RestrictionForm
from privacy.mail import queue_mail, send_waiting
from privacy.models import OutgoingMail, Restriction
from privacy.people import Person
from privacy.sweep import run_sweep
from tests.galleries.studio import NOW, code_row, fill, open_studio, publish

from .buyers import bought
from .customers import EMAIL, customer, log_in, mails
from .staff import hire

pytestmark = pytest.mark.postgres
IDLE = NOW + timedelta(days=5 * 366)


@pytest.fixture
def user(db: None) -> Iterator[User]:
    with time_machine.travel(NOW, tick=False):
        yield customer(now=NOW)


def left_alone(user: User) -> None:
    restrict(kind="accounts.user", object_id=user.pk, reason="r", now=NOW)


def asked(right: str, person: Person) -> None:
    ask(person=person, right=right, text="Stop", email="", language="nl", form_token=uuid4(), now=NOW)


def is_laid() -> bool:
    return Restriction.objects.filter(kind="accounts.user").exists()


@pytest.mark.clauses("P88")
def test_who_asks_for_a_restriction_has_it_on_the_account_too(user: User) -> None:
    asked("restriction", Person(user_id=user.pk, email=EMAIL))
    assert Restriction.objects.get(kind="accounts.user").object_id == user.pk
    assert "Je account: 1" in OutgoingMail.objects.get(kind="privacy.request_answer").text


@pytest.mark.clauses("P90")
def test_an_objection_leaves_the_account_as_it_is(user: User) -> None:
    asked("objection", Person(user_id=user.pk, email=EMAIL))
    assert not is_laid(), "it rests on consent; what colleagues have besides is empty here"


def test_the_account_of_a_colleague_is_not_restricted(user: User) -> None:
    colleague = hire(Role.FRONT_DESK)
    asked("restriction", Person(user_id=colleague.pk, email=EMAIL))
    assert list(Restriction.objects.values_list("object_id", flat=True)) == [user.pk]
    said = {"kind": "accounts.user", "reason": "r"}
    assert not RestrictionForm({**said, "object_id": colleague.pk}).is_valid()


@pytest.mark.clauses("P88")
def test_the_night_and_the_reminder_leave_it_alone(user: User) -> None:
    left_alone(user)
    assert remind_idle(now=IDLE) == 0
    assert warn_of_unreminded(now=IDLE) == 0
    run_sweep(now=IDLE + timedelta(days=99))
    assert User.objects.filter(pk=user.pk).exists()
    Restriction.objects.update(lifted_at=IDLE)
    assert remind_idle(now=IDLE) == 1


@pytest.mark.clauses("P88")
def test_a_reminder_and_a_notice_that_were_written_before_wait(user: User) -> None:
    remind_idle(now=IDLE)
    [reader] = readers.readers(readers.Audience.ACCOUNT_HOLDERS, after=0, limit=9, now=IDLE)
    queue_mail(
        kind="privacy.version",
        to=reader.email,
        template="accounts/known",
        context={},
        language=reader.language,
        now=IDLE,
        about=reader.row,
    )
    left_alone(user)
    assert send_waiting(now=IDLE) == 0
    Restriction.objects.update(lifted_at=IDLE)
    assert send_waiting(now=IDLE) == 2


@pytest.mark.clauses("P88")
def test_advertising_waits_too(user: User) -> None:
    relation = bought(email=EMAIL)
    assert may_be_mailed(relation.pk, NOW)
    left_alone(user)
    assert not may_be_mailed(relation.pk, NOW)


@pytest.mark.clauses("P88")
def test_its_owner_logs_in_sees_it_and_reads_how_to_end_that(user: User) -> None:
    left_alone(user)
    browser = Browser()
    log_in(browser)
    assert str(LEFT_ALONE) in browser.get("/account/").content.decode()
    assert EMAIL in browser.get("/mijn-gegevens/").content.decode()
    answer = browser.post("/account/verwijderen/", {"is_meant": "on"}, follow=True)
    assert str(LEFT_ALONE) in answer.content.decode()
    assert User.objects.filter(pk=user.pk).exists()
    asked("access", Person(user_id=user.pk, email=EMAIL))
    assert OutgoingMail.objects.filter(kind="privacy.request_received", status="waiting").exists()


@pytest.mark.clauses("P88")
def test_nothing_in_it_changes_meanwhile(user: User) -> None:
    studio = open_studio()
    fill(studio)
    publish(studio)
    saved = SavedCode.objects.create(user=user, code=code_row(studio.anna), saved_at=NOW)
    ask_address_change(user_id=user.pk, email="new@example.org", now=NOW)
    left_alone(user)
    browser = Browser()
    log_in(browser)
    browser.post("/account/adres/", {"email": "other@example.org"})
    answer = browser.post(f"/account/codes/{saved.public_id}/weg/", follow=True)
    assert str(LEFT_ALONE) in answer.content.decode()
    assert SavedCode.objects.filter(pk=saved.pk).exists()
    assert AddressChange.objects.get().email == "new@example.org"


def test_an_unproved_account_that_is_kept_is_not_replaced(db: None) -> None:
    register(email=EMAIL, password="een", language="nl", now=NOW)
    user = User.objects.get()
    left_alone(user)
    register(email=EMAIL, password="twee", language="nl", now=NOW)
    assert User.objects.get().pk == user.pk
    assert len(mails("known")) == 1
