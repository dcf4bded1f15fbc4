"""RT16 on both sides of each boundary, and what goes with a message."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.periods import ZONE, Bound, due
from complaints import deadlines
from complaints.actions import answer_message, mark_handled, mark_spam
from complaints.models import ContactMessage, Letter
from privacy import erasure
from privacy.models import OutgoingMail, RuleRun
from privacy.sweep import run_sweep
from tests.accounts.staff import hire
from tests.galleries.studio import NOW

from .post import received

pytestmark = pytest.mark.postgres
BLINK = timedelta(microseconds=1)
# NOW is 22 October 2026 in the Netherlands.
HALF_A_YEAR = datetime(2027, 4, 22, tzinfo=ZONE)
A_YEAR = datetime(2027, 10, 22, tzinfo=ZONE)


def night(at: datetime) -> None:
    run = run_sweep(now=at)
    assert run is not None
    bad = list(RuleRun.objects.filter(sweep=run).exclude(outcome="done", residue=0).values_list("rule", "error"))
    assert not bad


def is_gone_at(moment: datetime, still_there: Callable[[], Any] = ContactMessage.objects.exists) -> None:
    """A blink before the boundary it is there and seen; at the boundary it is out of sight at once, and then gone."""
    night(moment - BLINK)
    assert still_there()
    assert ContactMessage.objects.alive(moment - BLINK).exists()
    assert not ContactMessage.objects.alive(moment).exists()
    night(moment)
    assert not still_there()


@pytest.mark.clauses("P69")
def test_rt16_a_message_goes_six_months_after_it_was_dealt_with(db: None) -> None:
    mark_handled(message_ids=[received().pk], now=NOW)
    is_gone_at(HALF_A_YEAR)
    assert not Letter.objects.exists()


@pytest.mark.clauses("P69")
def test_rt16_a_message_nobody_dealt_with_goes_after_a_year(db: None) -> None:
    received()
    is_gone_at(A_YEAR)


def test_rt16_a_late_answer_does_not_make_it_longer_than_a_year(db: None) -> None:
    mark_handled(message_ids=[received().pk], now=A_YEAR - timedelta(days=10))
    is_gone_at(A_YEAR)


def test_rt16_the_last_answer_counts(db: None) -> None:
    message, staff = received(), hire()
    answer_message(message_id=message.pk, text="One", by=staff, now=NOW)
    answer_message(message_id=message.pk, text="Two", by=staff, now=NOW + timedelta(days=30))
    is_gone_at(due(NOW + timedelta(days=30), deadlines.HANDLED, Bound.AT_MOST))


def test_rt16_spam_goes_two_weeks_after_receipt(db: None) -> None:
    received(is_spam=True)
    is_gone_at(NOW + timedelta(days=14))


def test_rt16_what_is_called_spam_later_counts_from_receipt_too(db: None) -> None:
    message = received()
    mark_spam(message_ids=[message.pk], is_spam=True, now=NOW + timedelta(days=13))
    is_gone_at(NOW + timedelta(days=14))


@pytest.mark.clauses("P23")
def test_the_mails_that_repeat_a_message_go_with_it(db: None) -> None:
    message = received()
    answer_message(message_id=message.pk, text="needle in the answer", by=hire(), now=NOW)
    other = received(email="other@example.org")
    assert OutgoingMail.objects.count() == 3
    erasure.erase(ContactMessage, [message.pk], reason="request", now=NOW)
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["other@example.org"]
    assert Letter.objects.get().message == other


def test_a_mail_that_goes_first_leaves_the_message_and_its_log(db: None) -> None:
    received()
    night(NOW + timedelta(days=15))
    assert not OutgoingMail.objects.exists()
    assert Letter.objects.get().mail is None


moments = st.integers(0, 6 * 365 * 24).map(lambda hours: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(
    received_at=moments,
    after=st.timedeltas(timedelta(0), timedelta(days=366)),
)
def test_no_handling_keeps_a_message_past_a_year_or_half_a_year(received_at: datetime, after: timedelta) -> None:
    handled_at = received_at + after
    anchor = deadlines.handled_anchor(received_at=received_at, handled_at=handled_at)
    end = due(anchor, deadlines.HANDLED, Bound.AT_MOST)
    assert end <= due(received_at, deadlines.WAITING, Bound.AT_MOST)
    assert end <= due(handled_at, deadlines.HANDLED, Bound.AT_MOST)
