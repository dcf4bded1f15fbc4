"""Erasing what is about a person: gone everywhere but what the law keeps, which the bookkeeping alone can read."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import RelationEvidence, Suppression
from accounts.roles import Role
from galleries.access import TooManyTries
from galleries.codes import new_code
from galleries.throttle import FAILURES_PER_CODE
from jkreeft.celery import app as celery_app
from privacy import files
from privacy.actions.asking import ask
from privacy.actions.erasing import carry_out_erasure
from privacy.actions.exceptions import end_hold, place_hold
from privacy.actions.requests import NotProven
from privacy.models import AccessLogEntry, Hold, OutgoingMail, Restriction, RightsRequest
from privacy.people import Person, from_stored
from privacy.rights.erasing import summary, verdicts
from privacy.sweep import run_sweep
from shop.actions.archiving import finish_archiving
from shop.models import Draft, DraftDetails, Order, OrderFile, OrderLine, Payment
from tests.accounts.staff import at_work, hire
from tests.galleries.studio import NOW
from tests.journeys.traces import stored_files, traces
from tests.journeys.world import World, build_world

from .asking import asked

pytestmark = pytest.mark.postgres
EMAIL = "ndl-email@example.org"
HERS = Person(email=EMAIL)
RunJobs = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    made = build_world()
    # The world's own: they sit on numbers that are in use here.
    Hold.objects.all().delete()
    Restriction.objects.all().delete()
    return made


def erase_her(person: Person = HERS, language: str = "nl") -> RightsRequest:
    said: dict[str, Any] = {"text": "", "email": "", "language": language, "form_token": uuid4(), "now": NOW}
    return ask(person=person, right="erasure", **said)


def deliver(world: World) -> None:
    Order.objects.filter(pk=world.order.pk).update(state="delivered", delivered_at=NOW)


@pytest.mark.clauses("P87", "P46")
def test_only_what_the_law_keeps_is_left_anywhere(world: World, run_jobs: RunJobs) -> None:
    deliver(world)
    DraftDetails.objects.create(draft=Draft.objects.get(), viewer_digest="1$x", email=EMAIL, name="ndl-typedname")
    before = len(stored_files())
    with run_jobs():
        erase_her()
    files.drain()
    order = Order.objects.get(pk=world.order.pk)
    assert (order.salutation, order.phone, order.delivery_note) == ("", "", "")
    assert (order.name, order.email) == ("ndl-name", EMAIL), "the law keeps these"
    gone = ["ndl-salut", "ndl-phone", "ndl-note", "ndl-photolabel", "ndl-typedname"]
    old = {f"{word.replace('ndl-', 'ndl-old-')}" for word in gone}
    assert [trace for trace in traces(gone) if not any(word in trace for word in old)] == []
    places = {trace.split(":")[0] for trace in traces(["ndl-name", "ndl-street", EMAIL])}
    assert {place for place in places if "/" not in place} == {
        "shop_order",
        "privacy_rightsrequest",
        "privacy_outgoingmail",
    }, "the order for the books; the request and its answer for a year (RT19)"
    assert len(stored_files()) == before - 2, "her print copy and her bought file"
    assert not OrderFile.objects.filter(line__order=order).exists()
    assert OrderFile.objects.filter(line__order=world.old_order).exists(), "of somebody else"


@pytest.mark.clauses("P46", "P60")
def test_what_stays_is_for_the_administration_alone(world: World) -> None:
    deliver(world)
    erase_her()
    number = world.order.number
    desk, books = at_work(Role.FRONT_DESK), at_work(Role.ADMINISTRATION)
    assert number not in desk.get("/beheer/shop/order/").content.decode()
    assert desk.post("/beheer/shop/order/find/", {"q": EMAIL}).content.decode().count(number) == 0
    assert desk.get(f"/beheer/shop/order/{world.order.pk}/change/").status_code == 302
    assert number in books.get("/beheer/shop/archivedorder/").content.decode()
    assert "ndl-name" in books.get(f"/beheer/shop/archivedorder/{world.order.pk}/change/").content.decode()
    browser = Browser()
    session = browser.session
    session["orders"] = [str(world.order.public_id)]
    session.save()
    browser.cookies["sessionid"] = session.session_key
    page = browser.get(f"/bestelling/{world.order.public_id}/").content.decode()
    assert number in page
    assert "ndl-name" not in page


@pytest.mark.clauses("P87")
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_letter_names_what_went_what_stays_and_until_when(world: World, language: str) -> None:
    deliver(world)
    row = erase_her(language=language)
    assert (row.state, row.closed_at) == ("partly", NOW)
    text = OutgoingMail.objects.get(kind="privacy.request_answer").text
    assert "AWR art. 52" in text
    assert ("1 January 2034" if language == "en" else "1 januari 2034") in text, "2026 and seven whole years"
    assert ("Copies of ordered photos: 2" if language == "en" else ": 2") in text
    assert "autoriteitpersoonsgegevens.nl" in text


@pytest.mark.clauses("P87")
def test_an_order_under_way_goes_on_and_the_rest_goes_once_it_is_delivered(world: World, run_jobs: RunJobs) -> None:
    row = erase_her()
    order = Order.objects.get(pk=world.order.pk)
    assert (order.state, order.phone) == ("paid", "ndl-phone")
    assert OrderFile.objects.filter(line__order=order).count() == 2
    assert "onderweg" in OutgoingMail.objects.get(to=EMAIL, kind="privacy.request_answer").text
    assert order.number in at_work(Role.FRONT_DESK).get("/beheer/shop/order/").content.decode()
    assert finish_archiving(now=NOW) == 0
    deliver(world)
    with run_jobs():
        assert celery_app.conf.beat_schedule["archive"]["task"] == "shop.finish_archiving"
        assert finish_archiving(now=NOW) == 1
    order.refresh_from_db()
    assert (order.phone, order.delivery_note, order.name) == ("", "", "ndl-name")
    assert not OrderFile.objects.filter(line__order=order).exists()
    assert not OrderLine.objects.filter(order=order).exclude(photo_label="").exists()
    assert finish_archiving(now=NOW) == 0
    assert row.state == "partly"


@pytest.mark.parametrize("has_files", [True, False])
def test_a_hold_keeps_an_order_whole_that_was_delivered_since(world: World, has_files: bool) -> None:
    erase_her()
    deliver(world)
    if not has_files:
        OrderFile.objects.filter(line__order=world.order).delete()
    staff_id = world.studio.staff.pk
    end = NOW + timedelta(days=30)
    hold = place_hold(kind="shop.order", object_id=world.order.pk, reason="r", owner_id=staff_id, until=end, now=NOW)
    assert finish_archiving(now=NOW) == 0
    assert Order.objects.get(pk=world.order.pk).phone
    end_hold(hold_id=hold.pk, now=NOW)
    assert finish_archiving(now=NOW) == 1
    assert not Order.objects.get(pk=world.order.pk).phone


def test_an_order_cancelled_unpaid_goes_whole(world: World) -> None:
    Payment.objects.all().delete()
    world.order.invoice.delete()
    Order.objects.filter(pk=world.order.pk).update(state="cancelled", paid_at=None)
    row = erase_her()
    assert not Order.objects.filter(pk=world.order.pk).exists()
    assert row.state == "done"


def test_the_page_says_before_what_happens_after(world: World) -> None:
    deliver(world)
    goes, stays = summary(verdicts(HERS, now=NOW))
    row = erase_her()
    kept = row.letters.get(kind="answer").text
    for line in goes:
        assert line in kept
    for one in stays:
        assert f"{one.what}: {one.ground} {one.until}".strip() in kept


def test_the_own_page_shows_it_and_does_it_once(world: World) -> None:
    deliver(world)
    browser = Browser()
    browser.post("/mijn-gegevens/", {"email": EMAIL})
    link = re.search(r"/mijn-gegevens/open/\S+", OutgoingMail.objects.latest("pk").text)
    assert link
    browser.post(link[0])
    page = browser.get("/mijn-gegevens/recht/erasure/").content.decode()
    assert "AWR art. 52" in page
    token = {"token": str(uuid4())}
    for _ in range(2):
        assert browser.post("/mijn-gegevens/recht/erasure/", token).status_code == 302
    assert RightsRequest.objects.filter(right="erasure", email=EMAIL).count() == 1
    assert OutgoingMail.objects.filter(kind="privacy.request_answer", to=EMAIL).count() == 1


def test_a_second_erasure_finds_nothing_but_what_the_law_keeps(world: World) -> None:
    deliver(world)
    erase_her()
    OutgoingMail.objects.all().delete()
    goes, stays = summary(verdicts(HERS, now=NOW))
    assert goes in ([], [f"{_title_of_lines()}: 2"]), "lines stay in the books, without what was wiped"
    assert stays


def _title_of_lines() -> str:
    return "Wat je bestelde"


def test_a_hold_keeps_a_row_and_the_letter_says_so(world: World) -> None:
    draft = Draft.objects.get()
    place_hold(
        kind="shop.draft",
        object_id=draft.pk,
        reason="r",
        owner_id=hire().pk,
        until=NOW + timedelta(days=9),
        now=NOW,
    )
    row = erase_her(Person(code_ids=frozenset({draft.code_id})))
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert row.state == "partly"


def test_a_basket_goes_with_its_lines(world: World) -> None:
    row = erase_her(Person(code_ids=frozenset({world.code.pk})))
    assert not Draft.objects.filter(code=world.code).exists()
    assert row.state in {"done", "partly"}


def test_that_somebody_wants_no_advertising_is_not_forgotten(world: World) -> None:
    browser_mail = world.relation.email
    suppressed = Suppression.objects.count()
    evidence = RelationEvidence.objects.count()
    erase_her(Person(email=browser_mail))
    assert Suppression.objects.count() == suppressed
    assert RelationEvidence.objects.count() == evidence, "the proof of consent and of the sale stays twelve months"
    assert not type(world.relation).objects.filter(pk=world.relation.pk).exists()


def test_nobody_erases_for_an_address_they_did_not_prove(world: World) -> None:
    row = asked(right="erasure", email=EMAIL)
    owner = at_work(Role.PRIVACY_OWNER)
    owner.post(f"/beheer/privacy/rightsrequest/{row.pk}/carry-out/")
    row.refresh_from_db()
    assert row.closed_at is None
    assert Order.objects.get(pk=world.order.pk).archive_asked_at is None
    with pytest.raises(NotProven):
        carry_out_erasure(request_id=row.pk, by_id=None, now=NOW)


@pytest.mark.clauses("P92")
def test_staff_carry_out_what_came_by_phone(world: World) -> None:
    deliver(world)
    row = asked(right="erasure", channel="phone", email=EMAIL)
    owner = at_work(Role.PRIVACY_OWNER)
    page = f"/beheer/privacy/rightsrequest/{row.pk}/"
    owner.post(f"{page}proof/", {"seen": "1", "email": row.email})
    shown = owner.get(f"{page}carry-out/").content.decode()
    assert "AWR art. 52" in shown
    assert "ndl-name" not in shown, "counts and grounds, no data"
    owner.post(f"{page}carry-out/")
    row.refresh_from_db()
    assert row.state == "partly"
    assert Order.objects.get(pk=world.order.pk).archive_asked_at == NOW


@pytest.mark.clauses("P92")
def test_who_shows_a_card_needs_no_address(world: World, caplog: pytest.LogCaptureFixture) -> None:
    row = asked(right="erasure", channel="phone", email="")
    owner = at_work(Role.PRIVACY_OWNER)
    page = f"/beheer/privacy/rightsrequest/{row.pk}/"
    for said in ({}, {"code": "NOT-A-CODE"}, {"code": new_code()}):
        assert owner.post(f"{page}proof/", {"seen": "1", **said}).status_code == 200, said
    row.refresh_from_db()
    assert (row.proof, row.person) == ("", {})
    assert owner.post(f"{page}proof/", {"seen": "1", "code": world.typed}).status_code == 302
    row.refresh_from_db()
    assert (row.proof, from_stored(row.person)) == ("staff", Person(code_ids=frozenset({world.code.pk})))
    assert AccessLogEntry.objects.filter(kind="galleries.logincode", object_id=world.code.pk, action="open").exists()
    assert world.typed not in caplog.text + str(RightsRequest.objects.values().get(pk=row.pk))
    owner.post(f"{page}carry-out/")
    row.refresh_from_db()
    assert row.closed_at is not None


def test_codes_typed_by_staff_count_as_any_other(world: World) -> None:
    row, code = asked(right="erasure", channel="phone", email=""), new_code()
    owner = at_work(Role.PRIVACY_OWNER)
    page = f"/beheer/privacy/rightsrequest/{row.pk}/proof/"
    for _ in range(FAILURES_PER_CODE):
        owner.post(page, {"seen": "1", "code": code})
    assert str(TooManyTries.message) in owner.post(page, {"seen": "1", "code": code}).content.decode()


def test_the_rules_still_end_what_stays_at_their_own_time(world: World) -> None:
    deliver(world)
    erase_her()
    run_sweep(now=NOW + timedelta(days=8 * 366))
    order = Order.objects.get(pk=world.order.pk)
    assert (order.name, order.email) == ("", "")
