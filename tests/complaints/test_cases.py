"""A complaint from the first word to its end: RT15 on both sides of each boundary."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client as Browser

from accounts.roles import Role
from common.periods import ZONE
from complaints.actions import (
    NotOpen,
    OutcomeMissing,
    change_topic,
    close_complaint,
    erase_on_request,
    mark_spam,
    warn_of_ending,
)
from complaints.models import Complaint, ComplaintCount, ContactMessage, Letter
from jkreeft.celery import app as celery_app
from privacy.actions.exceptions import restrict
from privacy.erasure import Held
from privacy.models import LedgerEntry, OutgoingMail
from tests.accounts.staff import at_work, hire
from tests.galleries.studio import NOW

from .post import FORM, SENT, TYPED, case, filled, received
from .test_retention import A_YEAR, BLINK, night

pytestmark = pytest.mark.postgres
LIST = "/beheer/complaints/complaint/"
ELEVEN_MONTHS = datetime(2027, 9, 22, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def closed(complaint: Complaint, *, now: datetime = NOW) -> Complaint:
    return close_complaint(complaint_id=complaint.pk, outcome="solved", text="Nieuwe afdruk", by=hire(), now=now)


def is_gone_at(moment: datetime) -> None:
    night(moment - BLINK)
    assert Complaint.objects.alive(moment - BLINK).exists()
    assert not Complaint.objects.alive(moment).exists()
    night(moment)
    assert not Complaint.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.clauses("P74", "P76")
def test_a_complaint_on_the_form_becomes_a_case_and_is_confirmed_once() -> None:
    form = filled(topic="complaint")
    assert [Browser().post(FORM, form)["Location"] for _ in range(2)] == [SENT, SENT]
    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.text, complaint.submitted_at) == ("form", TYPED["text"], NOW)
    assert not ContactMessage.objects.exists()
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("complaints.received", TYPED["email"])
    assert TYPED["text"] in mail.text
    assert Letter.objects.get().complaint == complaint


def test_a_question_that_is_a_complaint_moves_with_its_letters_and_its_day() -> None:
    message = received()
    change_topic(message_id=message.pk, topic="complaint", now=NOW + timedelta(days=3))
    assert not ContactMessage.objects.exists()
    complaint = Complaint.objects.get()
    assert (complaint.submitted_at, complaint.text) == (NOW, TYPED["text"])
    assert set(complaint.letters.values_list("kind", flat=True)) == {"copy", "received"}


def test_a_complaint_taken_for_spam_becomes_a_case_when_it_is_none() -> None:
    message = received(topic="complaint", is_spam=True)
    assert not Complaint.objects.exists()
    assert mark_spam(message_ids=[message.pk], is_spam=False, now=NOW) == 1
    assert Complaint.objects.get().text == TYPED["text"]
    assert not ContactMessage.objects.exists()


@pytest.mark.clauses("P74", "P92")
@pytest.mark.parametrize("channel", ["email", "phone", "facebook", "post"])
def test_staff_record_what_came_another_way(channel: str) -> None:
    desk = at_work(Role.FRONT_DESK)
    form = {"channel": channel, "submitted_on": "2026-10-20", "language": "en", "text": "Krom", "token": str(uuid4())}
    for _ in range(2):
        assert desk.post(f"{LIST}record/", form)["Location"] == LIST
    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.submitted_at) == (channel, datetime(2026, 10, 20, tzinfo=ZONE))
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    ("day", "status"), [("2026-10-22", 302), ("2026-10-23", 200), ("2025-10-23", 302), ("2025-10-22", 200)]
)
def test_a_recorded_day_is_neither_to_come_nor_a_year_ago(day: str, status: int) -> None:
    form = {"channel": "post", "submitted_on": day, "language": "nl", "text": "Krom", "token": str(uuid4())}
    assert at_work(Role.FRONT_DESK).post(f"{LIST}record/", form).status_code == status


@pytest.mark.clauses("P75")
@pytest.mark.parametrize(("outcome", "text"), [("", "Uitleg"), ("else", "Uitleg"), ("solved", " ")])
def test_no_complaint_closes_without_an_outcome_and_words(outcome: str, text: str) -> None:
    complaint, desk = case(), at_work(Role.FRONT_DESK)
    with pytest.raises(OutcomeMissing):
        close_complaint(complaint_id=complaint.pk, outcome=outcome, text=text, by=hire(), now=NOW)
    assert desk.post(f"{LIST}{complaint.pk}/close/", {"outcome": outcome, "text": text}).status_code == 200
    assert Complaint.objects.open(NOW).exists()


@pytest.mark.clauses("P76")
def test_the_outcome_is_mailed_and_logged() -> None:
    complaint = case()
    answer = at_work(Role.FRONT_DESK).post(f"{LIST}{complaint.pk}/close/", {"outcome": "partly", "text": "Korting"})
    assert answer["Location"] == LIST
    mail = OutgoingMail.objects.get(kind="complaints.outcome")
    assert "Korting" in mail.text
    letter = Letter.objects.get(kind="outcome")
    assert (letter.text, letter.mail) == ("Korting", mail)
    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.closed_at) == ("partly", NOW)
    with pytest.raises(NotOpen):
        closed(complaint)


def test_without_an_address_what_was_told_is_logged_and_nothing_mailed() -> None:
    closed(case(email=""))
    assert Letter.objects.get().mail is None
    assert not OutgoingMail.objects.exists()


@pytest.mark.clauses("P77")
def test_rt15_a_closed_complaint_goes_after_two_weeks() -> None:
    closed(case())
    is_gone_at(NOW + timedelta(days=14))


@pytest.mark.clauses("P77")
def test_rt15_an_open_complaint_goes_after_a_year() -> None:
    case()
    is_gone_at(A_YEAR)
    assert ComplaintCount.objects.get().outcome == ""


def test_rt15_a_late_outcome_does_not_make_it_longer_than_a_year() -> None:
    closed(case(), now=A_YEAR - timedelta(days=3))
    is_gone_at(A_YEAR)


@pytest.mark.clauses("P75", "P77")
def test_the_privacy_owner_hears_of_it_once_a_month_before() -> None:
    complaint = case(email="")
    closed(case(email=""))
    assert warn_of_ending(now=ELEVEN_MONTHS - BLINK) == 0
    assert warn_of_ending(now=ELEVEN_MONTHS) == 1
    assert warn_of_ending(now=ELEVEN_MONTHS) == 0
    mail = OutgoingMail.objects.get()
    assert mail.to == settings.PRIVACY_OWNER_EMAIL
    assert str(complaint.pk) in mail.text
    assert "Noor" not in mail.text


def test_beat_asks_every_day(
    run_jobs: Callable[[], AbstractContextManager[None]], scheduled_jobs: list[Any], clock: time_machine.Traveller
) -> None:
    case(email="")
    clock.move_to(ELEVEN_MONTHS)
    scheduled_jobs.append((celery_app.conf.beat_schedule["complaints"]["task"], {}))
    with run_jobs():
        pass
    assert OutgoingMail.objects.filter(kind="complaints.alarm").exists()


@pytest.mark.clauses("P78")
def test_a_complaint_goes_at_once_on_request_and_only_its_count_stays() -> None:
    staff = hire()
    for role in (Role.FRONT_DESK, Role.PRIVACY_OWNER):
        complaint = case()
        close_complaint(complaint_id=complaint.pk, outcome="solved", text="Nieuwe afdruk", by=staff, now=NOW)
        assert at_work(role).post(f"{LIST}{complaint.pk}/erase/")["Location"] == LIST
    assert not Complaint.objects.exists()
    assert not Letter.objects.exists()
    assert not OutgoingMail.objects.exists()
    count = ComplaintCount.objects.get()
    assert (count.year, count.channel, count.outcome, count.count) == (2026, "phone", "solved", 2)
    assert LedgerEntry.objects.filter(kind="complaints.complaint", reason="request").count() == 2


def test_a_restricted_complaint_is_not_erased_and_not_counted() -> None:
    complaint = case()
    restrict(kind="complaints.complaint", object_id=complaint.pk, reason="r", now=NOW)
    with pytest.raises(Held):
        erase_on_request(complaint_id=complaint.pk, now=NOW)
    assert not ComplaintCount.objects.exists()
    assert at_work(Role.FRONT_DESK).post(f"{LIST}{complaint.pk}/erase/").status_code == 404
    answer = at_work(Role.PRIVACY_OWNER).post(f"{LIST}{complaint.pk}/erase/", follow=True)
    assert len(answer.context["messages"]) == 1
    assert Complaint.objects.exists()


def test_the_first_page_counts_open_and_ending_complaints(clock: time_machine.Traveller) -> None:
    case()
    clock.move_to(ELEVEN_MONTHS)
    page = at_work(Role.PRIVACY_OWNER).get("/beheer/", headers={"accept-language": "en"})
    counts = {str(figure.label): figure.count for _, panel in page.context["panels"] for figure in panel}
    assert counts["open complaints"] == 1
    assert counts["open complaints that go within a month"] == 1
