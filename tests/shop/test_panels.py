"""What the deletion page says about orders: the order's own copy, until when, and only to who may open the order."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client as Browser

from common.periods import ZONE
from galleries.actions import issue_code
from galleries.models import Photo
from privacy.sweep import run_sweep
from shop.actions import decide_demo_payment, settle_payment, start_payment
from shop.models import Order, OrderFile, Payment
from tests.galleries.studio import NOW, code_row, enter

from .counter import Counter, browser_of, order_by, put

# Three months after the payment, and thirty days: 21 February 2027.
PRINT_ENDS = datetime(2027, 2, 21, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def anna(counter: Counter) -> Browser:
    browser = browser_of(counter, counter.studio.anna)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def buy(browser: Browser, counter: Counter) -> Order:
    """A print of Anna's first portrait, ordered in this browser."""
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)
    return order_by(browser)


def pay(order: Order) -> None:
    start_payment(order_id=order.pk, method="demo", now=NOW)
    payment = Payment.objects.get(order=order)
    decide_demo_payment(reference=payment.reference, outcome=Payment.Status.PAID, now=NOW)
    settle_payment(payment_id=payment.pk, now=NOW)


def url(counter: Counter, name: str = "anna") -> str:
    return f"/fotos/{code_row(counter.studio.anna).public_id}/{counter.photos[name].public_id}/verwijderen/"


@pytest.mark.clauses("P32")
def test_a_photo_in_a_paid_order_is_explained_with_the_end_of_the_orders_own_copy(
    counter: Counter, anna: Browser
) -> None:
    order = buy(anna, counter)
    before = anna.get(url(counter)).content.decode()
    pay(order)

    page = anna.get(url(counter)).content.decode()

    assert f"Order {order.number} goes on as usual" in page
    assert "until Sunday 21 February 2027, 00:00 at the latest" in page
    assert order.number not in before
    assert order.number not in anna.get(url(counter, "anna_again")).content.decode()


@pytest.mark.clauses("P23")
def test_the_photo_goes_and_the_ordered_copy_stays_until_the_moment_that_was_said(
    counter: Counter, anna: Browser, clock: time_machine.Traveller
) -> None:
    pay(buy(anna, counter))
    photo = counter.photos["anna"]

    assert anna.post(url(counter), {"photo": str(photo.public_id)}).status_code == 302

    assert not Photo.objects.filter(pk=photo.pk).exists()
    for moment, left in [(PRINT_ENDS - timedelta(seconds=1), 1), (PRINT_ENDS, 0)]:
        clock.move_to(moment)
        run_sweep(now=moment)
        assert OrderFile.objects.count() == left


def test_another_household_is_not_told_who_ordered(counter: Counter, anna: Browser) -> None:
    order = buy(anna, counter)
    pay(order)
    other = enter(Browser(headers={"Accept-Language": "en"}), issue_code(subject_id=counter.studio.anna.pk, now=NOW))

    page = other.get(url(counter)).content.decode()

    assert order.number not in page
    assert "it has its own copy" in page
