"""What staff do with a message."""

from datetime import timedelta

import pytest

from complaints.actions import MessageGone, answer_message, change_topic, mark_handled, mark_spam
from complaints.models import ContactMessage, Letter
from privacy.models import OutgoingMail
from tests.accounts.staff import hire
from tests.galleries.studio import NOW

from .post import TYPED, received

pytestmark = pytest.mark.postgres
LATER = NOW + timedelta(days=2)


@pytest.mark.clauses("P67", "P68")
def test_an_answer_is_mailed_logged_and_closes_the_message(db: None) -> None:
    message, staff = received(), hire()
    letter = answer_message(message_id=message.pk, text="Morgen & overmorgen", by=staff, now=LATER)
    message.refresh_from_db()
    assert (message.handled_at, message.kept_from) == (LATER, LATER)
    assert (letter.text, letter.by, letter.written_at) == ("Morgen & overmorgen", staff, LATER)
    mail = OutgoingMail.objects.get(kind="complaints.reply")
    assert (mail.to, letter.mail) == (TYPED["email"], mail)
    assert "Morgen & overmorgen" in mail.text
    assert TYPED["text"] in mail.text


def test_an_answer_sent_twice_goes_once(db: None) -> None:
    message, staff = received(), hire()
    for _ in range(2):
        answer_message(message_id=message.pk, text="Morgen", by=staff, now=LATER)
    assert OutgoingMail.objects.filter(kind="complaints.reply").count() == 1


@pytest.mark.parametrize(("is_spam", "after"), [(True, timedelta(0)), (False, timedelta(days=400))])
def test_spam_and_what_is_gone_get_no_answer(db: None, is_spam: bool, after: timedelta) -> None:
    message = received(is_spam=is_spam)
    with pytest.raises(MessageGone):
        answer_message(message_id=message.pk, text="Dag", by=hire(), now=NOW + after)
    assert not Letter.objects.filter(kind="reply").exists()


def test_a_mail_carries_no_markup_of_who_wrote(db: None) -> None:
    received(text="<b>x</b>", name="<i>y</i>")
    mail = OutgoingMail.objects.get()
    assert "<b>" not in mail.html
    assert "<i>" not in mail.html
    assert "<b>x</b>" in mail.text


def test_dealt_with_counts_once_and_leaves_spam_alone(db: None) -> None:
    message, spam = received(), received(is_spam=True)
    assert mark_handled(message_ids=[message.pk, spam.pk], now=NOW) == 1
    assert mark_handled(message_ids=[message.pk, spam.pk], now=LATER) == 0
    message.refresh_from_db()
    assert message.handled_at == NOW


def test_spam_can_be_taken_back_and_then_waits_again(db: None) -> None:
    message = received()
    mark_handled(message_ids=[message.pk], now=NOW)
    assert mark_spam(message_ids=[message.pk], is_spam=True, now=NOW) == 1
    assert mark_spam(message_ids=[message.pk], is_spam=True, now=NOW) == 0
    assert not ContactMessage.objects.waiting(NOW).exists()
    assert mark_spam(message_ids=[message.pk], is_spam=False, now=NOW) == 1
    assert ContactMessage.objects.waiting(NOW).get() == message


@pytest.mark.clauses("P93")
def test_passing_a_message_on_leaves_the_day_of_receipt(db: None) -> None:
    message = received()
    assert change_topic(message_id=message.pk, topic="privacy", now=LATER)
    message.refresh_from_db()
    assert (message.topic, message.received_at) == ("privacy", NOW)
