from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.core import mail as mailbox
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from privacy import mail
from privacy.actions.exceptions import lift_restriction, restrict
from privacy.models import OutgoingMail

from .conftest import a_leaver, a_mail

pytestmark = pytest.mark.django_db
Jobs = list[tuple[str, dict[str, object]]]
Status = OutgoingMail.Status


@pytest.fixture
def letter(settings: object, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "emails" / "test"
    folder.mkdir(parents=True)
    (folder / "hello.subject.txt").write_text("{% load i18n %}{% translate 'Yes' %},\n {{ who }}\n")
    (folder / "hello.txt").write_text("Hello {{ who }}\n")
    (folder / "hello.html").write_text("<style>p { color: red }</style><p>Hello {{ who }} {{ site_url }}</p>")
    engine = settings.TEMPLATES[0]  # type: ignore[attr-defined]
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path / "templates"]}]  # type: ignore[attr-defined]


def queued(now: datetime, **said: object) -> OutgoingMail:
    values = {"kind": "test", "to": "a@b.nl", "template": "test/hello", "context": {"who": "A & B"}, "language": "nl"}
    return mail.queue_mail(**(values | said), now=now)  # type: ignore[arg-type]


def test_a_message_is_rendered_in_its_language_with_styles_inside(letter: None, now: datetime) -> None:
    made = queued(now)
    assert (made.subject, made.text) == ("Ja, A & B", "Hello A & B\n")
    assert '<p style="color: red;">Hello A &amp; B http://testserver</p>' in made.html
    assert (made.status, made.kept_from) == (Status.WAITING, now)


def test_a_message_is_sent_after_the_commit_and_only_then(
    letter: None, now: datetime, scheduled_jobs: Jobs, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        made = queued(now)
    assert scheduled_jobs == [("privacy.send_mail", {"mail_id": made.pk})]
    with transaction.atomic():
        queued(now)
        transaction.set_rollback(True)
    assert (OutgoingMail.objects.count(), len(scheduled_jobs)) == (1, 1)


def test_sending_delivers_both_parts_once(now: datetime) -> None:
    made = a_mail(kept_from=now)
    later = now + timedelta(minutes=1)
    assert mail.send(mail_id=made.pk, now=later)
    assert not mail.send(mail_id=made.pk, now=later)
    (sent,) = mailbox.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    assert (sent.to, sent.body, sent.alternatives[0][0]) == (["ouder@example.com"], "tekst", "<p>tekst</p>")
    made.refresh_from_db()
    assert (made.status, made.sent_at, made.kept_from) == (Status.SENT, later, later)


@pytest.mark.parametrize(("age", "is_sent"), [(mail.CLAIM_LASTS, True), (timedelta(minutes=9), False)])
def test_a_claim_that_grew_old_is_taken_over(age: timedelta, is_sent: bool, now: datetime) -> None:
    made = a_mail(kept_from=now, status=Status.SENDING, claimed_at=now - age)
    assert mail.send(mail_id=made.pk, now=now) == is_sent
    assert len(mailbox.outbox) == is_sent


@pytest.mark.parametrize(("attempts", "status"), [(0, Status.WAITING), (7, Status.FAILED)], ids=["again", "given up"])
def test_a_refusal_is_tried_again_until_it_is_given_up(
    attempts: int, status: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(message: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(mail, "_deliver", refuse)
    made = a_mail(kept_from=now, attempts=attempts)
    assert not mail.send(mail_id=made.pk, now=now)
    made.refresh_from_db()
    assert (made.status, made.attempts, made.kept_from) == (status, attempts + 1, now)
    monkeypatch.undo()
    assert mail.send(mail_id=made.pk, now=now) == (status == Status.WAITING)


def test_what_waits_goes_oldest_first(now: datetime) -> None:
    a_mail(kept_from=now, to="second@b.nl")
    a_mail(kept_from=now - timedelta(days=1), to="first@b.nl")
    a_mail(kept_from=now, to="gone@b.nl", status=Status.SENT)
    assert mail.send_waiting(now=now) == 2
    assert [sent.to for sent in mailbox.outbox] == [["first@b.nl"], ["second@b.nl"]]


def test_a_provider_that_puts_the_address_into_its_error_puts_it_into_no_log(
    now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(message: OutgoingMail) -> None:
        raise ValueError(f"{message.to} is refused")

    monkeypatch.setattr(mail, "_deliver", refuse)
    waiting = a_mail(kept_from=now)
    assert not mail.send(mail_id=waiting.pk, now=now)
    waiting.refresh_from_db()
    assert waiting.status == OutgoingMail.Status.WAITING
    assert "ValueError" in caplog.text
    assert waiting.to not in caplog.text


@pytest.mark.clauses("P88")
def test_a_message_about_a_restricted_row_waits_until_the_restriction_is_lifted(letter: None, now: datetime) -> None:
    person = a_leaver(now)
    waiting = queued(now, about=person)
    other = queued(now)
    restriction = restrict(kind="accounts.user", object_id=person.pk, reason="r", now=now)
    assert not mail.send(mail_id=waiting.pk, now=now)
    assert mail.send_waiting(now=now) == 1
    assert mail.send(mail_id=other.pk, now=now) is False
    lift_restriction(restriction_id=restriction.pk, now=now)
    assert mail.send_waiting(now=now) == 1
    assert len(mailbox.outbox) == 2


def test_a_message_its_app_no_longer_wants_is_withheld_for_good(
    letter: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_leaver(now)
    asked: list[int] = []
    monkeypatch.setitem(mail.gates, "accounts.user", lambda pk, at: bool(asked.append(pk)))
    unwanted = queued(now, about=person)
    assert mail.send_waiting(now=now) == 0
    unwanted.refresh_from_db()
    assert (unwanted.status, asked) == (Status.WITHHELD, [person.pk])
    assert mail.send_waiting(now=now) == 0
    assert not mailbox.outbox


@pytest.mark.clauses("P66")
def test_advertising_carries_the_headers_of_one_click_and_nothing_else_does(letter: None, now: datetime) -> None:
    url = "https://photos.example/afmelden/" + "x" * 180 + "/"
    said = {"kind": "t", "to": "a@b.nl", "template": "test/hello", "context": {}, "language": "nl", "now": now}
    mail.store_mail(**said, unsubscribe_url=url)  # type: ignore[arg-type]
    queued(now)
    assert mail.send_waiting(now=now) == 2
    # As it stands on the wire: a long address begins on a line of its own.
    advertising, other = (message_from_bytes(sent.message().as_bytes(), policy=default) for sent in mailbox.outbox)
    assert str(advertising["List-Unsubscribe"]).strip() == f"<{url}>"
    assert advertising["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert other["List-Unsubscribe"] is None


def test_advertising_that_was_cut_off_in_the_middle_is_not_sent_again(now: datetime) -> None:
    """It may have arrived: better never than twice. Any other message is sent again."""
    cut_off = {"kept_from": now, "status": Status.SENDING, "claimed_at": now - mail.CLAIM_LASTS}
    advertising = a_mail(**cut_off, unsubscribe_url="https://photos.example/afmelden/x/")  # type: ignore[arg-type]
    other = a_mail(**cut_off)  # type: ignore[arg-type]
    assert mail.send(mail_id=advertising.pk, now=now) is False
    assert mail.send_waiting(now=now) == 1
    assert set(OutgoingMail.objects.values_list("pk", "status")) == {
        (advertising.pk, Status.FAILED),
        (other.pk, Status.SENT),
    }
