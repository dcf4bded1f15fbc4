"""A group photo asked away with a code: hidden there at once, and one case for staff, as holder, second household,
other member of the group, stranger and staff."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from accounts.roles import Role
from galleries.actions import issue_code, reprint
from galleries.actions.asking import CannotAsk, RequestSourceMissing, ask_removal, record_removal_request
from galleries.actions.codes import replace_code
from galleries.actions.deciding import leave_photo
from galleries.models import HiddenPhoto, LoginCode, Photo, RemovalCase
from galleries.withholding import can_be_ordered
from privacy import erasure
from privacy.actions.erasing import erase_found
from privacy.models import AccessLogEntry, OutgoingMail, Restriction
from privacy.people import Person
from privacy.registry import registry
from privacy.rights.erasing import verdicts
from privacy.selection import selection
from privacy.sweep import run_sweep
from tests.accounts.staff import at_work

from .studio import NOW, Studio, code_of, code_row, enter

pytestmark = pytest.mark.postgres

NOTE = "back row, third from the left"


@pytest.fixture
def photo(studio: Studio) -> Photo:
    return Photo.objects.get(group=studio.group)


def gallery(code: LoginCode) -> str:
    return f"/fotos/{code.public_id}/"


def page(code: LoginCode, photo: Photo) -> str:
    return f"{gallery(code)}{photo.public_id}/weghalen/"


def said(**changes: str) -> dict[str, str]:
    return {"note": NOTE, "email": "somebody@example.org", "token": str(uuid4()), **changes}


def ask(code: LoginCode, photo: Photo, **changes: Any) -> RemovalCase:
    asked: dict[str, Any] = {
        "code_id": code.pk,
        "photo_id": photo.public_id,
        "note": NOTE,
        "email": "",
        "language": "en",
        "form_token": uuid4(),
        "now": NOW,
    }
    return ask_removal(**{**asked, **changes})


def record(photo: Photo, studio: Studio, **changes: Any) -> RemovalCase:
    asked: dict[str, Any] = {
        "photo_id": photo.pk,
        "channel": "email",
        "reference": "message 17",
        "note": NOTE,
        "email": "",
        "language": "nl",
        "received_at": NOW,
        "form_token": uuid4(),
        "by": studio.staff,
        "now": NOW,
    }
    return record_removal_request(**{**asked, **changes})


def test_the_page_says_what_happens_when_and_why_they_cannot_delete_it_themselves(
    studio: Studio, anna: Browser, photo: Photo
) -> None:
    code = code_row(studio.anna)
    assert page(code, photo) in anna.get(f"{gallery(code)}{photo.public_id}/").content.decode()

    shown = anna.get(page(code, photo)).content.decode()

    assert "Others are on this photo too" in shown
    assert "On Tuesday 27 October 2026 at the latest" in shown
    assert not RemovalCase.objects.exists()


@pytest.mark.clauses("P22", "P32")
def test_a_group_photo_asked_away_is_hidden_for_that_code_at_once_and_for_no_other(
    studio: Studio, anna: Browser, photo: Photo
) -> None:
    code = code_row(studio.anna)
    bram = enter(Browser(), code_of(studio, studio.bram))
    assert photo.thumbnail_name in anna.get(gallery(code)).content.decode()

    answer = anna.post(page(code, photo), said())

    assert answer.status_code == 302
    wall = anna.get(gallery(code)).content.decode()
    assert photo.thumbnail_name not in wall
    assert "Your request of Thursday 22 October 2026" in wall
    assert anna.get(f"{gallery(code)}{photo.public_id}/").status_code == 404
    there = gallery(code_row(studio.bram))
    assert photo.thumbnail_name in bram.get(there).content.decode()
    assert bram.get(f"{there}{photo.public_id}/").status_code == 200


@pytest.mark.clauses("P22", "P32")
def test_it_opens_a_case_for_staff_with_three_working_days(studio: Studio, anna: Browser, photo: Photo) -> None:
    answer = anna.post(page(code_row(studio.anna), photo), said())

    case = RemovalCase.objects.get()
    assert (case.photo, case.note, case.email, case.language) == (photo, NOTE, "somebody@example.org", "en")
    assert (case.received_at, case.due_on, case.closed_at) == (NOW, date(2026, 10, 27), None)
    assert Photo.objects.filter(pk=photo.pk).exists()
    shown = anna.get(answer["Location"]).content.decode()
    assert "On Tuesday 27 October 2026 at the latest" in shown
    assert str(case.public_id) in shown
    assert NOTE not in shown
    assert "somebody" not in shown


def test_no_page_of_that_code_hands_out_a_proof_for_it_any_more(studio: Studio, anna: Browser, photo: Photo) -> None:
    code = code_row(studio.anna)
    case = ask(code, photo)
    addresses = [gallery(code), f"{gallery(code)}verzoek/{case.public_id}/", page(code, photo)]
    addresses += [f"{gallery(code)}{one.public_id}/" for one in Photo.objects.filter(subject=studio.anna)]
    pages = [anna.get(address) for address in addresses]
    assert {answer.status_code for answer in pages} == {200, 302}
    shown = "".join(answer.content.decode() for answer in pages)
    assert photo.thumbnail_name not in shown
    assert photo.preview_name not in shown


@pytest.mark.parametrize("token", ["same", "another"])
def test_asked_twice_it_is_one_case_and_one_page(studio: Studio, anna: Browser, photo: Photo, token: str) -> None:
    first = said()
    second = first if token == "same" else said(note="typed again")

    answers = [anna.post(page(code_row(studio.anna), photo), sent) for sent in (first, second)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert RemovalCase.objects.get().note == NOTE
    assert anna.get(page(code_row(studio.anna), photo))["Location"] == answers[0]["Location"]


@pytest.mark.parametrize(
    "changes", [{"email": "somebody@"}, {"note": "x" * 501}, {"token": ""}, {"token": "9"}, {"email": "a\x00@"}]
)
def test_what_was_typed_wrong_comes_back_and_nothing_is_asked(
    studio: Studio, anna: Browser, photo: Photo, changes: dict[str, str]
) -> None:
    sent = said(**changes)
    answer = anna.post(page(code_row(studio.anna), photo), sent)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert sent["note"] in shown
    assert sent["email"].replace("\x00", "") in shown
    assert 'name="token" value="' in shown
    assert not RemovalCase.objects.exists()
    assert not HiddenPhoto.objects.exists()


def test_a_portrait_is_deleted_and_not_asked_away(studio: Studio, anna: Browser) -> None:
    portrait = Photo.objects.filter(subject=studio.anna)[0]
    code = code_row(studio.anna)
    assert anna.get(page(code, portrait)).status_code == 404
    assert anna.post(page(code, portrait), said()).status_code == 404
    with pytest.raises(CannotAsk):
        ask(code, portrait)
    code.subject.group = None
    code.subject.save()
    with pytest.raises(CannotAsk):
        ask(code, portrait)


@pytest.mark.parametrize("who", ["stranger", "other group", *Role.values])
@pytest.mark.clauses("P36")
def test_without_a_code_for_it_nobody_asks_it_away(studio: Studio, photo: Photo, who: str) -> None:
    browser = at_work(Role(who)) if who in Role.values else Browser()
    if who == "other group":
        enter(browser, code_of(studio, studio.chris))
        assert browser.post(page(code_row(studio.chris), photo), said()).status_code == 404
    assert browser.get(page(code_row(studio.anna), photo)).status_code == 404
    assert browser.post(page(code_row(studio.anna), photo), said()).status_code == 404
    assert not RemovalCase.objects.exists()


@pytest.mark.clauses("P36")
def test_a_request_is_read_with_its_own_code_only(studio: Studio, anna: Browser, photo: Photo) -> None:
    case = ask(code_row(studio.anna), photo)
    bram = enter(Browser(), code_of(studio, studio.bram))

    assert anna.get(f"{gallery(code_row(studio.anna))}verzoek/{case.public_id}/").status_code == 200
    for code in (code_row(studio.anna), code_row(studio.bram)):
        assert bram.get(f"{gallery(code)}verzoek/{case.public_id}/").status_code == 404


def test_the_second_household_of_one_child_still_sees_it_and_nothing_of_the_request(
    studio: Studio, photo: Photo
) -> None:
    issue_code(subject_id=studio.anna.pk, now=NOW)
    first, second = studio.anna.codes.order_by("pk")
    case = ask(first, photo)
    there = enter(Browser(), reprint(code_id=second.pk, by=studio.staff, now=NOW))

    wall = there.get(gallery(second)).content.decode()

    assert photo.thumbnail_name in wall
    assert "verzoek" not in wall
    assert there.get(f"{gallery(second)}verzoek/{case.public_id}/").status_code == 404


def test_a_new_card_for_a_lost_one_hides_what_the_old_one_hid(studio: Studio, photo: Photo) -> None:
    old = code_row(studio.anna)
    case = ask(old, photo)
    new = replace_code(code_id=old.pk, by=studio.staff, now=NOW)
    assert new is not None
    browser = enter(Browser(), new)

    assert photo.thumbnail_name not in browser.get(gallery(code_row(studio.anna))).content.decode()
    assert browser.get(f"{gallery(code_row(studio.anna))}verzoek/{case.public_id}/").status_code == 200


def test_a_restricted_photo_cannot_be_asked_away_as_it_is_not_shown(studio: Studio, photo: Photo) -> None:
    Restriction.objects.create(kind="galleries.photo", object_id=photo.pk, reason="4", created_at=NOW)
    with pytest.raises(CannotAsk):
        ask(code_row(studio.anna), photo)


@pytest.mark.clauses("P22")
@pytest.mark.parametrize("whose", ["group", "portrait"])
def test_staff_open_a_case_for_who_asks_without_a_code(studio: Studio, photo: Photo, whose: str) -> None:
    about = photo if whose == "group" else Photo.objects.filter(subject=studio.bram)[0]
    received = NOW - timedelta(days=1)

    case = record(about, studio, received_at=received)

    assert (case.code, case.photo, case.channel, case.reference) == (None, about, "email", "message 17")
    assert case.due_on == date(2026, 10, 26)
    assert AccessLogEntry.objects.get(action="record").object_id == case.pk
    assert record(about, studio, form_token=case.form_token) == case


@pytest.mark.clauses("P22")
@pytest.mark.parametrize("changes", [{"reference": " "}, {"channel": "code"}, {"channel": ""}])
def test_a_recorded_request_says_how_it_came(studio: Studio, photo: Photo, changes: dict[str, str]) -> None:
    with pytest.raises(RequestSourceMissing):
        record(photo, studio, **changes)
    with transaction.atomic(), pytest.raises(IntegrityError):
        RemovalCase.objects.create(
            form_token=uuid4(), photo=photo, channel="email", received_at=NOW, due_on=date(2026, 10, 27)
        )
    assert not RemovalCase.objects.exists()


def test_a_photo_that_goes_in_the_meantime_answers_the_request(studio: Studio, photo: Photo) -> None:
    case = ask(code_row(studio.anna), photo, email="somebody@example.org")

    erasure.erase(Photo, [photo.pk], reason="test", now=NOW)

    case.refresh_from_db()
    assert (case.photo, case.decision, case.closed_at) == (None, "deleted", NOW)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == ("somebody@example.org", "The photo you asked about is deleted")
    assert not HiddenPhoto.objects.exists()


@pytest.mark.clauses("P22", "P55")
def test_a_request_is_forgotten_twelve_months_after_the_answer(
    studio: Studio, photo: Photo, clock: time_machine.Traveller
) -> None:
    case = ask(code_row(studio.anna), photo, email="somebody@example.org")
    erasure.erase(Photo, [photo.pk], reason="test", now=NOW)
    rule = registry.rules["RT19.removal"]
    end = rule.due(NOW)
    assert end.date() == date(2027, 10, 21)
    assert selection(rule).count_due(end - timedelta(seconds=1)) == 0

    clock.move_to(end)
    run = run_sweep(now=end)

    assert run is not None
    assert not RemovalCase.objects.filter(pk=case.pk).exists()


@pytest.mark.clauses("P22", "P87")
def test_a_request_for_erasure_leaves_what_is_not_decided_and_takes_what_is(studio: Studio, photo: Photo) -> None:
    """Otherwise the photo would be for sale again at the wish of who asked it away."""
    case = ask(code_row(studio.anna), photo, email="somebody@example.org")
    asker = Person(email="Somebody@example.org")

    for goes in (False, True):
        found = verdicts(asker, now=NOW)
        assert [one.goes for one in found if one.source.model is RemovalCase] == [goes]
        erase_found(found, now=NOW)
        assert RemovalCase.objects.filter(pk=case.pk).exists() is not goes
        assert can_be_ordered(photo.pk) is goes
        if not goes:
            leave_photo(case_id=case.pk, explanation="Nobody is on it.", by=studio.staff, now=NOW)
