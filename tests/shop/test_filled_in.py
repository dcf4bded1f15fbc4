"""What the checkout fills in: for who is logged in, from their own account, and for nobody else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client as Browser

from accounts.actions import note_login
from accounts.models import User
from privacy.actions.exceptions import restrict
from shop.models import Order
from tests.accounts.customers import customer, log_in
from tests.accounts.staff import hire
from tests.galleries.studio import NOW, code_of, enter

from .counter import BUYER, TYPED, Counter, browser_of, open_counter, placed_order, put

ADDRESS = ("name", "street", "postcode", "city")
ASKED = ("salutation", *ADDRESS, "email", "phone", "delivery_note")


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter(clock: time_machine.Traveller) -> Counter:
    return open_counter()


@pytest.fixture
def user(clock: time_machine.Traveller) -> User:
    return customer(BUYER.email, now=NOW)


@pytest.fixture
def earlier(counter: Counter, user: User) -> Order:
    """An order of this account."""
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1), method="transfer")
    note_login(user_id=user.pk, now=NOW)
    return order


@pytest.fixture
def anna(counter: Counter) -> Browser:
    """A basket to finish."""
    browser = browser_of(counter, counter.studio.anna)
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)
    return browser


def filled_in(browser: Browser) -> dict[str, str]:
    form = browser.get("/bestellen/").context["form"]
    return {name: form[name].value() for name in ASKED if form[name].value()}


def test_who_is_logged_in_finds_their_address_filled_in(earlier: Order, anna: Browser, user: User) -> None:
    log_in(anna, user.email)
    assert filled_in(anna) == {"email": BUYER.email, **{name: getattr(BUYER, name) for name in ADDRESS}}
    page = anna.get("/bestellen/", headers={"accept-language": "en"}).content.decode()
    assert "from your account" in page
    assert 'autocomplete="postal-code"' in page


def test_without_an_order_it_is_the_address_for_mail_alone(anna: Browser, user: User) -> None:
    log_in(anna, user.email)
    assert filled_in(anna) == {"email": BUYER.email}


def test_a_guest_finds_nothing_and_the_way_to_log_in(earlier: Order, anna: Browser) -> None:
    assert filled_in(anna) == {}
    assert "/account/inloggen/?next=/bestellen/" in anna.get("/bestellen/").content.decode()


def test_another_account_and_staff_find_nothing_of_it(earlier: Order, anna: Browser, counter: Counter) -> None:
    customer("ander@example.org", now=NOW)
    log_in(anna, "ander@example.org")
    assert filled_in(anna) == {"email": "ander@example.org"}
    anna.force_login(hire(email="desk@example.org"))
    enter(anna, code_of(counter.studio, counter.studio.anna))
    assert filled_in(anna) == {}


def test_what_was_typed_is_not_written_over(earlier: Order, anna: Browser, user: User) -> None:
    log_in(anna, user.email)
    anna.post("/bestellen/bewaren/", TYPED | {"city": "Goes"})
    assert filled_in(anna)["city"] == "Goes"


def test_what_was_typed_before_the_login_is_not_lost(earlier: Order, anna: Browser, user: User) -> None:
    anna.post("/bestellen/bewaren/", TYPED | {"city": "Goes"})
    log_in(anna, user.email)
    assert filled_in(anna)["city"] == "Goes"


def test_an_ended_session_reveals_nothing_in_the_same_browser(
    earlier: Order, anna: Browser, counter: Counter, user: User
) -> None:
    log_in(anna, user.email)
    anna.post("/bestellen/bewaren/", {**filled_in(anna), "phone": "06 12345678"})
    Session.objects.all().delete()
    enter(anna, code_of(counter.studio, counter.studio.anna))
    assert filled_in(anna) == {}
    customer("ander@example.org", now=NOW)
    log_in(anna, "ander@example.org")
    assert filled_in(anna) == {"email": "ander@example.org"}


@pytest.mark.parametrize("months", [0, 7])
def test_an_order_in_the_archive_fills_in_nothing(earlier: Order, anna: Browser, user: User, months: int) -> None:
    Order.objects.filter(pk=earlier.pk).update(
        placed_at=NOW - timedelta(days=30 * months), state="delivered", archive_asked_at=None if months else NOW
    )
    log_in(anna, user.email)
    assert filled_in(anna) == {"email": BUYER.email}


def test_nor_does_a_restricted_one(earlier: Order, anna: Browser, user: User) -> None:
    restrict(kind="shop.order", object_id=earlier.pk, reason="r", now=NOW)
    log_in(anna, user.email)
    assert filled_in(anna) == {"email": BUYER.email}
