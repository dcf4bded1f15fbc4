"""A request from its receipt to its end: every channel, the month, the proof, the letters, RT19."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client as Browser

from accounts.models import User
from accounts.roles import Role
from common import links
from common.periods import ZONE
from complaints.actions import answer_message, move_to_request
from complaints.models import ContactMessage
from jkreeft.celery import app as celery_app
from privacy.actions.requests import (
    SAME_QUESTION,
    NotOpen,
    NotProven,
    TooLateToExtend,
    WordsMissing,
    answer_request,
    ask_proof,
    extend_request,
    prove,
    receive_request,
    warn_of_deadlines,
    withdraw_request,
)
from privacy.models import LedgerEntry, OutgoingMail, RequestLetter, RequestMove, RightsRequest
from privacy.rights.emails import AUTHORITY_URL, PROOF_PURPOSE, Stays
from privacy.sweep import run_sweep
from tests.accounts.staff import at_work, browser_of, hire
from tests.complaints.post import received
from tests.galleries.studio import NOW

from .asking import ASKED, LIST, asked

pytestmark = pytest.mark.postgres
BLINK = timedelta(microseconds=1)
LAST_DAY = date(2026, 11, 22)
AFTER = datetime(2026, 11, 23, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def somebody() -> int:
    """Any member of staff."""
    return hire(email=f"{uuid4().hex}@example.org").pk


def answered(row: RightsRequest, outcome: str = "refused", *, now: datetime = NOW, **more: Any) -> RightsRequest:
    return answer_request(request_id=row.pk, outcome=outcome, text="Daarom.", by_id=somebody(), now=now, **more)


@pytest.mark.clauses("P92", "P93")
@pytest.mark.parametrize("channel", ["form", "email", "phone", "post", "facebook"])
def test_staff_record_what_came_any_way_and_the_month_runs_from_receipt(channel: str) -> None:
    desk = at_work(Role.FRONT_DESK)
    form = {**ASKED, "channel": channel, "received_on": "2026-10-20", "token": str(uuid4())}
    for _ in range(2):
        assert desk.post(f"{LIST}record/", form)["Location"] == f"{LIST}recorded/"
    row = RightsRequest.objects.get()
    assert (row.channel, row.received_at) == (channel, datetime(2026, 10, 20, tzinfo=ZONE))
    assert row.answer_by == date(2026, 11, 20)
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("privacy.request_received", "Sanne@example.org")
    assert "20 november 2026" in mail.text
    assert LedgerEntry.objects.filter(event="request_received", reason="erasure").count() == 1


def test_the_front_desk_records_and_reads_none() -> None:
    row = asked()
    desk = at_work(Role.FRONT_DESK)
    assert desk.get(LIST).status_code == 403
    assert desk.get(f"{LIST}{row.pk}/change/").status_code == 403
    assert "privacy/rightsrequest/record" in desk.get("/beheer/complaints/complaint/").content.decode()


def test_who_takes_requests_in_sees_how_they_stand_and_nobody_in_them() -> None:
    row, other = asked(recorded_by_id=somebody()), asked(right="objection")
    desk, photographer = at_work(Role.FRONT_DESK), at_work(Role.PHOTOGRAPHER)
    page = desk.get(f"{LIST}recorded/").content.decode()
    assert f'<th scope="row">{row.pk}</th>' in page
    assert f'<th scope="row">{other.pk}</th>' not in page, "nobody took that one in"
    assert "22 november 2026" in page
    for word in (row.name, row.email, row.text, f"{LIST}{row.pk}/"):
        assert word not in page
    assert photographer.get(f"{LIST}recorded/").status_code == 403
    assert "<td>te beantwoorden</td>" in page
    answered(row)
    page = desk.get(f"{LIST}recorded/").content.decode()
    assert "<td>geweigerd</td>" in page
    assert "22 november 2026" not in page


@pytest.mark.parametrize(("day", "status"), [("2026-10-22", 302), ("2026-10-23", 200), ("2017-12-31", 200)])
def test_a_recorded_day_is_not_to_come_and_not_before_the_law(day: str, status: int) -> None:
    form = {**ASKED, "received_on": day, "token": str(uuid4())}
    assert at_work(Role.PRIVACY_OWNER).post(f"{LIST}record/", form).status_code == status


def test_the_same_form_twice_is_one_request() -> None:
    said = {**ASKED, "form_token": uuid4(), "received_at": NOW, "now": NOW}
    assert receive_request(**said) == receive_request(**said)
    assert OutgoingMail.objects.count() == 1


@pytest.mark.clauses("P93")
def test_a_message_becomes_a_request_by_moving_with_its_day_and_our_answers() -> None:
    message = received(topic="privacy", text="Wat weten jullie?")
    answer_message(message_id=message.pk, text="Wie bent u?", by=hire(), now=NOW + timedelta(days=1))
    later = NOW + timedelta(days=9)
    row = move_to_request(message_id=message.pk, right="access", now=later)
    assert not ContactMessage.objects.exists()
    assert (row.text, row.received_at, row.answer_by) == ("Wat weten jullie?", NOW, LAST_DAY)
    assert (row.channel, row.right) == ("form", "access")
    assert list(row.letters.values_list("kind", "text")) == [("received", ""), ("notice", "Wie bent u?")]


def test_the_privacy_owner_moves_a_message_from_its_page() -> None:
    message = received(topic="privacy")
    page = f"/beheer/complaints/contactmessage/{message.pk}/right/"
    owner = at_work(Role.PRIVACY_OWNER)
    assert owner.post(page, {"right": "nothing"}).status_code == 200
    answer = owner.post(page, {"right": "erasure"})
    assert answer["Location"] == f"{LIST}{RightsRequest.objects.get().pk}/change/"
    assert owner.get(answer["Location"]).status_code == 200
    assert owner.post(page, {"right": "erasure"}).status_code == 404


@pytest.mark.parametrize("right", ["access", "portability", "erasure", "rectification"])
def test_nothing_is_handed_out_or_erased_before_it_is_clear_who_asks(right: str) -> None:
    row = asked(right=right)
    with pytest.raises(NotProven):
        answered(row, "done")
    prove(request_id=row.pk, proof="staff", by_id=None, person=None, now=NOW)
    assert answered(row, "done").state == "done"


@pytest.mark.clauses("P92")
@pytest.mark.parametrize("right", ["restriction", "objection"])
def test_to_stop_needs_no_proof(right: str) -> None:
    assert answered(asked(right=right), "done").state == "done"


@pytest.mark.parametrize(("later", "letters"), [(SAME_QUESTION - BLINK, 1), (SAME_QUESTION, 2)])
def test_two_clicks_mail_one_link_and_a_later_one_another(later: timedelta, letters: int) -> None:
    row = asked()
    ask_proof(request_id=row.pk, by_id=somebody(), now=NOW)
    ask_proof(request_id=row.pk, by_id=somebody(), now=NOW + later)
    assert OutgoingMail.objects.filter(kind="privacy.request_proof").count() == letters
    assert row.letters.filter(kind="proof").count() == letters


def test_a_mailed_link_proves_the_address_once_the_button_is_pressed() -> None:
    row = asked()
    ask_proof(request_id=row.pk, by_id=somebody(), now=NOW)
    row.refresh_from_db()
    assert row.state == "asked"
    with pytest.raises(NotProven):
        answered(row, "done")
    mail = OutgoingMail.objects.get(kind="privacy.request_proof")
    address = next(word for word in mail.text.split() if "/mijn-gegevens/bewijs/" in word)
    path = address.removeprefix(settings.SITE_URL)
    assert Browser().get(path).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.proof) == ("asked", ""), "a program that opens links proves nothing"
    assert Browser().post(path).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.proof, row.person) == (
        "received",
        "link",
        {"code_ids": [], "user_id": None, "email": "sanne@example.org"},
    )
    assert [move.after for move in RequestMove.objects.order_by("pk")] == ["asked", "received"]
    answered(row, "done")
    assert "antwoord" in Browser().post(path).content.decode(), "a closed request says so"


@pytest.mark.parametrize("token", ["x", "x\x00", links.sign("another", "x")])
def test_a_forged_link_is_nothing(token: str) -> None:
    assert Browser().get(f"/mijn-gegevens/bewijs/{token}/").status_code == 404


def test_the_link_ends_after_two_weeks(clock: time_machine.Traveller) -> None:
    path = f"/mijn-gegevens/bewijs/{links.sign(PROOF_PURPOSE, str(asked().public_id))}/"
    clock.move_to(NOW + timedelta(days=14))
    assert Browser().get(path).status_code == 200
    clock.move_to(NOW + timedelta(days=14, seconds=2))
    assert Browser().get(path).status_code == 404


def test_an_extension_is_told_with_its_reasons_once_within_the_first_month() -> None:
    row = asked()
    with pytest.raises(WordsMissing):
        extend_request(request_id=row.pk, reason=" ", by_id=somebody(), now=NOW)
    extend_request(request_id=row.pk, reason="Veel post.", by_id=somebody(), now=AFTER - BLINK)
    row.refresh_from_db()
    assert row.answer_by == date(2027, 1, 22)
    mail = OutgoingMail.objects.get(kind="privacy.request_extension")
    assert all(words in mail.text for words in ("Veel post.", "22 januari 2027", AUTHORITY_URL))
    with pytest.raises(TooLateToExtend):
        extend_request(request_id=row.pk, reason="Nog meer.", by_id=somebody(), now=NOW)
    late = asked()
    with pytest.raises(TooLateToExtend):
        extend_request(request_id=late.pk, reason="Te laat.", by_id=somebody(), now=AFTER)


@pytest.mark.clauses("P91")
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("outcome", ["refused", "partly", "done"])
def test_every_answer_names_the_authority_and_the_court(outcome: str, language: str) -> None:
    row = asked(right="objection", language=language)
    answered(row, outcome, did=["Foto’s gewist"], stays=[Stays("Factuur", "Belastingwet", "tot 2034")])
    mail = OutgoingMail.objects.get(kind="privacy.request_answer")
    for words in ("Daarom.", AUTHORITY_URL, "Foto’s gewist", "Belastingwet tot 2034"):
        assert words in mail.text
    assert ("court" if language == "en" else "rechter") in mail.text
    assert AUTHORITY_URL in mail.html
    letter = RequestLetter.objects.get(kind="answer")
    assert letter.text == "Daarom.\nFoto’s gewist\nFactuur: Belastingwet tot 2034"


def test_an_answer_needs_an_outcome_and_words_and_an_open_request() -> None:
    row = asked(right="objection")
    for outcome, text in [("", "x"), ("withdrawn", "x"), ("refused", " ")]:
        with pytest.raises(WordsMissing):
            answer_request(request_id=row.pk, outcome=outcome, text=text, by_id=None, now=NOW)
    withdraw_request(request_id=row.pk, by_id=None, now=NOW)
    with pytest.raises(NotOpen):
        answered(row)


def test_without_an_address_what_was_told_is_kept_and_nothing_mailed() -> None:
    answered(asked(email="", right="objection"))
    assert not OutgoingMail.objects.exists()
    assert RequestLetter.objects.get().text == "Daarom."


def is_gone_at(moment: datetime) -> None:
    run_sweep(now=moment - BLINK)
    assert RightsRequest.objects.alive(moment - BLINK).exists()
    assert not RightsRequest.objects.alive(moment).exists()
    run_sweep(now=moment)
    assert not RightsRequest.objects.exists()
    assert not RequestLetter.objects.exists()


@pytest.mark.clauses("P55")
def test_rt19_an_answered_request_goes_a_year_after_it_was_closed() -> None:
    answered(asked(right="objection"), now=NOW + timedelta(days=3))
    is_gone_at(datetime(2027, 10, 25, tzinfo=ZONE))


def test_an_open_request_is_never_swept_but_shouts() -> None:
    asked()
    run_sweep(now=NOW + timedelta(days=800))
    assert warn_of_deadlines(now=NOW + timedelta(days=800)) == 1


@pytest.mark.clauses("P06", "P93")
def test_the_privacy_owner_hears_of_it_once_a_week_before_and_daily_when_late() -> None:
    row = asked(email="")
    answered(asked(email="", right="objection"))
    week_before = datetime(2026, 11, 15, tzinfo=ZONE)
    assert warn_of_deadlines(now=week_before - BLINK) == 0
    assert warn_of_deadlines(now=week_before) == 1
    assert warn_of_deadlines(now=week_before) == 0
    assert warn_of_deadlines(now=AFTER - BLINK) == 0
    assert warn_of_deadlines(now=AFTER) == 1
    assert warn_of_deadlines(now=AFTER) == 0
    assert warn_of_deadlines(now=AFTER + timedelta(days=1)) == 1
    mail = OutgoingMail.objects.filter(kind="privacy.request_alarm").latest("pk")
    assert mail.to == settings.PRIVACY_OWNER_EMAIL
    assert str(row.pk) in mail.text
    assert "Sanne" not in mail.text


def test_beat_asks_every_day(
    run_jobs: Callable[[], AbstractContextManager[None]], scheduled_jobs: list[Any], clock: time_machine.Traveller
) -> None:
    asked(email="")
    clock.move_to(AFTER)
    scheduled_jobs.append((celery_app.conf.beat_schedule["requests"]["task"], {}))
    with run_jobs():
        pass
    assert OutgoingMail.objects.filter(kind="privacy.request_alarm").exists()


def test_the_first_page_counts_open_near_and_late(clock: time_machine.Traveller) -> None:
    asked()
    asked(received_at=NOW - timedelta(days=25))
    asked(received_at=NOW - timedelta(days=40))
    page = at_work(Role.PRIVACY_OWNER).get("/beheer/", headers={"accept-language": "en"})
    figures = {str(figure.label): figure for _, panel in page.context["panels"] for figure in panel}
    assert (figures["privacy requests"].count, figures["of them due within a week"].count) == (3, 1)
    assert (figures["of them too late"].count, figures["of them too late"].tone.value) == (1, "alarm")
    late = browser_of(User.objects.get()).get(f"{LIST}?open=late")
    assert late.context["cl"].result_count == 1


def test_the_owner_works_through_a_request_on_its_pages() -> None:
    row, owner = asked(), at_work(Role.PRIVACY_OWNER)
    page = f"{LIST}{row.pk}/"
    steps = [("proof/", {}), ("proof/", {"seen": "1", "email": row.email}), ("extend/", {"reason": "Veel"})]
    for step, said in [*steps, ("answer/", {"outcome": "done", "text": "Gewist"})]:
        assert owner.get(page + step).status_code == 200
        assert owner.post(page + step, said)["Location"] == f"{page}change/"
    row.refresh_from_db()
    assert (row.state, row.proof, row.answer_by) == ("done", "staff", date(2027, 1, 22))
    assert owner.get(f"{page}change/").status_code == 200
    again = owner.post(f"{page}answer/", {"outcome": "done", "text": "Nog eens"}, follow=True)
    assert len(again.context["messages"]) >= 1
    assert RequestLetter.objects.filter(kind="answer").count() == 1


def test_a_request_can_be_taken_back() -> None:
    row = asked()
    at_work(Role.PRIVACY_OWNER).post(f"{LIST}{row.pk}/withdraw/")
    row.refresh_from_db()
    assert (row.state, row.closed_at) == ("withdrawn", NOW)
