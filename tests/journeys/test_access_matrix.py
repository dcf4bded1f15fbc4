"""Every address of the site, asked by everybody: what `access_matrix.py` says is what happens, and it says it all."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.roles import Role
from accounts.unsubscribe import unsubscribe_url
from common import links
from galleries.emails import FORGET_PURPOSE
from galleries.proofs import VIEWER_COOKIE, image_url
from privacy.actions import exports, proofs
from privacy.rights.emails import PROOF_PURPOSE
from reviews.emails import LINK_PURPOSE as REVIEW_LINK
from shop.emails import order_token
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW, enter

from .access_matrix import ACTORS, MATRIX, Row
from .account_rows import account_arguments
from .world import World, build_world

VIEWER = "0" * 32
# Own pages that belong to a list, not to a row.
PAGES_OF_LISTS = (
    "_contact_find",
    "_change_done",
    "_complaint_record",
    "_review_record",
    "_order_find",
    "_order_transfer",
    "_relation_objection",
    "_rightsrequest_record",
    "_rightsrequest_recorded",
    "_suppression_review",
    "_suppression_withdraw",
    "_sweeprun_release",
)
# Names that Django gives nothing: the admin's redirect from a row's bare address, and its answer to anything else.
NAMELESS = {"<path:object_id>/": "bare", "(?P<url>.*)$": "anything_else"}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield build_world()


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The name of every address, as the matrix writes it."""
    before = ""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from names(entry, inner)
        else:
            yield namespace + (entry.name or f"{before}{NAMELESS[str(entry.pattern)]}")
        # A model's nameless redirect follows its change page.
        before = _model_of(entry)


def _model_of(entry: URLPattern | URLResolver) -> str:
    name = getattr(entry, "name", None) or ""
    return name.removesuffix("change") if name.endswith("_change") else ""


def address(name: str, world: World) -> str:
    """The address of the row of the world that the name is about."""
    if name == "admin:anything_else":
        return "/beheer/nothing/here/"
    if name.endswith("_bare"):
        return reverse(f"{name.removesuffix('_bare')}_change", args=[_row_of(name, world)]).removesuffix("change/")
    return reverse(name, kwargs=_arguments(name, world))


def _arguments(name: str, world: World) -> dict[str, object]:
    own: dict[str, object] = {"code_id": world.code.public_id}
    order: dict[str, object] = {"public_id": world.order.public_id}
    special: dict[str, dict[str, object]] = {
        **account_arguments(world.customer),
        "galleries:gallery": own,
        "galleries:photo": {**own, "photo_id": world.photos["anna"].public_id},
        "galleries:delete": {**own, "photo_id": world.photos["anna"].public_id},
        "galleries:ask": {**own, "photo_id": world.photos["group"].public_id},
        "galleries:case": {**own, "case_id": world.case.public_id},
        "galleries:delete_all": own,
        "galleries:deleted": own,
        "galleries:keep": own,
        "galleries:withdraw": own,
        "galleries:remind": own,
        "galleries:held": own,
        "galleries:forget_addresses": own,
        "galleries:forget": {"token": links.sign(FORGET_PURPOSE, str(world.reminder.public_id))},
        "galleries:image": _proof(world),
        "relations:mail_events": {"provider": "postmark"},
        "relations:unsubscribe": {"token": unsubscribe_url(world.relation).split("/")[-2]},
        "shop:order_link": {"token": order_token(world.order)},
        "shop:order": order,
        "shop:correct": order,
        "shop:pay": order,
        "shop:paid": order,
        "shop:download": {**order, "file_id": world.download.public_id},
        "shop:notify": {"provider": "demo"},
        "shop:demo_pay": {"reference": "demo_ref"},
        "privacy:export": {"token": links.sign(exports.PURPOSE, str(world.export.public_id))},
        "privacy:open_address": {"token": links.sign(proofs.PURPOSE, str(world.address_proof.public_id))},
        "privacy:use_right": {"right": "access"},
        "privacy:prove_request": {"token": links.sign(PROOF_PURPOSE, str(world.rights_request.public_id))},
        "privacy:versions": {"key": "statement"},
        "privacy:comparison": {"key": "statement"},
        "privacy:version": {"key": "statement", "number": "2026-11"},
        "reviews:own": {"token": links.sign(REVIEW_LINK, str(world.review.public_id))},
        "complaints:complain": {"order_id": world.order.public_id},
        "demo:message": {"public_id": world.mail.public_id},
        "demo:message_html": {"public_id": world.mail.public_id},
        "admin:accounts_campaign_message": {"object_id": world.rows["accounts_campaign"], "language": "nl"},
        "admin:app_list": {"app_label": "shop"},
        "admin:galleries_assignment_unlink": {
            "object_id": world.studio.assignment.pk,
            "link_id": world.rows["galleries_contactlink"],
        },
        "admin:galleries_assignmentmessage_attachment": {
            "object_id": world.rows["galleries_assignmentmessage"],
            "attachment_id": world.rows["galleries_messageattachment"],
        },
        "admin:shop_order_move": {"object_id": world.order.pk, "after": "in_production"},
        "admin:shop_order_print_file": {"object_id": world.order.pk, "line_id": world.line.pk},
    }
    if name in special:
        return special[name]
    is_about_row = name.startswith("admin:") and name.count("_") >= 2 and not name.endswith(("_add", "_changelist"))
    is_page_of_list = name.endswith(PAGES_OF_LISTS)
    return {"object_id": _row_of(name, world)} if is_about_row and not is_page_of_list else {}


