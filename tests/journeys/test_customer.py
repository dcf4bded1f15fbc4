"""A customer: an account is made, used and deleted through its pages, and what is left of it afterwards."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from privacy.models import SweepRun
from shop.models import Order, OrderFile
from tests.galleries.studio import code_of
from tests.shop.counter import Counter, open_counter

from .pages import Page
from .people import Parent, Visitor, Worker, newest_mail_to
from .traces import stored_files, traces

ADDRESS = "needle-account@example.org"
PASSWORD = "a long needle of a sentence"
Browsers = Callable[[], Visitor]

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(clock: time_machine.Traveller) -> Counter:
    return open_counter(now=timezone.now())


def link_in(body: str) -> str:
    found = re.search(r"http://testserver(/account/\S+)", body)
    assert found
    return found[1]


def make_account(browser: Visitor, worker: Worker) -> Page:
    """Fill in the form, read the mail, confirm with the password."""
    page = browser.open(reverse("account_signup"))
    form = page.form(having="consent")
    assert form.ticked == set()
    browser.submit(form, page, email=ADDRESS, new_password=PASSWORD, consent="on")
    worker.run()
    confirm = browser.open(link_in(newest_mail_to(ADDRESS).body))
    return browser.submit(confirm.form(having="password"), confirm, password=PASSWORD)


@pytest.mark.clauses("P44", "P46", "P51")
def test_an_account_from_the_first_form_to_the_last_trace(
    counter: Counter, visitor: Browsers, worker: Worker, clock: time_machine.Traveller
) -> None:
    parent = Parent(visitor())
    browser = parent.browser
    assert parent.enter(code_of(counter.studio, counter.studio.anna)).status == 200
    home = make_account(browser, worker)
    assert ADDRESS in home.text
    save = home.forms_to(reverse("galleries:save_code", args=[_code(home)]))[0]
    browser.submit(save, home)

    parent.put_in_basket(parent.photo_pages()[0], counter.file)
    bank = parent.check_out(method="demo", ticks=("file_consent", "file_waiver"))
    browser.open(parent.pay(bank))
    worker.run()
    order = Order.objects.get()
    clock.shift(timedelta(days=60))
    worker.night()

    later = visitor()
    login = later.open(reverse("account_login"))
    inside = later.submit(login.form(having="password"), login, email=ADDRESS, password=PASSWORD)
    assert order.number in inside.text
    file = OrderFile.objects.get()
    assert later.fetch(reverse("shop:account_file", args=[file.public_id]))[0] == 200

    page = later.open(reverse("accounts:delete"))
    gone = later.submit(page.form(having="is_meant"), page, is_meant="on")
    assert gone.status == 200
    worker.run()
    assert "2035" in newest_mail_to(ADDRESS).body, "until when the books keep the order"
    assert not User.objects.filter(email=ADDRESS).exists()
    assert not [name for name in stored_files() if "/ordered/" in name]

    mail.outbox.clear()
    clock.shift(timedelta(days=30))
    worker.night()
    assert SweepRun.objects.latest("pk").status == SweepRun.Status.GREEN
    assert traces([ADDRESS]) == []
    order.refresh_from_db()
    assert (order.name, order.account_id, order.phone) == ("Needlename Parent", None, "")


def _code(home: Page) -> str:
    found = re.search(r"/account/codes/([0-9a-f-]{36})/bewaren/", home.text)
    assert found
    return found[1]


@pytest.mark.clauses("P45", "P47")
def test_the_consent_is_withdrawn_as_easily_as_it_was_given(visitor: Browsers, worker: Worker) -> None:
    browser = visitor()
    home = make_account(browser, worker)
    assert reverse("accounts:delete") in home.links
    page = browser.open(reverse("accounts:delete"))
    browser.submit(page.form(having="is_meant"), page, is_meant="on")
    assert not User.objects.filter(email=ADDRESS).exists()
    again = make_account(visitor(), worker)
    assert ADDRESS in again.text
