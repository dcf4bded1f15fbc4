"""A member of staff who opens a parent's photos in the browser they work in: one session, the shortest of two terms."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client as Browser

from shop.emails import order_link
from shop.models import Draft
from tests.galleries.studio import NOW, Studio, code_of, enter
from tests.shop.counter import Counter, open_counter, placed_order, put

HOURS_OF_STAFF = timedelta(hours=12)
THREE_WEEKS = timedelta(days=21)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter(db: None, clock: time_machine.Traveller) -> Counter:
    return open_counter()


def log_in(browser: Browser, studio: Studio, *, is_right: bool = True) -> Browser:
    browser.post("/beheer/login/", {"username": studio.staff.email, "password": "geheim" if is_right else "wrong"})
    return browser


def ends(browser: Browser) -> object:
    """When the session of this browser ends, as its row and so RT30 has it."""
    return Session.objects.get(pk=browser.session.session_key).expire_date


def test_a_code_entered_by_staff_does_not_keep_them_logged_in_for_three_weeks(
    counter: Counter, clock: time_machine.Traveller
) -> None:
    browser = log_in(Browser(), counter.studio)
    clock.shift(timedelta(hours=1))
    enter(browser, code_of(counter.studio, counter.studio.anna))

    assert ends(browser) == NOW + HOURS_OF_STAFF
    clock.move_to(NOW + HOURS_OF_STAFF - timedelta(seconds=1))
    assert browser.get("/beheer/").status_code == 200
    clock.move_to(NOW + HOURS_OF_STAFF)
    assert browser.get("/beheer/").status_code == 302


def test_a_login_of_staff_does_not_lengthen_a_visit_that_ends_sooner(
    counter: Counter, clock: time_machine.Traveller
) -> None:
    browser = enter(Browser(), code_of(counter.studio, counter.studio.anna))
    clock.move_to(NOW + THREE_WEEKS - timedelta(hours=1))
    log_in(browser, counter.studio)
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)

    assert ends(browser) == NOW + THREE_WEEKS


def test_a_working_day_does_not_slide_with_what_is_done_in_it(counter: Counter, clock: time_machine.Traveller) -> None:
    browser = log_in(Browser(), counter.studio)
    enter(browser, code_of(counter.studio, counter.studio.anna))
    clock.shift(timedelta(hours=11))
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)

    assert ends(browser) == NOW + HOURS_OF_STAFF


def test_a_failed_login_of_who_is_in_already_buys_no_time(counter: Counter, clock: time_machine.Traveller) -> None:
    browser = log_in(Browser(), counter.studio)
    clock.shift(timedelta(hours=11))
    log_in(browser, counter.studio, is_right=False)

    assert ends(browser) == NOW + HOURS_OF_STAFF


def test_a_basket_counts_from_the_code_entry_also_in_a_short_session(counter: Counter) -> None:
    browser = log_in(Browser(), counter.studio)
    enter(browser, code_of(counter.studio, counter.studio.anna))
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)

    assert Draft.objects.get().opened_at == NOW


def test_an_order_opened_by_its_mail_gains_no_time_from_a_code_entered_later(
    counter: Counter, clock: time_machine.Traveller
) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    browser = Browser()
    browser.get(order_link(order).removeprefix("http://testserver"))
    clock.shift(timedelta(days=20))
    enter(browser, code_of(counter.studio, counter.studio.chris))

    assert ends(browser) == NOW + THREE_WEEKS
