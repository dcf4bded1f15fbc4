"""The whole first story, through the pages and commands that people use, up to the last trace of it."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.roles import Role
from galleries.codes import ALPHABET, new_code, written
from galleries.models import (
    Acceptance,
    Assignment,
    AssignmentMessage,
    Client,
    Contact,
    Group,
    LoginCode,
    Photo,
    Rendition,
    Subject,
    Tombstone,
)
from privacy.models import OutgoingMail, StoredObject, SweepRun
from shop.models import Draft, DraftDetails, Invoice, Order, OrderFile, OrderLine, PaymentStub, Product
from shop.states import State
from tests.privacy.agreements import agree_with_all

from .people import AT_CLIENT, NEEDLES, TYPED, Parent, Staff, Visitor, Worker, import_card, moment, newest_mail_to
from .traces import stored_files, traces

Browsers = Callable[[], Visitor]
A38 = {"salutation", "name", "street", "postcode", "city", "email", "phone", "delivery_note"}
TICKS = ("file_consent", "file_waiver")
BUTTON = "Bestelling met betalingsverplichting"

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(visitor: Browsers, clock: time_machine.Traveller) -> Staff:
    return Staff.hire(visitor(), Role.FRONT_DESK)


@pytest.fixture
def codes(desk: Staff, worker: Worker, card: Path) -> dict[str, str]:
    """An assignment that staff made, filled from the camera's card, and published: code by number."""
    agree_with_all(now=timezone.now())
    assignment_id = make_assignment(desk)
    manifest = import_card(assignment_id, card)
    assert "7" in manifest
    page = desk.agree(reverse("admin:galleries_assignment_publish", args=[assignment_id]))
    assert page.status == 200
    worker.run()
    return desk.codes(assignment_id)


def make_assignment(desk: Staff) -> int:
    """A client, an assignment with the standard term, and three subjects in a class, through the back office."""
    desk.fill_in(
        reverse("admin:galleries_client_add"),
        having="email",
        kind="private",
        name="Needleclient",
        email="needleclient@example.com",
    )
    client = Client.objects.get()
    desk.fill_in(
        reverse("admin:galleries_assignment_add"), having="title", client=str(client.pk), title="Needletitle of a class"
    )
    assignment = Assignment.objects.get()
    roster = reverse("admin:galleries_assignment_roster", args=[assignment.pk])
    lines = "\n".join(f"{number};needleclass" for number in ("NR-4711", "NR-4712", "NR-4713"))
    desk.fill_in(roster, having="lines", lines=lines)
    assert Subject.objects.filter(group__name="needleclass").count() == 3
    agree_with_client(desk, assignment.pk)
    return assignment.pk


def agree_with_client(desk: Staff, assignment_id: int) -> None:
    """A contact person of the client, who wrote something and accepts the terms."""
    desk.fill_in(
        reverse("admin:galleries_assignment_contact", args=[assignment_id]),
        having="phone",
        name="Needlecontact Needlesurname",
        email="needlecontact@example.com",
        phone="0187 919293",
    )
    contact = str(Contact.objects.get().pk)
    papers = {
        "accept": {"having": "means", "contact": contact, "means": "email"},
        "message": {
            "having": "direction",
            "contact": contact,
            "direction": "in",
            "text": "Bel 0187-919293, Needlecontact",
        },
    }
    for name, said in papers.items():
        page = desk.fill_in(reverse(f"admin:galleries_assignment_{name}", args=[assignment_id]), **said)
        assert page.status == 200
    assert Acceptance.objects.get().contact == AssignmentMessage.objects.get().contact == Contact.objects.get()


def typo_of(code: str) -> str:
    other = ALPHABET[(ALPHABET.index(code[0]) + 1) % len(ALPHABET)]
    return other + code[1:]


def enter(browser: Visitor, code: str) -> Parent:
    parent = Parent(browser)
    assert parent.enter(code).status == 200
    return parent


