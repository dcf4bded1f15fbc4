"""The pages of a person: who proves an address, a code or an account sees what belongs to it, and no more."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client as Browser
from redis.exceptions import ConnectionError as NoRedis

from accounts.models import User
from common.throttle import PER_ADDRESS
from privacy.models import AddressProof, Export, OutgoingMail, RightsRequest
from privacy.rights.views import PER_MAILBOX, REQUESTS_PER_MAILBOX
from privacy.sweep import run_sweep
from tests.accounts.staff import browser_of, hire
from tests.galleries.studio import NOW, code_of, enter
from tests.journeys.world import World, build_world

pytestmark = pytest.mark.postgres
PAGE = "/mijn-gegevens/"
HERS = "ndl-email@example.org"


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    return build_world()


def link_for(email: str) -> str:
    """The address in the mail that asking for it brings."""
    answer = Browser().post(PAGE, {"email": email})
    assert (answer.status_code, answer["Location"]) == (302, "/mijn-gegevens/verstuurd/")
    mail = OutgoingMail.objects.filter(kind="privacy.address_link").latest("pk")
    assert mail.to == email
    return re.search(r"(/mijn-gegevens/open/\S+)", mail.text)[1]  # type: ignore[index]


def proven(email: str) -> Browser:
    """A browser that came by the mailed link and pressed the button."""
    browser = Browser()
    assert browser.post(link_for(email))["Location"] == PAGE
    return browser


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.clauses("P85")
def test_who_reads_the_mail_of_an_address_sees_what_belongs_to_it(world: World) -> None:
    page = text_of(proven(HERS.upper()).get(PAGE))
    assert world.order.number not in page, "a number is not personal data by itself"
    for words in ("ndl-name", "ndl-street", "ndl-phone", "ndl-photolabel", "ndl-provider-ref"):
        assert words in page, words
    assert "ndl-old-name" not in page, "the order of another address"
    assert "ndl-askname" not in page


def test_what_a_row_points_at_is_named_in_words_and_not_by_its_number(world: World) -> None:
    page = text_of(enter(Browser(), world.typed).get(PAGE, headers={"accept-language": "en"}))
    assert "stored file<br>" in page
    assert re.findall(r"(?:file|group|groep|bestand) \d+", page) == [], "a child in 3B is not in group 1"


def test_an_address_we_know_and_one_we_do_not_get_the_same(world: World) -> None:
    answers = [Browser().post(PAGE, {"email": email}) for email in (HERS, "nobody@example.org")]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, "/mijn-gegevens/verstuurd/")}
    mails = OutgoingMail.objects.filter(kind="privacy.address_link")
    texts = {re.sub(r"/open/\S+", "", mail.text) for mail in mails}
    assert (mails.count(), len(texts)) == (2, 1)
    page = text_of(proven("nobody@example.org").get(PAGE, headers={"accept-language": "en"}))
    assert "Messages we sent" in page, "only the mail with the link"
    assert "Your orders" not in page


def test_the_link_needs_its_button_and_says_no_address(world: World) -> None:
    link = link_for(HERS)
    assert "ndl" not in link
    browser = Browser()
    assert browser.get(link).status_code == 200
    assert "ndl-name" not in browser.get(PAGE).content.decode(), "a program that opens links sees nothing"


def test_the_link_works_for_a_day_and_its_address_is_forgotten(world: World, clock: time_machine.Traveller) -> None:
    link = link_for(HERS)
    clock.move_to(NOW + timedelta(hours=24) - timedelta(seconds=1))
    assert Browser().get(link).status_code == 200
    clock.move_to(NOW + timedelta(hours=24))
    assert Browser().post(link).status_code == 410
    run_sweep(now=NOW + timedelta(hours=24))
    assert not AddressProof.objects.exists()


@pytest.mark.parametrize("token", ["x", "%00", "a" * 3000])
def test_a_forged_link_is_over(world: World, token: str) -> None:
    for page in ("open", "export"):
        assert Browser().post(f"{PAGE}{page}/{token}/").status_code == 410


def test_the_page_closes_after_an_hour_and_by_its_button(world: World, clock: time_machine.Traveller) -> None:
    browser = proven(HERS)
    assert browser.post(f"{PAGE}sluiten/")["Location"] == PAGE
    assert "ndl-name" not in browser.get(PAGE).content.decode()
    browser = proven(HERS)
    clock.move_to(NOW + timedelta(minutes=59))
    assert "ndl-name" in browser.get(PAGE).content.decode()
    clock.move_to(NOW + timedelta(hours=1))
    assert "ndl-name" not in browser.get(PAGE).content.decode()


def test_a_code_shows_what_belongs_to_it_and_no_order_of_an_address(world: World) -> None:
    browser = enter(Browser(), world.typed)
    page = text_of(browser.get(PAGE))
    assert "ndl-name" not in page
    assert "ndl-typed" not in page
    own = text_of(browser.get(PAGE, headers={"accept-language": "en"}))
    assert "the codes you entered" in own


def test_a_stranger_sees_how_to_show_who_they_are(world: World) -> None:
    page = text_of(Browser().get(PAGE))
    assert "autoriteitpersoonsgegevens.nl" in page
    assert "ndl-" not in page


def test_an_account_shows_its_own(world: World) -> None:
    answer = browser_of(world.customer).get(PAGE)
    person = answer.context["person"]
    assert (person.user_id, person.email) == (world.customer.pk, world.customer.email)
    unproven = User.objects.create_user("somebody@example.org", "x")
    assert browser_of(unproven).get(PAGE).context["person"].email == ""


def test_a_mailbox_is_not_filled_and_a_school_behind_one_address_gets_its_links(world: World) -> None:
    statuses = [Browser().post(PAGE, {"email": HERS}).status_code for _ in range(PER_MAILBOX + 1)]
    assert statuses == [302] * PER_MAILBOX + [429]
    others = [Browser().post(PAGE, {"email": f"p{n}@example.org"}).status_code for n in range(PER_ADDRESS)]
    assert others.count(302) == PER_ADDRESS - PER_MAILBOX - 1


def test_without_the_cache_a_right_is_not_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise NoRedis

    monkeypatch.setattr(cache, "add", away)
    assert Browser().post(PAGE, {"email": HERS}).status_code == 302


@pytest.mark.clauses("P92")
@pytest.mark.parametrize("right", ["access", "portability", "rectification", "objection", "restriction", "erasure"])
def test_every_right_is_used_from_the_own_page_once(world: World, right: str) -> None:
    browser = proven(HERS)
    page = f"{PAGE}recht/{right}/"
    shown = text_of(browser.get(page))
    form = {"token": str(uuid4()), "text": "Mijn naam is anders."}
    assert 'name="email"' not in shown, "the address is proven: the answer goes there"
    RightsRequest.objects.all().delete()
    for _ in range(2):
        assert browser.post(page, form)["Location"] == PAGE
    row = RightsRequest.objects.get()
    assert (row.right, row.proof, row.email, row.channel) == (right, "link", HERS, "site")
    assert row.person == {"code_ids": [], "user_id": None, "email": HERS}
    assert Export.objects.count() == (right in {"access", "portability"})
    assert text_of(browser.get(PAGE)).count(str(row.get_right_display()).capitalize()) == 1


def test_a_code_holder_says_where_we_answer(world: World) -> None:
    browser = enter(Browser(), world.typed)
    page = f"{PAGE}recht/access/"
    assert browser.post(page, {"token": str(uuid4())}).status_code == 422
    assert browser.post(page, {"token": str(uuid4()), "email": "b@example.org"}).status_code == 302
    row = RightsRequest.objects.latest("pk")
    assert (row.proof, row.email, row.person["code_ids"]) == ("code", "b@example.org", [world.code.pk])
    assert row.person["email"] == "", "an address somebody typed is not proven"


def test_nothing_typed_is_lost_when_the_hour_is_over(world: World, clock: time_machine.Traveller) -> None:
    browser = proven(HERS)
    clock.move_to(NOW + timedelta(hours=2))
    answer = browser.post(f"{PAGE}recht/rectification/", {"token": str(uuid4()), "text": "Ik heet Noor."})
    assert answer.status_code == 422
    assert "Ik heet Noor." in answer.content.decode()
    assert RightsRequest.objects.count() == 1, "the one of the world"


@pytest.mark.parametrize("right", ["nothing", "%00", "erasure%00"])
def test_an_unknown_right_is_nothing(world: World, right: str) -> None:
    assert proven(HERS).get(f"{PAGE}recht/{right}/").status_code == 404


ODD = ["\x00", "a\x00b", "\x1b[31m\r\nBcc: x@example.org", "\u202e\ud7ff\uffff", "9" * 6000, "²", "<b>"]


@pytest.mark.parametrize("odd", ODD)
def test_what_no_keyboard_types_is_answered(world: World, odd: str) -> None:
    browser = proven(HERS)
    assert browser.post(PAGE, {"email": odd}).status_code in {302, 422, 429}
    fields = {"token": str(uuid4()), "text": "x"}
    for name in fields:
        answer = browser.post(f"{PAGE}recht/objection/", {**fields, name: odd})
        assert answer.status_code in {302, 422}, name
    holder = enter(Browser(), code_of(world.studio, world.studio.chris))
    answer = holder.post(f"{PAGE}recht/access/", {"token": str(uuid4()), "email": odd})
    assert answer.status_code == 422


def test_the_pages_are_for_no_search_engine_and_no_cache(world: World) -> None:
    answer = proven(HERS).get(PAGE)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]


def test_staff_who_look_see_themselves_only(world: World) -> None:
    page = text_of(browser_of(hire(email="staff-only@example.org")).get(PAGE))
    assert "ndl-" not in page


def test_a_holder_of_a_code_cannot_fill_a_mailbox_with_requests(world: World) -> None:
    holder, victim = enter(Browser(), world.typed), "somebody.else@example.org"

    def send(email: str) -> int:
        return holder.post(f"{PAGE}recht/access/", {"token": str(uuid4()), "email": email}).status_code

    assert [send(victim) for _ in range(REQUESTS_PER_MAILBOX)] == [302] * REQUESTS_PER_MAILBOX
    assert send(victim) == 429
    assert RightsRequest.objects.filter(email=victim).count() == REQUESTS_PER_MAILBOX
    assert send("another@example.org") == 302
    others = [send(f"p{number}@example.org") for number in range(PER_ADDRESS)]
    assert others.count(302) == PER_ADDRESS - REQUESTS_PER_MAILBOX - 2
