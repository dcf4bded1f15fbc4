"""What of the shop hangs on an account: orders, bought files, and what is left of them when it ends."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client as Browser

from accounts.actions import delete_account, note_login
from accounts.models import User
from accounts.roles import Role
from privacy import files
from privacy.actions.exceptions import place_hold
from privacy.models import Consent, LedgerEntry, OutgoingMail
from privacy.sweep import run_sweep
from shop.actions import record_transfer
from shop.admin.rows import archived_orders, current_orders
from shop.models import Order, OrderFile
from shop.states import State
from tests.accounts.customers import customer, log_in, mails
from tests.accounts.staff import hire
from tests.galleries.studio import NOW
from tests.journeys.world import make_order

from .counter import BUYER, Counter, browser_of, open_counter, order_by, placed_order, put

pytestmark = pytest.mark.postgres
BLINK = timedelta(microseconds=1)
MONTH = timedelta(days=30)


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def counter(clock: time_machine.Traveller) -> Counter:
    return open_counter()


@pytest.fixture
def user(clock: time_machine.Traveller) -> User:
    """Sanne, who orders with the same address."""
    return customer(BUYER.email, now=NOW)


def pay(order: Order, counter: Counter) -> Order:
    return record_transfer(
        reference=order.payment_reference or "", amount_cents=order.total_cents, by=counter.studio.staff, now=NOW
    )


def bought_file(counter: Counter, *, as_print: bool = False) -> Order:
    """A guest's paid order of a file; with a print it is under way."""
    lines = [(counter.photos["anna"], counter.file, 1)]
    lines += [(counter.photos["anna"], counter.print_, 1)] if as_print else []
    return pay(placed_order(counter, *lines, method="transfer"), counter)


def inside(user: User) -> Browser:
    visit = Browser()
    log_in(visit, user.email)
    return visit


@pytest.mark.clauses("P44")
def test_an_order_without_an_account_works_and_belongs_to_nobody(counter: Counter) -> None:
    order = bought_file(counter)
    assert (order.account_id, order.state) == (None, State.DELIVERED)


@pytest.mark.clauses("P51")
def test_an_order_placed_while_logged_in_belongs_to_the_account_and_its_file_stays(
    counter: Counter, user: User
) -> None:
    visit = browser_of(counter, counter.studio.anna)
    log_in(visit, user.email)
    put(visit, counter.studio.anna, counter.photos["anna"], counter.file)
    assert "account" in visit.get("/bestellen/").content.decode()
    order = order_by(visit, email="anders@example.org", payment_method="transfer")
    pay(order, counter)
    run_sweep(now=NOW + 20 * MONTH)
    file = OrderFile.objects.get()
    assert (order.account_id, file.account_id) == (user.pk, user.pk)
    assert default_storage.exists(file.stored.name)


@pytest.mark.clauses("P51")
def test_a_guest_who_makes_an_account_later_finds_orders_and_files(counter: Counter, user: User) -> None:
    order = bought_file(counter)
    visit = inside(user)
    page = visit.get("/account/").content.decode()
    assert order.number in page
    assert visit.get(f"/bestelling/{order.public_id}/").status_code == 200
    file = OrderFile.objects.get()
    answer = visit.get(f"/account/bestanden/{file.public_id}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer)


def test_only_the_proved_address_finds_them(counter: Counter, user: User) -> None:
    order = bought_file(counter)
    other = customer("ander@example.org", now=NOW)
    visit = inside(other)
    assert order.number not in visit.get("/account/").content.decode()
    assert visit.get(f"/bestelling/{order.public_id}/").status_code == 404
    inside(user)
    assert visit.get(f"/account/bestanden/{OrderFile.objects.get().public_id}/").status_code == 404


def test_a_file_past_its_thirty_days_is_not_brought_back(counter: Counter, user: User) -> None:
    bought_file(counter)
    note_login(user_id=user.pk, now=NOW + MONTH)
    assert OrderFile.objects.get().account_id is None
    run_sweep(now=NOW + MONTH)
    assert not OrderFile.objects.exists()


def test_a_second_before_it_is(counter: Counter, user: User) -> None:
    bought_file(counter)
    note_login(user_id=user.pk, now=NOW + MONTH - BLINK)
    run_sweep(now=NOW + MONTH)
    assert OrderFile.objects.get().account_id == user.pk


def test_after_six_months_an_account_shows_number_date_and_total(
    counter: Counter, user: User, clock: time_machine.Traveller
) -> None:
    order = bought_file(counter)
    clock.shift(7 * MONTH)
    page = inside(user).get("/account/").content.decode()
    assert order.number in page
    assert BUYER.street not in page


def test_before_that_it_shows_where_they_went(counter: Counter, user: User) -> None:
    bought_file(counter)
    assert BUYER.street in inside(user).get("/account/").content.decode()


def delete(user: User) -> None:
    delete_account(user_id=user.pk, chosen={}, now=NOW)


@pytest.mark.clauses("P51")
def test_files_go_with_the_account_bytes_and_all(counter: Counter, user: User) -> None:
    bought_file(counter)
    note_login(user_id=user.pk, now=NOW)
    name = OrderFile.objects.get().stored.name
    delete(user)
    files.drain()
    assert not OrderFile.objects.exists()
    assert not default_storage.exists(name)


@pytest.mark.clauses("P46")
def test_of_an_order_that_is_over_only_the_archive_keeps_what_the_law_asks(counter: Counter, user: User) -> None:
    order = bought_file(counter)
    note_login(user_id=user.pk, now=NOW)
    delete(user)
    order.refresh_from_db()
    assert (order.account_id, order.phone, order.salutation) == (None, "", "")
    assert (order.name, order.invoice.total_cents) == (BUYER.name, order.total_cents)
    line = order.lines.get()
    assert (line.photo_ref, line.photo_label) == (None, "")
    assert list(archived_orders(NOW).values_list("pk", flat=True)) == [order.pk]
    assert not current_orders(NOW).exists()
    assert Browser().get(f"/bestelling/{order.public_id}/").status_code == 404


@pytest.mark.clauses("P46")
def test_the_front_desk_no_longer_reads_it_and_the_administration_does(counter: Counter, user: User) -> None:
    order = bought_file(counter)
    note_login(user_id=user.pk, now=NOW)
    delete(user)
    desk, books = Browser(), Browser()
    desk.force_login(hire(Role.FRONT_DESK))
    books.force_login(hire(Role.ADMINISTRATION))
    assert desk.get(f"/beheer/shop/order/{order.pk}/change/").status_code == 302
    assert books.get(f"/beheer/shop/archivedorder/{order.pk}/change/").status_code == 200


def test_an_order_under_way_goes_on_as_a_guests_with_its_file(counter: Counter, user: User) -> None:
    order = bought_file(counter, as_print=True)
    note_login(user_id=user.pk, now=NOW)
    delete(user)
    order.refresh_from_db()
    assert (order.state, order.phone, order.account_id) == (State.PAID, BUYER.phone, None)
    assert OrderFile.objects.count() == 2
    assert OrderFile.objects.get(purpose="download").account_id is None
    run_sweep(now=NOW + MONTH)
    assert not OrderFile.objects.filter(purpose="download").exists()


def test_one_that_waits_for_its_payment_can_still_be_paid_and_delivers(counter: Counter, user: User) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.file, 1), method="transfer")
    note_login(user_id=user.pk, now=NOW)
    delete(user)
    pay(order, counter)
    assert OrderFile.objects.downloadable(NOW).exists()


