"""The shop in the back office: orders move and get paid, and nobody makes or unmakes one."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from common.periods import Bound, due
from privacy.models import AccessLogEntry
from privacy.registry import registry
from privacy.selection import selection
from privacy.today import Figure
from shop import deadlines
from shop.models import Disclosure, Invoice, Order, OrderFile, OrderMove, PaymentStub, Product
from shop.states import MOVES, State
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW
from tests.journeys.world import LONG_AGO, World, build_world, make_order

ORDERS = "/beheer/shop/order/"
ARCHIVE = "/beheer/shop/archivedorder/"
INSTANT = timedelta(microseconds=1)
EVERYBODY = [[], [Role.FRONT_DESK], [Role.PHOTOGRAPHER], [Role.ADMINISTRATION], [Role.PRIVACY_OWNER], list(Role)]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def desk(db: None) -> Browser:
    return at_work(Role.FRONT_DESK)


@pytest.fixture
def books(db: None) -> Browser:
    return at_work(Role.ADMINISTRATION)


def rows(browser: Browser, address: str) -> set[str]:
    """The numbers of the orders in a list."""
    return {order.number for order in browser.get(address).context["cl"].result_list}


@pytest.mark.clauses("P24")
@pytest.mark.parametrize("roles", EVERYBODY)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_screen_can_make_an_order_superusers_included(roles: list[Role], method: str, db: None) -> None:
    boss = at_work(*roles, is_superuser=True)
    for address in (f"{ORDERS}add/", f"{ARCHIVE}add/"):
        assert getattr(boss, method)(address, {"number": "X", "_saveasnew": "1"}).status_code == 403
    assert not Order.objects.exists()


@pytest.mark.parametrize("roles", EVERYBODY)
def test_no_screen_can_change_or_delete_an_order(roles: list[Role], world: World) -> None:
    boss = at_work(*roles, is_superuser=True)
    before = Order.objects.values().get(pk=world.order.pk)
    for page in ("change", "delete"):
        form = {"name": "other", "post": "yes", "_saveasnew": "1"}
        assert boss.post(f"{ORDERS}{world.order.pk}/{page}/", form).status_code == 403
    assert Order.objects.values().get(pk=world.order.pk) == before
    assert Order.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.clauses("P60")
def test_an_order_leaves_the_list_for_the_archive_at_the_instant_it_is_six_months_old(
    desk: Browser, books: Browser, clock: time_machine.Traveller
) -> None:
    order = make_order(number="2026-EDGE01", placed_at=NOW)
    end = due(NOW, deadlines.EXTRAS, Bound.AT_MOST)
    clock.move_to(end - INSTANT)
    # Sessions of staff last a working day, so half a year later they log in again.
    desk.force_login(User.objects.get(email="front_desk@example.org"))
    books.force_login(User.objects.get(email="administration@example.org"))
    assert (rows(desk, ORDERS), rows(books, ORDERS), rows(books, ARCHIVE)) == ({order.number}, {order.number}, set())
    clock.move_to(end)
    assert (rows(desk, ORDERS), rows(books, ORDERS), rows(books, ARCHIVE)) == (set(), set(), {order.number})


@pytest.mark.clauses("P60")
@pytest.mark.parametrize("roles", [[Role.FRONT_DESK], [Role.PHOTOGRAPHER, Role.PRIVACY_OWNER], []])
def test_the_archive_is_shut_for_all_but_the_administration(roles: list[Role], world: World) -> None:
    boss = at_work(*roles, is_superuser=True)
    old = world.old_order
    for address in (ARCHIVE, f"{ARCHIVE}?q={old.number}", f"{ARCHIVE}{old.pk}/change/", f"{ARCHIVE}{old.pk}/history/"):
        assert boss.get(address).status_code == 403
    # By the other door either: the list, its search, the page, the history and the moves of current orders.
    assert old.number not in rows(boss, ORDERS)
    assert rows(boss, f"{ORDERS}?q={old.number}") == set()
    for page in ("change", "history"):
        assert boss.get(f"{ORDERS}{old.pk}/{page}/").status_code == 302
    for page in ("move/delivered/", f"print/{world.line.pk}/"):
        assert boss.get(f"{ORDERS}{old.pk}/{page}").status_code == 404
    assert "archivedorder" not in boss.get("/beheer/").content.decode()


def test_an_invoice_of_an_archived_order_is_part_of_the_archive(world: World) -> None:
    old = Invoice.objects.get(order=world.old_order)
    boss = at_work(is_superuser=True)
    assert boss.get(f"/beheer/shop/invoice/{old.pk}/change/").status_code == 302
    assert old.number not in boss.get("/beheer/shop/invoice/").content.decode()
    assert old.number in at_work(Role.ADMINISTRATION).get("/beheer/shop/invoice/").content.decode()


def test_an_invoice_leads_to_its_order_wherever_that_is_now(books: Browser, world: World) -> None:
    page = books.get("/beheer/shop/invoice/").content.decode()
    assert f"{ORDERS}{world.order.pk}/change/" in page
    assert f"{ARCHIVE}{world.old_order.pk}/change/" in page


def test_the_archive_is_found_by_what_names_nobody(books: Browser, world: World) -> None:
    for query in (world.old_order.number, "F2025-1", world.old_order.payment_reference):
        assert rows(books, f"{ARCHIVE}?q={query}") == {world.old_order.number}
    assert rows(books, f"{ARCHIVE}?q=ndl-old-name") == set()
    assert world.order.number not in rows(books, ARCHIVE)


def test_opening_the_archive_is_in_the_access_log(books: Browser, world: World) -> None:
    AccessLogEntry.objects.all().delete()
    assert books.get(f"{ARCHIVE}{world.old_order.pk}/change/").status_code == 200
    assert AccessLogEntry.objects.get().kind == "shop.order"


@pytest.mark.parametrize("state", State)
def test_a_page_offers_exactly_the_steps_of_the_table(state: State, desk: Browser, db: None) -> None:
    order = make_order(number="2026-STATE1", placed_at=NOW, state=state)
    page = desk.get(f"{ORDERS}{order.pk}/change/").content.decode()
    offered = {after for after in State if f"{ORDERS}{order.pk}/move/{after.value}/" in page}
    assert offered == MOVES[state] - {State.PAID}


def test_a_step_asks_first_then_moves_and_records_who(desk: Browser, world: World) -> None:
    address = f"{ORDERS}{world.order.pk}/move/in_production/"
    assert desk.get(address).status_code == 200
    world.order.refresh_from_db()
    assert world.order.state == State.PAID, "asking moves nothing"
    assert desk.post(address).status_code == 302
    world.order.refresh_from_db()
    assert world.order.state == State.IN_PRODUCTION
    move = OrderMove.objects.latest("pk")
    assert move.by is not None
    assert (move.before, move.after, move.by.email) == ("paid", "in_production", "front_desk@example.org")


@pytest.mark.parametrize("after", ["paid", "placed", "nowhere"])
def test_nobody_makes_an_order_paid_by_hand(after: str, world: World) -> None:
    boss = at_work(is_superuser=True)
    assert boss.post(f"{ORDERS}{world.order.pk}/move/{after}/").status_code == 404


def test_a_step_off_the_table_is_refused_with_a_sentence(desk: Browser, world: World) -> None:
    answer = desk.post(f"{ORDERS}{world.order.pk}/move/shipped/", follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    world.order.refresh_from_db()
    assert world.order.state == State.PAID


def test_many_orders_move_after_a_page_that_says_how_many_can(desk: Browser, world: World) -> None:
    ready = [make_order(number=f"2026-MANY0{i}", placed_at=NOW) for i in range(2)]
    stuck = make_order(number="2026-STUCK1", placed_at=NOW, state="shipped")
    chosen = {"action": "start_making", "_selected_action": [order.pk for order in (*ready, stuck)]}
    page = desk.post(ORDERS, chosen)
    assert (len(page.context["ready"]), page.context["others"]) == (2, 1)
    assert not OrderMove.objects.filter(order__in=ready).exists()
    desk.post(ORDERS, {**chosen, "confirmed": "yes"})
    states = Order.objects.filter(number__startswith="2026-MANY").values_list("state", flat=True)
    assert set(states) == {State.IN_PRODUCTION}
    stuck.refresh_from_db()
    assert stuck.state == State.SHIPPED


def test_who_may_not_move_orders_has_no_such_action(books: Browser, world: World) -> None:
    books.post(ORDERS, {"action": "cancel", "_selected_action": [world.order.pk], "confirmed": "yes"})
    world.order.refresh_from_db()
    assert world.order.state == State.PAID


def transfer(browser: Browser, reference: str, amount: str) -> list[str]:
    """The errors on the page that comes back; none when the transfer was recorded."""
    response = browser.post(f"{ORDERS}transfer/", {"reference": reference, "amount": amount})
    if response.status_code == 302:
        return []
    form = response.context["form"]
    return [*form.non_field_errors(), *(error for errors in form.errors.values() for error in errors)]


@pytest.mark.parametrize("amount", ["12,50", "12.50", "€ 12,50", "€\N{NO-BREAK SPACE}12,50"])
@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.ADMINISTRATION])
def test_a_transfer_makes_the_order_paid_with_its_invoice(amount: str, role: Role, world: World) -> None:
    order = make_order(number="2026-WAIT01", placed_at=NOW, state="placed")
    assert transfer(at_work(role), order.payment_reference or "", amount) == []
    order.refresh_from_db()
    assert order.paid_at == NOW
    assert Invoice.objects.filter(order=order).exists()


@pytest.mark.parametrize(
    ("reference", "amount"), [("REFWAIT01", "12,49"), ("REFNOBODY", "12,50"), ("REFWAIT01", ""), ("REFWAIT01", "x")]
)
def test_a_transfer_that_does_not_fit_is_refused_with_a_sentence(reference: str, amount: str, desk: Browser) -> None:
    order = make_order(number="2026-WAIT01", placed_at=NOW, state="placed")
    assert transfer(desk, reference, amount) != []
    order.refresh_from_db()
    assert order.state == State.PLACED


def test_the_stub_of_a_lapsed_order_is_the_administrations_to_see(books: Browser, db: None) -> None:
    PaymentStub.objects.create(provider="transfer", reference="LATE1", amount_cents=990, created_at=NOW)
    page = books.get("/beheer/shop/paymentstub/").content.decode()
    assert "LATE1" in page
    assert "9,90" in page


def test_the_file_to_print_is_downloaded_under_a_name_that_names_nobody(desk: Browser, world: World) -> None:
    AccessLogEntry.objects.all().delete()
    response = desk.get(f"{ORDERS}{world.order.pk}/print/{world.line.pk}/")
    assert b"".join(response).startswith(b"\xff\xd8")
    assert response["Content-Disposition"] == f'attachment; filename="2026-NEW001-{world.line.pk}.jpg"'
    assert AccessLogEntry.objects.filter(kind="shop.order", object_id=world.order.pk).exists()


@pytest.mark.clauses("P83")
@pytest.mark.parametrize("state", [State.PLACED, State.CANCELLED])
def test_what_nobody_paid_is_not_printed(desk: Browser, world: World, state: State) -> None:
    file = f"{ORDERS}{world.order.pk}/print/{world.line.pk}/"
    page = f"{ORDERS}{world.order.pk}/change/"
    assert file in desk.get(page).content.decode()
    Order.objects.filter(pk=world.order.pk).update(state=state)
    assert file not in desk.get(page).content.decode()
    answer = desk.get(file, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Er valt niets te maken" in answer.content.decode()
    assert not Disclosure.objects.filter(order=world.order, what="photos").exists()


def test_a_bought_file_is_the_buyers_and_not_for_printing(desk: Browser, world: World) -> None:
    assert desk.get(f"{ORDERS}{world.order.pk}/print/{world.download.line_id}/").status_code == 404


@pytest.mark.clauses("P39")
def test_a_copy_to_print_is_out_of_reach_at_the_instant_the_night_may_take_it(desk: Browser, world: World) -> None:
    page = f"{ORDERS}{world.order.pk}/print/{world.line.pk}/"
    OrderFile.objects.exclude(line=world.line).update(kept_from=NOW)
    for kept_from, status in ((NOW - timedelta(days=30) + INSTANT, 200), (NOW - timedelta(days=30), 404)):
        OrderFile.objects.filter(line=world.line).update(kept_from=kept_from)
        answer = desk.get(page)
        answer.close()
        assert answer.status_code == status
        assert selection(registry.rules["RT09"]).count_ripe(NOW, limit=9) == int(status == 404)


def product_form(**changes: object) -> dict[str, object]:
    said = {"kind": "print", "title_nl": "Groot", "title_en": "Large", "price": "7,95", "vat": "standard"}
    return {**said, "width_mm": 200, "height_mm": 300, "is_active": "on", "position": 3, **changes}


@pytest.mark.parametrize(
    ("typed", "cents"), [("7,95", 795), ("7.95", 795), ("8", 800), ("0,01", 1), ("1234,50", 123450)]
)
def test_a_price_is_typed_in_euros_and_kept_in_cents(typed: str, cents: int, books: Browser) -> None:
    assert books.post("/beheer/shop/product/add/", product_form(price=typed)).status_code == 302
    assert Product.objects.get().price_cents == cents


@pytest.mark.parametrize(
    "changes", [{"price": "0"}, {"price": "-1"}, {"price": "1,999"}, {"width_mm": ""}, {"vat": "x"}]
)
def test_a_product_that_cannot_be_is_refused(changes: dict[str, object], books: Browser) -> None:
    assert books.post("/beheer/shop/product/add/", product_form(**changes)).status_code == 200
    assert not Product.objects.exists()


def test_a_new_price_leaves_placed_orders_as_they_were(books: Browser, world: World) -> None:
    product = Product.objects.get()
    page = f"/beheer/shop/product/{product.pk}/change/"
    assert books.post(page, product_form(price="99,00")).status_code == 302
    product.refresh_from_db()
    world.line.refresh_from_db()
    assert (product.price_cents, world.line.unit_cents) == (9900, 1000)
    assert LogEntry.objects.get().object_repr == f"product {product.pk}"


def panels(browser: Browser) -> list[Figure]:
    """Every figure on the first page."""
    return [figure for _, figures in browser.get("/beheer/").context["panels"] for figure in figures]


@pytest.mark.postgres
def test_the_first_page_counts_orders_that_wait_and_links_to_exactly_those(desk: Browser, db: None) -> None:
    for i, state in enumerate(["paid", "paid", "in_production", "placed", "delivered"]):
        make_order(number=f"2026-TODAY{i}", placed_at=NOW, state=state)
    make_order(number="2025-LONGAG", placed_at=LONG_AGO, state="paid")
    figures = [figure for figure in panels(desk) if "/shop/" in figure.url]
    assert [figure.count for figure in figures] == [2, 1, 1]
    assert [len(rows(desk, figure.url)) for figure in figures] == [2, 1, 1]


def test_the_first_page_shows_a_role_only_its_own_work(world: World) -> None:
    shown = {role: {figure.url.split("?")[0] for figure in panels(at_work(role))} for role in Role}
    assert shown[Role.PHOTOGRAPHER] == {"/beheer/galleries/assignment/"}
    assert shown[Role.ADMINISTRATION] == {ORDERS, "/beheer/shop/invoicecorrection/", "/beheer/shop/repayment/"}
    post = {"/beheer/complaints/contactmessage/", "/beheer/complaints/complaint/"}
    objections = {"/beheer/accounts/suppression/", "/beheer/accounts/suppression/review/"}
    photos = {"/beheer/galleries/assignment/", "/beheer/galleries/removalcase/"}
    assert all("/privacy/" in url for url in shown[Role.PRIVACY_OWNER] - post - objections - photos)
    outside = {"/beheer/accounts/campaign/", "/beheer/reviews/review/", "/beheer/privacy/recipientnotice/"}
    asked = {"/beheer/privacy/rightsrequest/recorded/"}
    assert shown[Role.FRONT_DESK] == {ORDERS, *photos, *post, *outside, *asked}


def test_the_list_of_orders_costs_the_same_queries_however_long_it_is(
    desk: Browser, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for i in range(12):
        make_order(number=f"2026-LIST{i:02}", placed_at=NOW)
    with django_assert_max_num_queries(12):
        desk.get(ORDERS)
