"""The whole story in one, through the pages and commands that people use, up to the last trace of it."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from PIL import Image

from galleries.models import (
    Assignment,
    AssignmentMessage,
    Group,
    LoginCode,
    Photo,
    Rendition,
    Subject,
    Tombstone,
)
from privacy.models import OutgoingMail, StoredObject
from shop.models import Draft, DraftDetails, Invoice, Order, OrderFile, OrderLine, PaymentStub, Product
from shop.states import State

from .people import AT_CLIENT, NEEDLES, TYPED, Parent, Staff, Worker, moment, newest_mail_to
from .story import BUTTON, TICKS, Browsers, enter, night_at, order_by_transfer
from .traces import stored_files, traces

pytestmark = pytest.mark.django_db


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