@pytest.mark.clauses("P47")
def test_the_page_says_what_goes_what_stays_and_then_it_is_done_with_a_receipt(counter: Counter, user: User) -> None:
    order = bought_file(counter)
    visit = inside(user)
    Consent.objects.create(
        kind="account", wording="1", about_kind="accounts.user", about_id=user.public_id, given_at=NOW
    )
    page = visit.get("/account/verwijderen/").content.decode()
    assert f"/account/bestanden/{OrderFile.objects.get().public_id}/" in page
    assert "1 januari 2034" in page
    assert "checked" not in page
    assert visit.post("/account/verwijderen/", {}).status_code == 422
    answer = visit.post("/account/verwijderen/", {"is_meant": "on"})
    assert answer["Location"] == "/account/verwijderd/"
    assert answer["Clear-Site-Data"]
    assert "_auth_user_id" not in visit.session
    assert not User.objects.filter(pk=user.pk).exists()
    receipt = mails("deleted", BUYER.email)[0]
    assert "1 januari 2034" in receipt.text
    assert "autoriteitpersoonsgegevens" in receipt.text
    assert Consent.objects.get().withdrawn_at == NOW
    assert LedgerEntry.objects.filter(event="erased", kind="accounts.user", reason="self_service").count() == 1
    assert Order.objects.filter(pk=order.pk).exists()


def test_the_password_is_asked_again_before_it(counter: Counter, user: User, clock: time_machine.Traveller) -> None:
    visit = inside(user)
    clock.shift(timedelta(minutes=16))
    assert visit.get("/account/verwijderen/")["Location"].startswith("/account/opnieuw/")
    assert visit.post("/account/verwijderen/", {"is_meant": "on"})["Location"].startswith("/account/opnieuw/")
    assert User.objects.filter(pk=user.pk).exists()


def test_a_hold_keeps_it_whole_and_says_so(counter: Counter, user: User) -> None:
    bought_file(counter)
    visit = inside(user)
    owner = hire(email="boss@example.org")
    place_hold(kind="accounts.user", object_id=user.pk, reason="r", owner_id=owner.pk, until=NOW + MONTH, now=NOW)
    answer = visit.post("/account/verwijderen/", {"is_meant": "on"})
    assert answer.status_code == 422
    assert "Er is niets verwijderd" in answer.content.decode()
    assert OrderFile.objects.get().account_id == user.pk
    assert not OutgoingMail.objects.filter(kind="accounts.deleted").exists()


def test_an_order_that_a_hold_keeps_stays_whole_when_its_account_goes(counter: Counter, user: User) -> None:
    held, other = bought_file(counter), bought_file(counter)
    note_login(user_id=user.pk, now=NOW)
    owner = hire(email="boss@example.org")
    place_hold(kind="shop.order", object_id=held.pk, reason="r", owner_id=owner.pk, until=NOW + MONTH, now=NOW)
    delete(user)
    phones = dict(Order.objects.values_list("pk", "phone"))
    assert phones == {held.pk: BUYER.phone, other.pk: ""}
    assert OrderFile.objects.get().line.order == held


def test_a_colleague_has_nothing_to_delete_here(clock: time_machine.Traveller) -> None:
    visit = Browser()
    log_in(visit, hire(email="desk@example.org").email, password="een lang wachtwoord")
    assert visit.get("/account/verwijderen/").status_code == 404


def test_of_many_orders_the_latest_are_seen_at_once_and_the_rest_unfold(user: User) -> None:
    for days in range(12):
        make_order(number=f"2026-NR{days:04}", placed_at=NOW - timedelta(days=days))
    Order.objects.update(account=user)
    page = inside(user).get("/account/").content.decode()
    at_once, unfolded = page.split("2 eerdere bestellingen</summary>")
    assert [at_once.count("2026-NR"), unfolded.count("2026-NR")] == [10, 2]
    assert "2026-NR0000" in at_once
    assert "2026-NR0011" in unfolded
