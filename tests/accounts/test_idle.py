"""Five years without a login: the reminder, the deletion, and what happens when no reminder comes through (A15)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client as Browser

from accounts import checks, deadlines
from accounts.actions import idle, note_bounce, remind_idle, warn_of_unreminded
from accounts.models import User
from common.periods import ZONE
from privacy.mail import MAX_ATTEMPTS
from privacy.models import Consent, OutgoingMail
from privacy.registry import registry
from privacy.sweep import run_sweep
from tests.galleries.studio import NOW

from .customers import EMAIL, PASSWORD, customer, log_in, mails
from .staff import hire

pytestmark = pytest.mark.postgres
BLINK = timedelta(microseconds=1)
# NOW is 22 October 2026.
FIVE_YEARS = datetime(2031, 10, 22, tzinfo=ZONE)
REMIND = datetime(2031, 9, 22, tzinfo=ZONE)
A_MONTH_MORE = datetime(2031, 11, 22, tzinfo=ZONE)
Run = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def user(db: None) -> Iterator[User]:
    with time_machine.travel(NOW, tick=False):
        yield customer(now=NOW)


def send_at(moment: datetime) -> None:
    """The reminder job of a day, and what it mailed is accepted at once."""
    remind_idle(now=moment)
    OutgoingMail.objects.filter(status="waiting").update(status="sent", sent_at=moment)
    remind_idle(now=moment + timedelta(hours=1))


def remains() -> bool:
    return User.objects.filter(email=EMAIL).exists()


@pytest.mark.clauses("P48")
def test_an_account_goes_after_five_years_when_its_owner_was_reminded(user: User) -> None:
    send_at(REMIND)
    run_sweep(now=FIVE_YEARS - BLINK)
    assert remains()
    run_sweep(now=FIVE_YEARS)
    assert not remains()


@pytest.mark.clauses("P48")
def test_without_an_accepted_reminder_it_goes_a_month_later_with_an_alarm(user: User) -> None:
    remind_idle(now=REMIND)
    run_sweep(now=FIVE_YEARS)
    assert remains()
    assert warn_of_unreminded(now=FIVE_YEARS) == 1
    assert warn_of_unreminded(now=FIVE_YEARS + timedelta(days=1)) == 0, "told once"
    assert len(mails("alarm", "privacy@jkreeft.example")) == 1
    run_sweep(now=A_MONTH_MORE - BLINK)
    assert remains()
    run_sweep(now=A_MONTH_MORE)
    assert not remains()


@pytest.mark.clauses("P48")
def test_who_works_here_is_never_idle(user: User) -> None:
    colleague = hire(email="desk@example.org")
    User.objects.filter(pk=colleague.pk).update(active_at=NOW, created_at=NOW)
    assert remind_idle(now=FIVE_YEARS) == 1
    run_sweep(now=FIVE_YEARS + timedelta(days=999))
    assert list(User.objects.values_list("email", flat=True)) == [colleague.email]


@pytest.mark.clauses("P49")
def test_the_reminder_goes_a_month_before_once(user: User) -> None:
    assert remind_idle(now=REMIND - BLINK) == 0
    assert remind_idle(now=REMIND) == 1
    for day in range(1, 20):
        OutgoingMail.objects.filter(status="waiting").update(status="sent", sent_at=REMIND)
        assert remind_idle(now=REMIND + timedelta(days=day)) == 0
    assert len(mails("idle")) == 1


def test_after_the_message_itself_is_gone_nobody_is_reminded_again(user: User) -> None:
    send_at(REMIND)
    run_sweep(now=REMIND + timedelta(days=15))
    assert not mails("idle")
    assert remind_idle(now=REMIND + timedelta(days=16)) == 0


@pytest.mark.clauses("P49")
def test_what_was_given_up_is_tried_again_the_next_day(user: User) -> None:
    for day in range(3):
        assert remind_idle(now=REMIND + timedelta(days=day)) == 1
        OutgoingMail.objects.filter(status="waiting").update(status="failed", attempts=MAX_ATTEMPTS)
    assert len(mails("idle")) == 3


@pytest.mark.clauses("P49")
def test_a_login_cancels_it_all(user: User) -> None:
    send_at(REMIND)
    with time_machine.travel(REMIND + timedelta(days=2), tick=False):
        assert log_in(Browser()).status_code == 302
    run_sweep(now=A_MONTH_MORE)
    assert remains()
    user.refresh_from_db()
    assert (user.was_reminded, user.reminded_at, user.reminder) == (False, None, None)
    assert remind_idle(now=A_MONTH_MORE) == 0


@pytest.mark.parametrize(("days_before", "in_time"), [(15, True), (14, True), (13, False)])
def test_a_reminder_counts_when_it_leaves_a_fortnight(user: User, days_before: int, in_time: bool) -> None:
    send_at(FIVE_YEARS.astimezone(ZONE) - timedelta(days=days_before) - timedelta(hours=1))
    user.refresh_from_db()
    assert user.was_reminded is in_time
    assert remind_idle(now=FIVE_YEARS) == 0, "accepted late, it is not sent again"


def test_one_that_bounced_for_good_counts_too(user: User) -> None:
    remind_idle(now=REMIND)
    note_bounce(email=EMAIL.upper(), now=REMIND + timedelta(hours=1))
    user.refresh_from_db()
    assert user.was_reminded


def test_the_consent_ends_with_the_account_and_its_proof_a_year_later(user: User) -> None:
    consent = Consent.objects.create(
        kind="account", wording="1", about_kind="accounts.user", about_id=user.public_id, given_at=NOW
    )
    send_at(REMIND)
    run_sweep(now=FIVE_YEARS)
    consent.refresh_from_db()
    assert (consent.ends_at, consent.withdrawn_at) == (FIVE_YEARS, None)
    run_sweep(now=datetime(2032, 10, 22, tzinfo=ZONE))
    assert not Consent.objects.exists()


@pytest.mark.clauses("P50")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_reminder_says_when_and_sells_nothing(user: User, run_jobs: Run, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)
    with run_jobs():
        remind_idle(now=REMIND)
    sent = outbox.outbox[-1]
    assert sent.to == [EMAIL]
    assert "2031" in sent.body
    assert "http://testserver/account/inloggen/" in sent.body
    assert not checks.SELLING.search(sent.subject + sent.body)


@pytest.mark.clauses("P50")
def test_a_reminder_that_sold_something_would_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.check_reminder(None) == []
    monkeypatch.setattr(checks, "render_to_string", lambda *_: "Nu 20 % korting op je foto's")
    assert {error.id for error in checks.check_reminder(None)} == {"accounts.E001"}


def test_the_page_and_the_rule_tell_the_same_date(user: User) -> None:
    assert registry.rules["RT11"].due(NOW) == deadlines.idle_ends(NOW, was_reminded=True) == FIVE_YEARS
    assert registry.rules["RT11.late"].due(NOW) == deadlines.idle_ends(NOW, was_reminded=False) == A_MONTH_MORE
    browser = Browser()
    log_in(browser, password=PASSWORD)
    assert "22 oktober 2031" in browser.get("/account/").content.decode()


@pytest.mark.clauses("P49")
def test_one_account_that_fails_stops_no_other_reminder(
    user: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    customer("second@example.org", now=NOW)
    write = idle.mail_reminder

    def fails_for_the_first(reminded: User, *, now: datetime) -> OutgoingMail:
        if reminded.pk == user.pk:
            raise ValueError(reminded.email)
        return write(reminded, now=now)

    monkeypatch.setattr(idle, "mail_reminder", fails_for_the_first)
    assert remind_idle(now=REMIND) == 1
    assert len(mails("idle", "second@example.org")) == 1
    assert f"account {user.pk} was not reminded: ValueError" in caplog.text
    assert EMAIL not in caplog.text
    monkeypatch.undo()
    assert remind_idle(now=REMIND + timedelta(days=1)) == 1, "the next day tries again"