def order_by_transfer(parent: Parent, product: Product) -> Order:
    parent.put_in_basket(parent.photo_pages()[0], product)
    page = parent.check_out(method="transfer")
    assert page.status == 200, page.text
    return Order.objects.latest("pk")


def night_at(worker: Worker, text: str) -> SweepRun:
    """Go to a moment and let the night happen; it must be green and leave nothing."""
    worker.clock.move_to(moment(text))
    worker.night()
    run = SweepRun.objects.latest("pk")
    assert run.clock == timezone.now()
    assert run.status == SweepRun.Status.GREEN
    call_command("retention", "verify", stdout=io.StringIO())
    return run


@pytest.mark.clauses("P25")
def test_a_code_is_forgiven_its_looks_but_not_its_letters(codes: dict[str, str], visitor: Browsers) -> None:
    code, parent = codes["NR-4711"], Parent(visitor())
    mistyped = parent.enter(typo_of(code))
    assert mistyped.status == 422
    unknown = parent.enter(written(new_code()))
    assert unknown.status == 422
    assert mistyped.response.context["form"].errors != unknown.response.context["form"].errors
    assert parent.gallery is None
    assert parent.enter(code.replace("-", " ").lower()).status == 200
    # The code itself never stands in an address.
    assert parent.gallery is not None
    assert code not in str(parent.gallery.response.redirect_chain)


def test_a_parent_sees_the_photos_of_the_child_and_of_the_class_and_until_when(
    codes: dict[str, str], visitor: Browsers
) -> None:
    parent = enter(visitor(), codes["NR-4711"])
    assert parent.gallery is not None
    pictures = [source for source in parent.gallery.images if "/beeld/" in source]
    assert len(pictures) == 3, "two portraits and the photo of the class"
    assert "1 april 2027" in parent.gallery.text
    for source in pictures:
        _status, content = parent.browser.fetch(source)
        with Image.open(io.BytesIO(content)) as shown:
            assert max(shown.size) == 400
            assert not shown.getexif()
            assert "comment" not in shown.info
        assert visitor().fetch(source)[0] == 404, "a copied address is worthless in another browser"


@pytest.mark.clauses("P36")
def test_another_code_opens_nothing_of_this_child(codes: dict[str, str], visitor: Browsers) -> None:
    mine, other = enter(visitor(), codes["NR-4711"]), enter(visitor(), codes["NR-4712"])
    portrait = mine.photo_pages()[0]
    assert other.browser.get(portrait).status_code == 404
    assert visitor().get(portrait).status_code == 404


@pytest.mark.clauses("P52")
def test_a_basket_waits_three_weeks_for_the_code_and_not_a_moment_longer(
    codes: dict[str, str],
    visitor: Browsers,
    products: dict[str, Product],
    worker: Worker,
) -> None:
    first = enter(visitor(), codes["NR-4711"])
    first.put_in_basket(first.photo_pages()[0], products["print"], 2)
    first.put_in_basket(first.photo_pages()[1], products["file"])
    first.browser.post(reverse("galleries:leave"))
    assert "Afdruk" not in first.basket().text

    worker.clock.shift(timedelta(days=20, hours=23))
    later = enter(visitor(), codes["NR-4711"])
    assert "Afdruk" in later.basket().text
    assert "Bestand" in later.basket().text

    worker.clock.shift(timedelta(hours=1))
    assert "Afdruk" not in enter(visitor(), codes["NR-4711"]).basket().text, "the three weeks are over, whoever came by"
    assert Draft.objects.exists()
    night_at(worker, "2027-03-23T03:15")
    assert not Draft.objects.exists()
    assert Photo.objects.count() == 7, "the photos have their whole month"