def _row_of(name: str, world: World) -> int:
    app, model = name.removeprefix("admin:").split("_")[:2]
    return world.rows[f"{app}_{model}"]


def _proof(world: World) -> dict[str, object]:
    name = world.photos["anna"].thumbnail_name
    url = image_url(name, viewer=VIEWER, now=NOW, expires_at=NOW + timedelta(days=1))
    _, _, last, given, _ = url.split("/", 4)
    return {"last": last, "given": given, "name": name}


def browser_for(actor: str, world: World) -> Browser:
    if actor == "superuser":
        return at_work(is_superuser=True)
    if actor.replace(" ", "_") in Role.values:
        return at_work(Role(actor.replace(" ", "_")))
    browser = Browser()
    if actor == "owner":
        enter(browser, world.typed)
        browser.cookies[VIEWER_COOKIE] = VIEWER
        browser.get(address("shop:order_link", world))
    elif actor == "other code":
        enter(browser, world.other_typed)
    elif actor == "customer":
        browser.force_login(world.customer)
    return browser


def answer(browser: Browser, row: Row, world: World) -> HttpResponseBase:
    """What this browser gets; whatever the request changed is undone, so that no line depends on another."""
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    with transaction.atomic():
        response = browser.generic(row.method, address(row.name, world))
        # Files are streamed; reading them here ends them.
        b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    browser.cookies.clear()
    for name, value in cookies.items():
        browser.cookies[name] = value
    return response


def written(response: HttpResponseBase) -> str:
    """The status as the matrix writes it."""
    if response.status_code == 302 and response["Location"].startswith("/beheer/login/"):
        return "login"
    return str(response.status_code)


def test_every_address_of_the_site_stands_in_the_matrix() -> None:
    assert {row.name for row in MATRIX} == set(names(get_resolver()))


@pytest.mark.clauses("P08", "P36")
@pytest.mark.parametrize("actor", ACTORS)
def test_each_answer_is_what_the_matrix_says(actor: str, world: World) -> None:
    browser = browser_for(actor, world)
    asked = {(row.name, row.method): written(answer(browser, row, world)) for row in MATRIX}
    expected = {(row.name, row.method): row.statuses[actor] for row in MATRIX}
    assert asked == expected
