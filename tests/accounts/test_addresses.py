"""Another e-mail address to log in with."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import AddressChange, User
from privacy.sweep import run_sweep
from tests.galleries.studio import NOW

from .customers import EMAIL, customer, link_in, log_in, mails, register
from .staff import at_work

NEW = "nieuw@example.org"


@pytest.fixture
def visit(clock: time_machine.Traveller) -> Browser:
    customer(now=NOW)
    visit = Browser()
    log_in(visit)
    return visit


def ask(visit: Browser, email: str = NEW) -> str:
    return str(visit.post("/account/adres/", {"email": email})["Location"])


@pytest.mark.clauses("P86")
def test_nothing_changes_until_the_link_in_the_new_mailbox_is_used(visit: Browser) -> None:
    ask(visit)
    assert User.objects.get().email == EMAIL
    link = link_in(mails("change", NEW)[0])
    assert visit.get(link).status_code == 200
    assert User.objects.get().email == EMAIL
    assert visit.post(link)["Location"] == "/account/"
    assert User.objects.get().email == NEW
    assert len(mails("notice")) == 1, "the old mailbox is told"
    assert not AddressChange.objects.exists()
    assert log_in(Browser(), NEW).status_code == 302


def test_whoever_reads_the_mail_without_the_account_changes_nothing(visit: Browser) -> None:
    ask(visit)
    link = link_in(mails("change", NEW)[0])
    assert Browser().post(link)["Location"].startswith("/account/inloggen/")
    customer("ander@example.org", now=NOW)
    other = Browser()
    log_in(other, "ander@example.org")
    assert other.post(link).status_code == 410
    assert User.objects.filter(email=EMAIL).exists()


def test_a_taken_address_gets_the_same_answer_and_a_mail(visit: Browser) -> None:
    customer("ander@example.org", now=NOW)
    assert ask(visit, "ander@example.org") == ask(visit, NEW)
    assert len(mails("known", "ander@example.org")) == 1
    assert AddressChange.objects.get().email == NEW


def test_who_proves_an_address_has_it_over_who_only_typed_it(visit: Browser) -> None:
    ask(visit)
    register(Browser(), NEW)
    visit.post(link_in(mails("change", NEW)[0]))
    assert User.objects.get().email == NEW


def test_an_address_proved_by_another_meanwhile_stays_theirs(visit: Browser) -> None:
    ask(visit)
    customer(NEW, now=NOW)
    assert visit.post(link_in(mails("change", NEW)[0])).status_code == 410
    assert User.objects.filter(email=EMAIL).exists()


def test_an_unused_change_is_gone_after_three_days(visit: Browser) -> None:
    ask(visit)
    run_sweep(now=NOW + timedelta(days=3, seconds=-1))
    assert AddressChange.objects.exists()
    run_sweep(now=NOW + timedelta(days=3))
    assert not AddressChange.objects.exists()


def test_the_password_is_asked_again_after_a_quarter_of_an_hour(visit: Browser, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=16))
    assert visit.get("/account/adres/")["Location"].startswith("/account/opnieuw/")


def test_the_address_of_a_colleague_is_the_superusers_to_change(db: None) -> None:
    visit = at_work()
    assert visit.post("/account/adres/", {"email": NEW}).status_code == 302
    assert not AddressChange.objects.exists()
