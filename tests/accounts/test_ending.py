"""The end of an account at the wish of its owner: on its own page or by asking us, it is the same end (P46, P47)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client as Browser

from accounts.actions import delete_account, note_login
from accounts.models import User
from accounts.roles import Role
from privacy.actions.asking import ask
from privacy.actions.consents import give_consent
from privacy.actions.exceptions import place_hold
from privacy.models import Consent, Hold, LedgerEntry, RecipientNotice, Restriction
from privacy.people import Person
from privacy.sweep import run_sweep
from shop.models import Order, OrderFile
from shop.states import State
from tests.galleries.studio import NOW
from tests.journeys.world import World, build_world

from .customers import PASSWORD, customer, log_in
from .staff import hire

pytestmark = pytest.mark.postgres
EMAIL = "ndl-email@example.org"
Ending = Callable[[User], object]


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    made = build_world()
    for model in (Hold, Restriction, RecipientNotice):
        model.objects.all().delete()
    Order.objects.filter(pk=made.order.pk).update(state=State.DELIVERED, delivered_at=NOW)
    return made


@pytest.fixture
def user(world: World) -> User:
    """The buyer, with an account on their own consent that found the order."""
    user = customer(EMAIL, now=NOW)
    note_login(user_id=user.pk, now=NOW)
    give_consent(
        kind="account",
        wording="1",
        about_kind="accounts.user",
        about_id=user.public_id,
        capacity=None,
        ends_at=None,
        now=NOW,
    )
    return user


def on_the_page(user: User) -> None:
    delete_account(user_id=user.pk, chosen={}, now=NOW)


def asked_as(person: Person) -> None:
    ask(person=person, right="erasure", text="", email="", language="nl", form_token=uuid4(), now=NOW)


def asked_inside(user: User) -> None:
    asked_as(Person(user_id=user.pk, email=user.email))


def asked_by_mail(user: User) -> None:
    """Who proved the address by the mailed link, and is not logged in."""
    asked_as(Person(email=user.email))


@pytest.mark.clauses("P46", "P47")
@pytest.mark.parametrize("end", [on_the_page, asked_inside, asked_by_mail])
def test_each_way_to_end_an_account_ends_in_the_same_state(world: World, user: User, end: Ending) -> None:
    end(user)
    assert not User.objects.filter(pk=user.pk).exists()
    consent = Consent.objects.get(kind="account", about_id=user.public_id)
    assert (consent.withdrawn_at, consent.ends_at) == (NOW, NOW)
    assert LedgerEntry.objects.filter(event="consent_withdrawn", reason="account").count() == 1
    order = Order.objects.get(pk=world.order.pk)
    assert (order.account_id, order.phone, order.salutation, order.archive_asked_at) == (None, "", "", NOW)
    assert not OrderFile.objects.filter(line__order=order).exclude(purpose="print").exists()
    assert RecipientNotice.objects.filter(event="erased", reference=order.number).exists()


def test_the_night_ends_a_consent_and_withdraws_none(world: World, user: User) -> None:
    User.objects.filter(pk=user.pk).update(active_at=NOW - timedelta(days=365 * 6), was_reminded=True)
    run_sweep(now=NOW)
    assert not User.objects.filter(pk=user.pk).exists()
    consent = Consent.objects.get(kind="account", about_id=user.public_id)
    assert (consent.withdrawn_at, consent.ends_at) == (None, NOW)


@pytest.mark.parametrize("end", [on_the_page, asked_inside])
def test_an_order_under_a_hold_stays_whole_when_the_account_goes(world: World, user: User, end: Ending) -> None:
    phone = Order.objects.get(pk=world.order.pk).phone
    files = set(OrderFile.objects.filter(line__order=world.order.pk).values_list("pk", flat=True))
    owner = hire(Role.PRIVACY_OWNER)
    until = NOW + timedelta(days=30)
    place_hold(kind="shop.order", object_id=world.order.pk, reason="r", owner_id=owner.pk, until=until, now=NOW)
    end(user)
    assert not User.objects.filter(pk=user.pk).exists()
    assert Order.objects.get(pk=world.order.pk).phone == phone != ""
    assert set(OrderFile.objects.filter(line__order=world.order.pk).values_list("pk", flat=True)) == files


def test_who_works_here_erases_neither_their_account_nor_its_second_factor(world: World) -> None:
    colleague = hire(Role.FRONT_DESK)
    Authenticator.objects.create(user=colleague, type=Authenticator.Type.TOTP, data={"secret": "x"})
    asked_as(Person(user_id=colleague.pk))
    assert User.objects.get(pk=colleague.pk).is_active
    assert Authenticator.objects.filter(user=colleague).exists()


def test_a_mailbox_proves_no_account_of_staff_and_no_unconfirmed_one(world: World) -> None:
    colleague = hire(Role.FRONT_DESK)
    stranger = User.objects.create_user("somebody@example.org", "x")
    for user in (colleague, stranger):
        asked_by_mail(user)
        assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.clauses("P47")
def test_both_ask_for_the_password_again_on_a_screen_that_was_left_open(
    user: User, clock: time_machine.Traveller
) -> None:
    browser, page = Browser(), "/mijn-gegevens/recht/erasure/"
    log_in(browser, EMAIL)
    assert browser.get(page).status_code == 200, "it was typed just now"
    clock.move_to(NOW + timedelta(hours=1))
    for path in (page, "/account/verwijderen/"):
        assert browser.get(path)["Location"].startswith("/account/opnieuw/")
    assert browser.post(page, {"token": str(uuid4())})["Location"].startswith("/account/opnieuw/")
    assert User.objects.filter(pk=user.pk).exists()
    assert browser.get("/mijn-gegevens/recht/access/").status_code == 200, "a copy takes nothing away"
    assert browser.post(f"/account/opnieuw/?next={page}", {"password": PASSWORD}).status_code == 302
    assert not User.objects.filter(pk=user.pk).exists(), "what was sent goes on"
