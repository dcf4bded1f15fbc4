"""The second act: a basket becomes an order, and the order is paid, once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from galleries.models import (
    Photo,
)
from privacy.models import OutgoingMail
from shop.models import Draft, Invoice, Order, Product
from shop.states import State

from .people import TYPED, Worker
from .story import BUTTON, TICKS, Browsers, enter, night_at, order_by_transfer

A38 = {"salutation", "name", "street", "postcode", "city", "email", "phone", "delivery_note"}

pytestmark = pytest.mark.django_db


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