def test_what_one_browser_typed_is_not_shown_in_another(
    codes: dict[str, str], visitor: Browsers, products: dict[str, Product]
) -> None:
    first = enter(visitor(), codes["NR-4711"])
    first.put_in_basket(first.photo_pages()[0], products["print"])
    page = first.browser.open(reverse("shop:checkout"))
    first.browser.submit(page.form(having="email"), page, name=TYPED["name"])
    assert TYPED["name"] in first.browser.open(reverse("shop:checkout")).text
    other = enter(visitor(), codes["NR-4711"])
    page = other.browser.open(reverse("shop:checkout"))
    assert page.status == 200
    assert TYPED["name"] not in page.text


@pytest.mark.clauses("P38", "P65")
def test_the_checkout_asks_exactly_what_it_may(
    codes: dict[str, str], visitor: Browsers, products: dict[str, Product]
) -> None:
    parent = enter(visitor(), codes["NR-4711"])
    parent.put_in_basket(parent.photo_pages()[0], products["print"])
    form = parent.browser.open(reverse("shop:checkout")).form(having="email")
    assert form.offered - {"csrfmiddlewaretoken", "token", "shown"} == A38 | {"payment_method", "refused_marketing"}
    assert not form.ticked, "nothing is ticked beforehand"
    parent.put_in_basket(parent.photo_pages()[1], products["file"])
    page = parent.browser.open(reverse("shop:checkout"))
    form = page.form(having="email")
    assert form.offered >= set(TICKS)
    assert not form.ticked
    assert BUTTON in form.buttons
    refused = parent.check_out(method="demo")
    assert refused.status == 422, "a file needs its two ticks"
    assert not Order.objects.exists()


def test_the_webhook_may_come_before_the_buyer(
    codes: dict[str, str], visitor: Browsers, products: dict[str, Product], worker: Worker
) -> None:
    parent = enter(visitor(), codes["NR-4711"])
    parent.put_in_basket(parent.photo_pages()[0], products["print"])
    back = parent.pay(parent.check_out(method="demo"))
    assert "shop.send_demo_webhook" in worker.names()
    worker.run()
    assert Order.objects.get().state == State.PAID
    assert parent.browser.open(back).status == 200
    assert Invoice.objects.count() == 1


def test_the_buyer_may_come_back_before_the_webhook(
    codes: dict[str, str], visitor: Browsers, products: dict[str, Product], worker: Worker
) -> None:
    parent = enter(visitor(), codes["NR-4711"])
    parent.put_in_basket(parent.photo_pages()[0], products["print"])
    back = parent.pay(parent.check_out(method="demo"))
    assert parent.browser.open(back).status == 200
    assert Order.objects.get().state == State.PAID
    paid_at = Order.objects.get().paid_at
    worker.run()
    worker.run()
    assert Order.objects.get().paid_at == paid_at
    assert Invoice.objects.count() == 1
    assert [mail.kind for mail in OutgoingMail.objects.filter(to=TYPED["email"])].count("shop.paid") == 1


def test_a_failed_payment_can_be_tried_again(
    codes: dict[str, str], visitor: Browsers, products: dict[str, Product], worker: Worker
) -> None:
    parent = enter(visitor(), codes["NR-4711"])
    parent.put_in_basket(parent.photo_pages()[0], products["print"])
    page = parent.browser.open(parent.pay(parent.check_out(method="demo"), outcome="failed"))
    assert Order.objects.get().state == State.PLACED
    order = Order.objects.get()
    retry = page.forms_to(reverse("shop:pay", args=[order.public_id]))[0]
    bank = parent.browser.submit(retry, page)
    parent.browser.open(parent.pay(bank))
    worker.run()
    assert Order.objects.get().state == State.PAID


def test_only_the_buyer_sees_the_order(codes: dict[str, str], visitor: Browsers, products: dict[str, Product]) -> None:
    parent = enter(visitor(), codes["NR-4711"])
    order = order_by_transfer(parent, products["print"])
    address = reverse("shop:order", args=[order.public_id])
    assert parent.browser.get(address).status_code == 200
    assert enter(visitor(), codes["NR-4711"]).browser.get(address).status_code == 404, "a card may be in two hands"
    assert visitor().get(address).status_code == 404


