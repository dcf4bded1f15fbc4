"""What each role is for, as its day goes: by the pages and forms of the back office, and nothing beside them."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.roles import Role
from galleries.models import Assignment
from privacy.models import Restriction, RightsRequest
from shop.models import Invoice, Order
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW, code_of, enter, fill, open_studio

from .pages import Page, PageForm
from .world import World, build_world


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield build_world()


def fill_in(browser: Browser, address: str, *, having: str = "", **typed: str) -> Page:
    """Open a page, fill in the form that has this field (or the last one, which only asks), and send it."""
    page = Page(browser.get(address))
    assert page.status == 200, address
    form: PageForm = page.form(having=having) if having else page.question()
    sent = Page(browser.post(form.action or address, {**form.values, **typed}, follow=True))
    assert sent.status == 200, sent.text
    return sent


def test_a_visitor_reads_asks_and_sees_no_photo(world: World) -> None:
    visitor = Browser()
    home = Page(visitor.get("/"))
    for name in ("privacy:statement", "privacy:rights", "privacy:cookies", "privacy:terms", "reviews:list"):
        assert Page(visitor.get(reverse(name))).status == 200
    assert reverse("privacy:statement") in home.links

    contact = reverse("complaints:contact")
    assert fill_in(visitor, contact, having="text", topic="question", email="x@example.org", text="When?").text

    gallery = reverse("galleries:gallery", args=[world.code.public_id])
    assert visitor.get(gallery).status_code == 404
    assert visitor.get(reverse("shop:order", args=[world.order.public_id])).status_code == 404


def test_the_photographer_puts_photos_online_and_knows_nobody(db: None) -> None:
    with time_machine.travel(NOW, tick=False):
        studio = open_studio()
        fill(studio)
        photographer = at_work(Role.PHOTOGRAPHER)
        assert Page(photographer.get("/beheer/")).status == 200

        fill_in(photographer, reverse("admin:galleries_assignment_publish", args=[studio.assignment.pk]))

        assert Assignment.objects.get(pk=studio.assignment.pk).published_at == NOW
        parent = enter(Browser(), code_of(studio, studio.anna))
        assert Page(parent.get("/", follow=True)).status == 200
        assert photographer.get(reverse("admin:galleries_logincode_changelist")).status_code == 403
        assert photographer.get(reverse("admin:shop_order_changelist")).status_code == 403


def test_the_front_desk_finds_an_order_makes_it_and_answers(world: World) -> None:
    desk = at_work(Role.FRONT_DESK)

    found = fill_in(desk, reverse("admin:shop_order_find"), having="q", q=world.order.email)
    assert world.order.number in found.text
    fill_in(desk, reverse("admin:shop_order_move", args=[world.order.pk, "in_production"]))
    assert Order.objects.get(pk=world.order.pk).state == "in_production"

    asked = world.rows["complaints_contactmessage"]
    answer = reverse("admin:complaints_contactmessage_answer", args=[asked])
    fill_in(desk, answer, having="text", text="Your prints leave tomorrow.")
    again = Page(desk.get(reverse("admin:complaints_contactmessage_change", args=[asked])))
    assert "Your prints leave tomorrow." in again.text
    assert desk.get(reverse("admin:shop_archivedorder_changelist")).status_code == 403

    taken = fill_in(
        desk,
        reverse("admin:privacy_rightsrequest_record"),
        having="received_on",
        right="erasure",
        channel="phone",
        received_on="2026-10-20",
        name="Fenna Dijk",
        text="All of it.",
        language="en",
    )
    number = RightsRequest.objects.latest("pk").pk
    assert f"als nummer {number}" in taken.text
    assert reverse("admin:privacy_rightsrequest_recorded") in Page(desk.get("/beheer/")).links
    assert "Fenna" not in taken.text


def test_the_administration_books_a_transfer_and_reads_the_archive(world: World) -> None:
    Order.objects.filter(pk=world.order.pk).update(
        state="placed", paid_at=None, payment_method="transfer", payment_reference="RF18ABCD"
    )
    Invoice.objects.filter(order=world.order).delete()
    books = at_work(Role.ADMINISTRATION)

    fill_in(books, reverse("admin:shop_order_transfer"), having="reference", reference="RF18ABCD", amount="12,50")
    assert Order.objects.get(pk=world.order.pk).state == "paid"
    assert Invoice.objects.filter(order=world.order).count() == 1

    archive = Page(books.get(reverse("admin:shop_archivedorder_changelist")))
    assert world.old_order.number in archive.text
    assert books.get(reverse("admin:privacy_rightsrequest_changelist")).status_code == 403


def test_the_privacy_owner_answers_a_right_and_restricts_an_order(world: World) -> None:
    owner = at_work(Role.PRIVACY_OWNER)
    record = reverse("admin:privacy_rightsrequest_record")
    fill_in(
        owner,
        record,
        having="received_on",
        right="objection",
        channel="phone",
        received_on="2026-10-20",
        email="somebody@example.org",
        text="No advertising, please.",
        language="en",
    )
    taken = RightsRequest.objects.latest("pk")
    assert (taken.right, taken.email) == ("objection", "somebody@example.org")

    kind = {"kind": "shop.order", "object_id": str(world.order.pk), "reason": "case 12"}
    fill_in(owner, reverse("admin:privacy_restriction_add"), having="object_id", **kind)
    assert Restriction.objects.filter(kind="shop.order", object_id=world.order.pk, lifted_at=None).exists()
    desk = at_work(Role.FRONT_DESK)
    assert desk.get(reverse("admin:shop_order_change", args=[world.order.pk])).status_code in {302, 403, 404}
    assert owner.get(reverse("admin:shop_order_changelist")).status_code == 403
