"""Name and address corrected, recipients told, and invoices put right: P86 from the order page to the credit note."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from accounts.actions import note_login
from accounts.roles import Role
from common.periods import ZONE
from privacy.actions.exceptions import restrict
from privacy.actions.notices import mark_confirmed, mark_told, queue_notices
from privacy.dossier import dossier
from privacy.models import LedgerEntry, OutgoingMail, RecipientNotice
from privacy.people import Person
from privacy.sweep import run_sweep
from shop.actions.archiving import archive_on_request
from shop.actions.correcting import CannotCorrect, correct_order
from shop.actions.recipients import tell_recipients
from shop.emails import order_link
from shop.models import Disclosure, InvoiceCorrection, Order, OrderFile
from shop.states import State
from tests.accounts.customers import customer
from tests.accounts.staff import at_work, hire
from tests.galleries.studio import NOW
from tests.journeys.world import World, build_world

pytestmark = pytest.mark.postgres
NEW = {
    "salutation": "",
    "name": "Noor Jansen",
    "street": "Dijk 1",
    "postcode": "3241ab",
    "city": "Goes",
    "phone": "0612345678",
    "delivery_note": "",
}


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    made = build_world()
    for model in (Disclosure, InvoiceCorrection, RecipientNotice, OutgoingMail):
        model.objects.all().delete()
    return made


def page_of(order: Order) -> str:
    return f"/bestelling/{order.public_id}/gegevens/"


def buyer(world: World) -> Browser:
    """A browser that came by the link in the mail of the order."""
    browser = Browser()
    session = browser.session
    session["orders"] = [str(world.order.public_id)]
    session.save()
    browser.cookies["sessionid"] = session.session_key
    return browser


def stands(order: Order, state: State) -> None:
    Order.objects.filter(pk=order.pk).update(state=state)


@pytest.mark.clauses("P86")
def test_who_ordered_corrects_it_until_it_is_made(world: World) -> None:
    browser = buyer(world)
    assert page_of(world.order) in browser.get(f"/bestelling/{world.order.public_id}/").content.decode()
    assert "ndl-name" in browser.get(page_of(world.order)).content.decode()
    assert browser.post(page_of(world.order), NEW)["Location"] == f"/bestelling/{world.order.public_id}/"
    order = Order.objects.get(pk=world.order.pk)
    assert (order.name, order.postcode, order.city) == ("Noor Jansen", "3241 AB", "Goes")
    assert order.email == "ndl-email@example.org", "the address decides who sees the order: it is not changed here"
    mail = OutgoingMail.objects.get(kind="shop.corrected")
    assert "Noor" not in mail.text + mail.subject, "what it became stands on the order"
    assert LedgerEntry.objects.filter(event="rectified", reason="self_service").count() == 1
    browser.post(page_of(world.order), NEW)
    assert OutgoingMail.objects.filter(kind="shop.corrected").count() == 1, "sent twice, it is one correction"


@pytest.mark.parametrize("state", [State.IN_PRODUCTION, State.SHIPPED, State.DELIVERED, State.CANCELLED])
def test_once_it_is_made_they_ask_us(world: World, state: State) -> None:
    stands(world.order, state)
    browser = buyer(world)
    assert browser.get(page_of(world.order)).status_code == 302
    assert browser.post(page_of(world.order), NEW).status_code == 302
    assert Order.objects.get(pk=world.order.pk).name == "ndl-name"
    with pytest.raises(CannotCorrect):
        correct_order(order_id=world.order.pk, changes=NEW, by=None, now=NOW)


def test_nobody_corrects_the_order_of_another(world: World) -> None:
    assert Browser().post(page_of(world.order), NEW).status_code == 404


@pytest.mark.parametrize("name", ["name", "street", "postcode", "city", "phone"])
@pytest.mark.parametrize("odd", ["", "\x00", "9" * 5000, "\u202e\ud7ff\uffff", "<b>"])
def test_what_is_wrong_comes_back_and_nothing_is_lost(world: World, name: str, odd: str) -> None:
    answer = buyer(world).post(page_of(world.order), {**NEW, "postcode": "?", name: odd})
    assert answer.status_code == 422
    assert "Goes" in answer.content.decode() or name == "city"


@pytest.mark.clauses("P86")
def test_an_invoice_that_names_another_goes_to_the_administration(world: World) -> None:
    correct_order(order_id=world.order.pk, changes={"name": "Noor Jansen"}, by=None, now=NOW)
    correct_order(order_id=world.order.pk, changes={"city": "Goes"}, by=None, now=NOW)
    correction = InvoiceCorrection.objects.get()
    assert correction.invoice.order == world.order
    books = at_work(Role.ADMINISTRATION)
    figures = {
        str(figure.label): figure
        for _, panel in books.get("/beheer/", headers={"accept-language": "en"}).context["panels"]
        for figure in panel
    }
    waiting = figures["invoices that need a credit note"]
    assert waiting.count == 1
    assert correction.invoice.number in books.get(waiting.url).content.decode(), "the figure leads to its rows"
    said = {"_selected_action": [correction.pk], "action": "made"}
    books.post("/beheer/shop/invoicecorrection/", said)
    correction.refresh_from_db()
    assert correction.done_at == NOW


def test_a_phone_number_is_on_no_invoice_and_nobody_is_told(world: World) -> None:
    gave(world, "carrier", "address")
    assert correct_order(order_id=world.order.pk, changes={"phone": "0687654321"}, by=None, now=NOW) == {"phone"}
    assert not InvoiceCorrection.objects.exists()
    assert not RecipientNotice.objects.exists()


def gave(world: World, recipient: str, what: str) -> Disclosure:
    end = world.order.books_year_end
    return Disclosure.objects.create(order=world.order, recipient=recipient, what=what, at=NOW, books_year_end=end)


@pytest.mark.clauses("P86")
def test_staff_correct_what_is_on_its_way_and_the_carrier_hears_of_it(world: World) -> None:
    gave(world, "carrier", "address")
    gave(world, "print_lab", "photos")
    stands(world.order, State.SHIPPED)
    desk = at_work(Role.FRONT_DESK)
    page = f"/beheer/shop/order/{world.order.pk}/correct/"
    assert "ndl-street" in desk.get(page).content.decode()
    said = {**NEW, "email": world.order.email}
    assert desk.post(page, said)["Location"] == f"/beheer/shop/order/{world.order.pk}/change/"
    assert Order.objects.get(pk=world.order.pk).street == "Dijk 1"
    notice = RecipientNotice.objects.get()
    assert (notice.recipient, notice.event, notice.reference) == ("carrier", "rectified", world.order.number)
    assert LedgerEntry.objects.filter(event="rectified", reason="staff").exists()


@pytest.mark.clauses("P82", "P86")
def test_it_is_noted_who_got_what_when_it_leaves(world: World) -> None:
    desk = at_work(Role.FRONT_DESK)
    answer: Any = desk.get(f"/beheer/shop/order/{world.order.pk}/print/{world.line.pk}/")
    b"".join(answer.streaming_content)
    assert list(Disclosure.objects.values_list("recipient", "what")) == [("print_lab", "photos")]
    stands(world.order, State.IN_PRODUCTION)
    desk.post(f"/beheer/shop/order/{world.order.pk}/move/shipped/")
    assert Disclosure.objects.filter(recipient="carrier", what="address", at=NOW).count() == 1
    page = desk.get(f"/beheer/shop/order/{world.order.pk}/change/", headers={"accept-language": "en"})
    assert "postal carrier" in page.content.decode()


def test_paying_online_tells_the_provider_once(world: World) -> None:
    stands(world.order, State.PLACED)
    browser = buyer(world)
    for _ in range(2):
        browser.post(f"/bestelling/{world.order.public_id}/betalen/")
    assert Disclosure.objects.filter(recipient="payment_provider").count() <= 1


@pytest.mark.clauses("P85")
def test_who_asks_is_told_the_very_recipients(world: World) -> None:
    gave(world, "carrier", "address")
    sections = dossier(Person(email="ndl-email@example.org"), now=NOW)
    (section,) = [one for one in sections if one.source.model is Disclosure]
    assert [fact.value for fact in section.entries[0].facts][:2] == ["carrier", "address"]


@pytest.mark.clauses("P88")
def test_a_restriction_and_an_erasure_are_told_to_all_who_got_anything(world: World) -> None:
    gave(world, "carrier", "address")
    gave(world, "print_lab", "photos")
    gave(world, "print_lab", "photos")
    restrict(kind="shop.order", object_id=world.order.pk, reason="r", now=NOW)
    assert set(RecipientNotice.objects.values_list("recipient", "event")) == {
        ("carrier", "restricted"),
        ("print_lab", "restricted"),
    }
    archive_on_request([world.order.pk], NOW)
    archive_on_request([world.order.pk], NOW)
    assert RecipientNotice.objects.filter(event="erased").count() == 2
    assert tell_recipients([world.order.pk], "erased", NOW) == 0, "they wait already"


def test_a_notice_waits_until_they_were_told_and_confirmed(world: World) -> None:
    queue_notices(recipients=["carrier"], event="erased", reference="X", now=NOW)
    notice, staff = RecipientNotice.objects.get(), hire(email="s@example.org")
    assert mark_confirmed(notice_ids=[notice.pk], by_id=staff.pk, now=NOW) == 0, "not before they were told"
    desk = at_work(Role.FRONT_DESK)
    for action in ("told", "confirmed"):
        desk.post("/beheer/privacy/recipientnotice/", {"_selected_action": [notice.pk], "action": action})
    notice.refresh_from_db()
    assert (notice.told_at, notice.acknowledged_at) == (NOW, NOW)
    assert mark_told(notice_ids=[notice.pk], by_id=staff.pk, now=NOW) == 0
    for query in ("?step=tell", "?step=told", "?step=done", "?step=%00"):
        assert desk.get(f"/beheer/privacy/recipientnotice/{query}").status_code in {200, 302}


@pytest.mark.clauses("P55")
def test_rt21_the_log_of_recipients_ends_when_the_orders_person_does(world: World) -> None:
    gave(world, "carrier", "address")
    end = datetime(2034, 1, 1, tzinfo=ZONE)
    assert world.order.books_year_end == date(2026, 12, 31)
    run_sweep(now=end - timedelta(microseconds=1))
    assert Disclosure.objects.exists()
    assert Order.objects.get(pk=world.order.pk).person_erased_at is None
    run_sweep(now=end)
    assert not Disclosure.objects.exists()
    assert Order.objects.get(pk=world.order.pk).person_erased_at is not None


def test_rt21_a_confirmed_notice_goes_a_year_later(world: World) -> None:
    queue_notices(recipients=["carrier"], event="erased", reference="X", now=NOW)
    RecipientNotice.objects.update(told_at=NOW, acknowledged_at=NOW)
    end = datetime(2027, 10, 22, tzinfo=ZONE)
    run_sweep(now=end - timedelta(microseconds=1))
    assert RecipientNotice.objects.exists()
    run_sweep(now=end)
    assert not RecipientNotice.objects.exists()


RIGHT = "noor@example.org"


def readdressed(world: World, email: str = RIGHT) -> Order:
    correct_order(order_id=world.order.pk, changes={"email": email}, by=hire(email="desk@example.org"), now=NOW)
    return Order.objects.get(pk=world.order.pk)


@pytest.mark.clauses("P86")
def test_staff_correct_the_address_for_mail_and_the_old_mailbox_opens_nothing_more(world: World) -> None:
    before = order_link(world.order).removeprefix("http://testserver")
    assert Browser().get(before).status_code == 302
    desk = at_work(Role.FRONT_DESK)
    desk.post(f"/beheer/shop/order/{world.order.pk}/correct/", {**NEW, "email": RIGHT})
    order = Order.objects.get(pk=world.order.pk)
    assert order.email == RIGHT
    assert Browser().get(before).status_code == 404
    corrected, told = OutgoingMail.objects.order_by("kind")
    assert (corrected.kind, told.kind) == ("shop.corrected", "shop.readdressed")
    assert (corrected.to, told.to) == (RIGHT, "ndl-email@example.org")
    assert RIGHT not in told.text + told.html + told.subject
    assert "/bestelling/" not in told.text
    link = order_link(order)
    assert link in corrected.text
    assert Browser().get(link.removeprefix("http://testserver")).status_code == 302


def test_who_ordered_does_not_move_the_order_to_another_mailbox(world: World) -> None:
    buyer(world).post(page_of(world.order), {**NEW, "email": RIGHT})
    assert not correct_order(order_id=world.order.pk, changes={"email": "x@example.org"}, by=None, now=NOW)
    assert Order.objects.get(pk=world.order.pk).email == "ndl-email@example.org"


def test_an_account_of_the_old_address_loses_the_order_and_its_files(world: World) -> None:
    stranger = customer("ndl-email@example.org", now=NOW)
    note_login(user_id=stranger.pk, now=NOW)
    assert Order.objects.get(pk=world.order.pk).account == stranger
    assert readdressed(world).account is None
    assert not OrderFile.objects.filter(account=stranger).exists()
    note_login(user_id=stranger.pk, now=NOW)
    assert Order.objects.get(pk=world.order.pk).account is None
    mine = customer(RIGHT, now=NOW)
    note_login(user_id=mine.pk, now=NOW)
    assert Order.objects.get(pk=world.order.pk).account == mine


def test_the_account_it_was_placed_in_keeps_it(world: World) -> None:
    mine = customer("placed@example.org", now=NOW)
    Order.objects.filter(pk=world.order.pk).update(account=mine)
    assert readdressed(world).account == mine
