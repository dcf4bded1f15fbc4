"""No screen shows what its role does not need: every personal field holds a word of its own, and every page of the
back office that a role may open is read for them (P08)."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client as Browser

from galleries.codes import written as as_on_card
from galleries.models import Client
from tests.galleries.studio import NOW

from .access_matrix import MATRIX
from .test_access_matrix import address, browser_for
from .world import World, build_world

CONTACT = {"name", "street", "zip", "city"}
DELIVERY = {"salut", "email", "phone", "note", "photolabel"}
MESSAGE = {"askname", "askmail", "asktext", "answer"}
COMPLAINT = {"casename", "casemail", "casetext", "told"}
REQUEST = {"rightsname", "rightsmail", "rightstext", "rightsanswer"}
# Whom we speak to at a client, and what was written.
AT_CLIENT = {"contactname", "contactmail", "contactphone", "contactrole", "clienttext"}
# How a client is reached, and what its invoice says.
CLIENT = {"clientname", "clientmail", "clientstreet", "clzip", "clientcity", "kvk", "vat"}
REVIEW = {"reviewtext", "reviewname", "reviewmail", "agreedwhere", "agreedwords", "ouranswer"}
ARCHIVE = {"old-name", "old-street", "old-zip", "old-city", "old-email"}
RELATION = {"relname", "relmail", "relstreet", "relzip", "relcity", "relorder"}
REMOVAL = {"remref", "remnote", "remmail"}
SEEN_BY = {
    "front desk": {
        *CLIENT,
        *AT_CLIENT,
        *CONTACT,
        *DELIVERY,
        *MESSAGE,
        *COMPLAINT,
        *RELATION,
        *REVIEW,
        "mailto",
        "the code",
        "extref",
        *REMOVAL,
    },
    "photographer": {"clientname"},
    "administration": {*CONTACT, *ARCHIVE, *CLIENT, "provider-ref"},
    "privacy owner": {*COMPLAINT, *REQUEST, *REVIEW, "hold", "restriction", "authority", "law", "what"},
    "superuser": {
        *CLIENT,
        *AT_CLIENT,
        *CONTACT,
        *DELIVERY,
        *MESSAGE,
        *COMPLAINT,
        *REQUEST,
        *RELATION,
        *REVIEW,
        "mailto",
        "the code",
        "extref",
        *REMOVAL,
        "provider-ref",
        "hold",
        "restriction",
        "authority",
        "law",
        "what",
    },
}
# Nobody's business on any screen: what mails say, and what the archive has no use for (A12, P43).
SEEN_BY_NOBODY = {
    "objected",
    "mailsubject",
    "mailtext",
    "mailhtml",
    "rightsperson",
    "restrictedmail",
    "proofmail",
    "exported",
    "old-salut",
    "old-phone",
    "old-note",
    "remindmail",
}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        made = build_world()
        Client.objects.update(
            name="ndl-clientname",
            email="ndl-clientmail@example.org",
            street="ndl-clientstreet",
            postcode="ndl-clzip",
            city="ndl-clientcity",
            kvk_number="ndl-kvk",
            vat_number="ndl-vat",
        )
        yield made


def words_seen(actor: str, world: World, again: Browser | None = None) -> set[str]:
    """Every planted word on any page of the back office that opens for this actor; asked again with the same browser,
    the page of a row that is out of sight by now is passed over."""
    browser = again or browser_for(actor, world)
    seen: set[str] = set()
    for row in MATRIX:
        if not row.name.startswith("admin:") or row.method != "GET" or row.statuses[actor] != "200":
            continue
        response = browser.get(address(row.name, world))
        if again and response.status_code != 200:
            continue
        if "text/html" not in response["Content-Type"]:
            b"".join(response)
            continue
        page = response.content.decode()
        seen.update(re.findall(r"ndl-((?:old-)?[a-z]+(?:-ref)?)", page))
        if as_on_card(world.typed) in page or world.typed in page:
            seen.add("the code")
    return seen


@pytest.mark.clauses("P08")
@pytest.mark.parametrize("actor", SEEN_BY)
def test_a_role_sees_what_its_work_needs_and_nothing_else(actor: str, world: World) -> None:
    assert words_seen(actor, world) == SEEN_BY[actor]


def test_the_table_leaves_no_planted_word_out(world: World) -> None:
    known = set().union(*SEEN_BY.values(), SEEN_BY_NOBODY)
    order_words = {"salut", "name", "street", "zip", "city", "email", "phone", "note", "photolabel"}
    assert order_words | {f"old-{word}" for word in order_words - {"photolabel"}} <= known


def test_finding_a_person_needs_the_front_desk_and_leaves_no_name_in_an_address(world: World) -> None:
    desk = browser_for("front desk", world)
    page = desk.post("/beheer/shop/order/find/", {"q": "ndl-NAME"})
    assert world.order.number in page.content.decode()
    assert world.old_order.number not in page.content.decode(), "the archive is not searched"
    # The list's own search stands in the address, so it knows only what names nobody.
    assert world.order.number not in desk.get("/beheer/shop/order/?q=ndl-name").content.decode()
    assert desk.get(f"/beheer/shop/order/?q={world.order.number}").status_code == 200


@pytest.mark.parametrize("actor", ["front desk", "administration", "superuser"])
@pytest.mark.parametrize("lookup", ["phone__startswith", "email__contains", "lines__photo_label__contains", "name"])
def test_the_address_bar_answers_no_question_about_a_field(actor: str, lookup: str, world: World) -> None:
    answer = browser_for(actor, world).get(f"/beheer/shop/order/?{lookup}=ndl")
    assert answer.status_code == 400