def test_importing_the_same_card_again_brings_nothing_twice(codes: dict[str, str], card: Path) -> None:
    before = set(Photo.objects.values_list("public_id", flat=True))
    import_card(Assignment.objects.get().pk, card)
    assert set(Photo.objects.values_list("public_id", flat=True)) == before


@pytest.mark.clauses("P17", "P23", "P37", "P42", "P43", "P54", "P56", "P58")
def test_from_the_shoot_to_the_last_trace(
    codes: dict[str, str],
    desk: Staff,
    visitor: Browsers,
    products: dict[str, Product],
    worker: Worker,
) -> None:
    worker.clock.shift(timedelta(days=9))
    buyer = enter(visitor(), codes["NR-4711"])
    order = buy_print_and_file(buyer, products, worker)
    unpaid = order_by_transfer(enter(visitor(), codes["NR-4712"]), products["print"])
    reference, total = unpaid.payment_reference, unpaid.total_cents
    leave_a_basket(enter(visitor(), codes["NR-4713"]), products)
    assert {found.rpartition(": ")[2] for found in traces(NEEDLES)} == set(NEEDLES), "all of it can be found until then"
    written_codes = [*codes.values(), *(code.replace("-", "") for code in codes.values())]
    assert traces(written_codes) == [], "a code is written down nowhere"

    deliver(desk, order, worker)
    download_one(buyer, order)

    mail_and_drafts_go(worker)
    unpaid_orders_become_stubs(worker, unpaid, reference, total)
    photos_expire(worker, codes, visitor)
    file_lapses(worker, buyer, order)
    half_a_year_passes(worker, order)
    who_spoke_for_the_client_is_forgotten(worker)
    seven_years_pass(worker, order)


def who_spoke_for_the_client_is_forgotten(worker: Worker) -> None:
    worker.complete_assignments()
    assert Assignment.objects.get().completed_at == moment("2027-04-02T00:00"), "with the end of the term"
    night_at(worker, "2030-04-01T03:15")
    assert len(traces(AT_CLIENT)) >= len(AT_CLIENT)
    night_at(worker, "2030-04-02T03:15")
    assert traces(AT_CLIENT) == []
    night_at(worker, "2031-04-01T03:15")
    assert AssignmentMessage.objects.get().text
    night_at(worker, "2031-04-02T03:15")
    assert not AssignmentMessage.objects.exists()


def buy_print_and_file(buyer: Parent, products: dict[str, Product], worker: Worker) -> Order:
    buyer.put_in_basket(buyer.photo_pages()[0], products["print"])
    buyer.put_in_basket(buyer.photo_pages()[0], products["file"])
    bank = buyer.check_out(method="demo", ticks=TICKS)
    buyer.order = buyer.browser.open(buyer.pay(bank))
    worker.run()
    order = Order.objects.get(email=TYPED["email"])
    assert (order.state, order.total_cents) == (State.PAID, 695 + 1495 + 395)
    assert order.button_text == BUTTON
    assert order.number in newest_mail_to(TYPED["email"]).body
    assert order.number in buyer.browser.open(reverse("shop:order", args=[order.public_id])).text
    return order


def leave_a_basket(parent: Parent, products: dict[str, Product]) -> None:
    parent.put_in_basket(parent.photo_pages()[0], products["print"])
    page = parent.browser.open(reverse("shop:checkout"))
    # Sent without a way to pay: refused, and what was typed stays with the basket.
    refused = parent.browser.submit(page.form(having="email"), page, **parent.typed)
    assert refused.status == 422
    assert DraftDetails.objects.get().name == TYPED["name"]


