"""The page of an order: for whom, and until when."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client as Browser

from accounts.models import User
from accounts.roles import Role
from common import links
from common.periods import ZONE
from privacy.models import OutgoingMail
from shop.actions import move_order
from shop.emails import order_link
from shop.models import Order, OrderFile
from shop.states import State
from tests.galleries.studio import NOW

from .counter import Counter, browser_of, order_by, put


@pytest.fixture
def anna(counter: Counter) -> Browser:
    browser = browser_of(counter, counter.studio.anna)
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)
    put(browser, counter.studio.anna, counter.photos["anna"], counter.file)
    return browser


@pytest.fixture
def order(anna: Browser) -> Order:
    """Placed by Anna's parent, and not paid yet."""
    return order_by(anna)


@pytest.fixture
def paid(anna: Browser, order: Order) -> Order:
    bank = anna.post(f"/bestelling/{order.public_id}/betalen/")["Location"]
    anna.post(bank, {"outcome": "paid"}, follow=True)
    order.refresh_from_db()
    return order


def address(order: Order) -> str:
    return f"/bestelling/{order.public_id}/"


def download_address(order: Order) -> str:
    return f"{address(order)}bestand/{OrderFile.objects.get(purpose='download').public_id}/"


def staff_browser(role: Role | None) -> Browser:
    browser = Browser()
    user = User.objects.create_user("staff@example.org", "geheim", is_staff=True, is_superuser=role is None)
    if role:
        user.role_rows.create(role=role)
    browser.force_login(user)
    return browser


@pytest.mark.parametrize(("outcome", "told"), [("paid", False), ("failed", True), ("cancelled", True)])
def test_who_comes_back_from_the_bank_is_told_when_a_payment_did_not_succeed(
    anna: Browser, order: Order, outcome: str, told: bool
) -> None:
    bank = anna.post(f"{address(order)}betalen/")["Location"]
    page = anna.post(bank, {"outcome": outcome}, follow=True).content.decode()
    assert ("De betaling is niet gelukt" in page) == told


@pytest.mark.parametrize("who", ["same code", "other code", "stranger", *Role, None])
def test_an_order_exists_only_for_who_placed_it(anna: Browser, counter: Counter, paid: Order, who: str | None) -> None:
    # Another hand with the same card has the basket, not the order: name and address are on it.
    if who in {"same code", "other code"}:
        subject = counter.studio.anna if who == "same code" else counter.studio.chris
        other = browser_of(counter, subject)
    else:
        other = Browser() if who == "stranger" else staff_browser(Role(who) if who else None)
    for url in (address(paid), address(paid) + "betaald/", download_address(paid)):
        assert other.get(url).status_code == 404
        own = anna.get(url)
        assert own.status_code in {200, 302}
        if own.streaming:
            assert own.getvalue().startswith(b"\xff\xd8")
    assert other.post(address(paid) + "betalen/").status_code == 404


def test_an_unknown_order_does_not_exist(anna: Browser, order: Order) -> None:
    assert anna.get(f"/bestelling/{uuid4()}/").status_code == 404


def test_the_link_in_the_mail_opens_the_order_and_leaves_the_address_bar(order: Order) -> None:
    mail = OutgoingMail.objects.get()
    link = order_link(order)
    assert link in mail.text
    assert link in mail.html.replace("&amp;", "&")
    stranger = Browser()
    answer = stranger.get(link.removeprefix("http://testserver"))
    assert answer["Location"] == address(order)
    assert stranger.get(address(order)).status_code == 200


@pytest.mark.parametrize("purpose", ["shop.orders", "x"])
def test_a_forged_link_opens_nothing(order: Order, purpose: str) -> None:
    token = links.sign(purpose, str(order.public_id))
    assert Browser().get(f"/bestelling/via/{token}/").status_code == 404
    assert Browser().get("/bestelling/via/nonsense/").status_code == 404


def test_the_visit_of_a_link_ends_after_three_weeks(order: Order, clock: time_machine.Traveller) -> None:
    stranger = Browser()
    stranger.get(order_link(order).removeprefix("http://testserver"))
    assert stranger.session.get_expiry_date() == NOW + timedelta(days=21)


def test_the_page_shows_what_was_ordered_and_where_it_goes(anna: Browser, order: Order) -> None:
    page = anna.get(address(order)).content.decode()
    amounts = [f"€\N{NO-BREAK SPACE}{amount}" for amount in ("7,50", "3,95", "26,40")]
    for text in (order.number, "Afdruk 13 × 18", *amounts, "Sanne de Vries", "3241 AB"):
        assert text in page
    assert "21%" in page


def test_every_state_has_its_page(anna: Browser, paid: Order) -> None:
    for state in (State.IN_PRODUCTION, State.SHIPPED, State.DELIVERED):
        move_order(order_id=paid.pk, after=state, by=None, now=NOW)
        page = anna.get(address(paid))
        assert page.status_code == 200
        assert str(paid.number) in page.content.decode()


def test_a_cancelled_order_is_not_paid(anna: Browser, order: Order) -> None:
    move_order(order_id=order.pk, after=State.CANCELLED, by=None, now=NOW)
    page = anna.get(address(order)).content.decode()
    assert "betalen/" not in page
    assert anna.post(address(order) + "betalen/")["Location"] == address(order)


def test_nothing_is_downloaded_before_it_is_paid(anna: Browser, order: Order) -> None:
    assert anna.get(download_address(order)).status_code == 404
    assert "bestand/" not in anna.get(address(order)).content.decode()


def test_a_print_is_not_downloaded(anna: Browser, paid: Order) -> None:
    file = OrderFile.objects.get(purpose="print")
    assert anna.get(f"{address(paid)}bestand/{file.public_id}/").status_code == 404


def test_a_file_of_another_order_is_not_found_through_ones_own(anna: Browser, counter: Counter, paid: Order) -> None:
    mine = download_address(paid)
    chris = browser_of(counter, counter.studio.chris)
    put(chris, counter.studio.chris, counter.photos["chris"], counter.print_)
    other = order_by(chris)
    assert chris.get(f"{address(other)}bestand/{mine.split('/')[-2]}/").status_code == 404


def test_a_download_is_there_for_thirty_days_to_the_second(
    anna: Browser, paid: Order, clock: time_machine.Traveller
) -> None:
    url = download_address(paid)
    link = order_link(paid).removeprefix("http://testserver")
    clock.move_to(NOW + timedelta(days=30) - timedelta(seconds=1))
    back = Browser()
    back.get(link)
    answer = back.get(url)
    assert answer.status_code == 200
    assert answer.getvalue().startswith(b"\xff\xd8")
    assert url in back.get(address(paid)).content.decode()
    clock.move_to(NOW + timedelta(days=30))
    assert back.get(url).status_code == 404
    assert url not in back.get(address(paid)).content.decode()


def test_a_file_whose_bytes_are_gone_is_not_found(anna: Browser, paid: Order) -> None:
    url = download_address(paid)
    default_storage.delete(OrderFile.objects.get(purpose="download").stored.name)
    assert anna.get(url).status_code == 404


def test_an_unpaid_order_is_gone_after_three_weeks_before_the_night_came(
    order: Order, clock: time_machine.Traveller
) -> None:
    link = order_link(order).removeprefix("http://testserver")
    clock.move_to(NOW + timedelta(days=21) - timedelta(seconds=1))
    back = Browser()
    assert back.get(link).status_code == 302
    assert back.get(address(order)).status_code == 200
    clock.move_to(NOW + timedelta(days=21))
    assert back.get(address(order)).status_code == 404
    assert Browser().get(link).status_code == 404


def test_after_six_months_only_number_date_and_total_are_shown(paid: Order, clock: time_machine.Traveller) -> None:
    link = order_link(paid).removeprefix("http://testserver")
    midnight = datetime(2027, 4, 22, tzinfo=ZONE)
    clock.move_to(midnight - timedelta(seconds=1))
    back = Browser()
    back.get(link)
    assert "Sanne de Vries" in back.get(address(paid)).content.decode()
    clock.move_to(midnight)
    back = Browser()
    back.get(link)
    page = back.get(address(paid)).content.decode()
    for shown in (paid.number, "€\N{NO-BREAK SPACE}26,40", "22 oktober 2026"):
        assert shown in page
    for hidden in ("Sanne", "Kerkstraat", "3241", "sanne@example.org", "Afdruk"):
        assert hidden not in page


def test_an_order_whose_person_is_gone_opens_no_more(paid: Order) -> None:
    Order.objects.update(person_erased_at=NOW)
    assert Browser().get(order_link(paid).removeprefix("http://testserver")).status_code == 404


def test_the_books_end_for_the_page_before_the_night_came(paid: Order, clock: time_machine.Traveller) -> None:
    link = order_link(paid).removeprefix("http://testserver")
    clock.move_to(datetime(2034, 1, 1, tzinfo=ZONE) - timedelta(seconds=1))
    assert Browser().get(link).status_code == 302
    clock.move_to(datetime(2034, 1, 1, tzinfo=ZONE))
    assert Browser().get(link).status_code == 404


def test_pages_with_personal_data_are_never_stored(anna: Browser, order: Order) -> None:
    for url in (address(order), "/mandje/", "/bestellen/"):
        assert "no-store" in anna.get(url)["Cache-Control"]