def deliver(desk: Staff, order: Order, worker: Worker) -> None:
    # A working day later the login of that morning is over.
    assert desk.browser.open(reverse("admin:index")).response.redirect_chain
    desk.log_in()
    for after in (State.IN_PRODUCTION, State.SHIPPED, State.DELIVERED):
        assert desk.move(order.pk, after).status == 200
        order.refresh_from_db()
        assert order.state == after
    worker.run()
    assert desk.browser.get(reverse("admin:shop_order_add")).status_code == 403, "no screen makes an order"


def download_one(buyer: Parent, order: Order) -> None:
    file = OrderFile.objects.get(line__order=order, purpose="download")
    address = reverse("shop:download", args=[order.public_id, file.public_id])
    status, content = buyer.browser.fetch(address)
    assert status == 200
    with Image.open(io.BytesIO(content)) as bought:
        # Full size is what was taken: 3000 pixels in this story. Which way is up is all the camera may still say.
        assert max(bought.size) == 3000
        assert set(bought.getexif()) <= {0x0112}
        assert "comment" not in bought.info
    for needle in (b"needle", b"Needle"):
        assert needle not in content


def mail_and_drafts_go(worker: Worker) -> None:
    assert OutgoingMail.objects.exists()
    night_at(worker, "2027-03-25T03:15")
    assert not OutgoingMail.objects.exists()
    assert Draft.objects.count() == 1
    night_at(worker, "2027-04-01T03:15")
    assert not Draft.objects.exists()
    assert not DraftDetails.objects.exists()


def unpaid_orders_become_stubs(worker: Worker, unpaid: Order, reference: str | None, total: int) -> None:
    assert not Order.objects.filter(pk=unpaid.pk).exists()
    stub = PaymentStub.objects.get()
    assert (stub.reference, stub.amount_cents) == (reference, total)


def photos_expire(worker: Worker, codes: dict[str, str], visitor: Browsers) -> None:
    worker.clock.move_to(moment("2027-04-01T23:59:59"))
    parent = enter(visitor(), codes["NR-4711"])
    assert parent.gallery is not None
    portrait, picture = parent.photo_pages()[0], next(s for s in parent.gallery.images if "/beeld/" in s)
    assert parent.browser.fetch(picture)[0] == 200
    worker.clock.shift(timedelta(seconds=1))
    assert parent.browser.get(portrait).status_code in {404, 410}, "invisible at once, before the night"
    assert parent.browser.fetch(picture)[0] == 404
    assert Parent(visitor()).enter(codes["NR-4711"]).status == 422
    assert Photo.objects.count() == 7
    night_at(worker, "2027-04-02T03:15")
    for model in (Photo, Rendition, LoginCode, Subject, Group, Tombstone):
        assert not model.objects.exists(), model
    assert len(stored_files()) == StoredObject.objects.count() == 2, "what was ordered has its own bytes"


def file_lapses(worker: Worker, buyer: Parent, order: Order) -> None:
    night_at(worker, "2027-04-10T03:15")
    assert not OrderFile.objects.exists(), "thirty days after payment and delivery"
    assert stored_files() == []
    night_at(worker, "2027-06-02T03:15")
    assert not PaymentStub.objects.exists()


def half_a_year_passes(worker: Worker, order: Order) -> None:
    order.refresh_from_db()
    assert order.phone
    night_at(worker, "2027-09-11T03:15")
    order.refresh_from_db()
    assert (order.salutation, order.phone, order.delivery_note) == ("", "", "")
    assert order.name == TYPED["name"], "the books keep the person seven years"
    assert not OrderLine.objects.exclude(photo_ref=None, photo_label="").exists()


def seven_years_pass(worker: Worker, order: Order) -> None:
    night_at(worker, "2034-12-31T03:15")
    order.refresh_from_db()
    assert order.email == TYPED["email"]
    night_at(worker, "2035-01-01T03:15")
    order.refresh_from_db()
    assert order.person_erased_at is not None
    assert (order.total_cents, order.goods_cents) == (695 + 1495 + 395, 695 + 1495)
    assert Invoice.objects.get().total_cents == order.total_cents
    assert traces(NEEDLES) == []
