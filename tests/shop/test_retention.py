"""Each rule of the shop on both sides of its boundary, and what stays when it has run."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from common.periods import ZONE, Bound, Period, cutoff_date, due
from privacy.models import LedgerEntry, RuleRun, StoredObject
from privacy.registry import registry
from privacy.sweep import run_sweep
from shop import deadlines
from shop.actions import move_order, record_transfer, remember_details
from shop.models import (
    DemoPayment,
    Draft,
    DraftDetails,
    DraftLine,
    Invoice,
    Order,
    OrderFile,
    OrderLine,
    OrderMove,
    Payment,
    PaymentStub,
)
from shop.states import State
from tests.galleries.studio import NOW, code_row

from .counter import BUYER, Counter, filled_draft, placed_order

pytestmark = pytest.mark.postgres
BLINK = timedelta(microseconds=1)
SIX_MONTHS = datetime(2027, 4, 22, tzinfo=ZONE)
BOOKS_CLOSE = datetime(2034, 1, 1, tzinfo=ZONE)


def night(at: datetime) -> None:
    """The sweep of that moment; it must end green."""
    run = run_sweep(now=at)
    assert run is not None
    bad = list(RuleRun.objects.filter(sweep=run).exclude(outcome="done", residue=0).values_list("rule", "error"))
    assert not bad


def is_gone_at(moment: datetime, still_there: Callable[[], Any]) -> None:
    """A blink before the boundary it is there; at the boundary it is not."""
    night(moment - BLINK)
    assert still_there()
    night(moment)
    assert not still_there()


@pytest.fixture
def order(counter: Counter) -> Order:
    """A print and a file, waiting for a transfer."""
    photo = counter.photos["anna"]
    order = placed_order(counter, (photo, counter.print_, 2), (photo, counter.file, 1), method="transfer")
    Order.objects.filter(pk=order.pk).update(delivery_note="Bij de buren")
    return order


@pytest.fixture
def paid(order: Order, counter: Counter) -> Order:
    return pay(order, counter)


def pay(order: Order, counter: Counter, *, now: datetime = NOW) -> Order:
    return record_transfer(
        reference=order.payment_reference or "", amount_cents=order.total_cents, by=counter.studio.staff, now=now
    )


@pytest.mark.clauses("P52")
def test_rt05_a_draft_goes_three_weeks_after_the_entry_of_the_code(counter: Counter) -> None:
    draft = filled_draft(counter, (counter.photos["anna"], counter.print_, 1))
    remember_details(code_ids=[draft.code_id], viewer="v", typed={"name": "Sanne"}, now=NOW)
    is_gone_at(NOW + timedelta(days=21), Draft.objects.exists)
    assert not DraftLine.objects.exists()
    assert not DraftDetails.objects.exists()


def test_rt05_coming_back_with_the_code_makes_it_no_longer(counter: Counter) -> None:
    draft = filled_draft(counter, (counter.photos["anna"], counter.print_, 1))
    assert Draft.objects.alive(NOW + timedelta(days=20)).filter(pk=draft.pk).exists()
    assert not Draft.objects.alive(NOW + timedelta(days=22)).exists()
    filled_draft(counter, (counter.photos["anna"], counter.file, 1), opened_at=NOW + timedelta(days=20))
    assert Draft.objects.get().opened_at == NOW


@pytest.mark.parametrize("state", [State.PLACED, State.CANCELLED])
def test_rt06_an_unpaid_order_goes_and_leaves_a_stub_without_a_person(order: Order, state: State) -> None:
    if state == State.CANCELLED:
        move_order(order_id=order.pk, after=state, by=None, now=NOW)
    names = list(StoredObject.objects.filter(name__startswith="ordered/").values_list("name", flat=True))
    is_gone_at(NOW + timedelta(days=21), Order.objects.exists)
    assert not OrderLine.objects.exists()
    assert not OrderFile.objects.exists()
    assert len(names) == 2
    assert not any(default_storage.exists(name) for name in names)
    stub = PaymentStub.objects.get()
    assert (stub.reference, stub.amount_cents) == (order.payment_reference, order.total_cents)
    fields = {field.name for field in PaymentStub._meta.fields}
    assert fields == {"id", "provider", "reference", "amount_cents", "created_at"}
    is_gone_at(stub.created_at + timedelta(days=60), PaymentStub.objects.exists)


@pytest.mark.parametrize("state", [State.PAID, State.IN_PRODUCTION, State.SHIPPED, State.DELIVERED])
def test_rt06_takes_no_order_that_was_paid(paid: Order, state: State) -> None:
    Order.objects.update(state=state)
    night(NOW + timedelta(days=25))
    assert Order.objects.filter(pk=paid.pk, name=BUYER.name).exists()
    assert not PaymentStub.objects.exists()


def test_rt06_the_demo_provider_forgets_after_thirty_days(counter: Counter) -> None:
    DemoPayment.objects.create(
        reference="demo_x", amount_cents=1, description="JK-2345-6789", return_url="/", created_at=NOW
    )
    is_gone_at(NOW + timedelta(days=30), DemoPayment.objects.exists)


def the_order() -> dict[str, Any]:
    return dict(Order.objects.values().get())


@pytest.mark.clauses("P43")
def test_rt07_salutation_and_phone_go_after_six_months_and_nothing_else(paid: Order) -> None:
    before = the_order()
    night(SIX_MONTHS - BLINK)
    assert the_order() == before
    night(SIX_MONTHS)
    after = the_order()
    changed = {name for name in before if before[name] != after[name]}
    # RT07 and RT08 of the same day, each with its own mark.
    assert changed == {
        "salutation",
        "phone",
        "contact_erased_at",
        "delivery_note",
        "form_digest",
        "extras_erased_at",
    }
    assert (after["salutation"], after["phone"], after["delivery_note"], after["form_digest"]) == ("", "", "", None)


def a_line() -> dict[str, Any]:
    return dict(OrderLine.objects.order_by("pk").values()[0])


def test_rt08_which_photo_was_ordered_goes_after_six_months(paid: Order) -> None:
    before = a_line()
    night(SIX_MONTHS - BLINK)
    assert a_line() == before
    night(SIX_MONTHS)
    after = a_line()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"photo_ref", "photo_label", "assignment_id", "extras_erased_at"}
    assert (after["photo_ref"], after["photo_label"], after["crop"], after["assignment_id"]) == (None, "", "", None)


def test_rt08_who_moved_an_order_is_forgotten_after_six_months(paid: Order) -> None:
    assert OrderMove.objects.get().by
    is_gone_at(SIX_MONTHS, OrderMove.objects.exists)


@pytest.mark.parametrize("months", [2, 7], ids=["before the six months are over", "after them"])
def test_rt08_a_late_move_is_forgotten_with_the_rest_of_its_order(paid: Order, months: int) -> None:
    late = due(NOW, Period(months=months), Bound.AT_MOST)
    move_order(order_id=paid.pk, after=State.IN_PRODUCTION, by=None, now=late)
    assert OrderMove.objects.count() == 2
    if late < SIX_MONTHS:
        is_gone_at(SIX_MONTHS, OrderMove.objects.exists)
    else:
        night(late)
        assert not OrderMove.objects.exists()


def copies(purpose: str) -> Callable[[], bool]:
    """Whether a copy for this purpose is there, as a row with its bytes."""
    name = OrderFile.objects.get(purpose=purpose).stored.name

    def still_there() -> bool:
        has_row = OrderFile.objects.filter(purpose=purpose).exists()
        assert has_row is default_storage.exists(name)
        return has_row

    return still_there


def test_rt09_a_print_copy_goes_thirty_days_after_delivery(paid: Order) -> None:
    delivered = NOW + timedelta(days=10)
    for state in (State.IN_PRODUCTION, State.SHIPPED, State.DELIVERED):
        move_order(order_id=paid.pk, after=state, by=None, now=delivered)
    is_gone_at(delivered + timedelta(days=30), copies("print"))
    assert OrderLine.objects.count() == 2


def test_rt09_an_undelivered_print_copy_goes_three_months_and_thirty_days_after_payment(paid: Order) -> None:
    is_gone_at(datetime(2027, 1, 22, tzinfo=ZONE) + timedelta(days=30), copies("print"))


def test_rt29_a_bought_file_goes_thirty_days_after_payment(order: Order, counter: Counter) -> None:
    pay(order, counter, now=NOW + timedelta(days=3))
    is_gone_at(NOW + timedelta(days=33), copies("download"))
    assert OrderFile.objects.get().purpose == "print"


@pytest.mark.clauses("P42")
def test_rt10_the_person_goes_when_the_books_close_and_the_totals_stay(paid: Order) -> None:
    night(BOOKS_CLOSE - timedelta(seconds=1))
    assert Order.objects.get().name == BUYER.name
    night(BOOKS_CLOSE)
    order = Order.objects.get()
    for field in ("name", "street", "postcode", "city", "country", "email", "language", "button_text"):
        assert getattr(order, field) == "", field
    assert (order.payment_reference, order.file_consent_at, order.file_waiver_at) == (None, None, None)
    for field in ("number", "placed_at", "paid_at", "goods_cents", "shipping_cents", "total_cents", "vat_cents"):
        assert getattr(order, field) == getattr(paid, field), field
    invoice = Invoice.objects.get()
    assert (invoice.order_id, invoice.total_cents) == (order.pk, paid.total_cents)
    assert list(order.lines.order_by("pk").values_list("title", "total_cents", "vat_rate")) == [
        ("Afdruk 13 × 18", 1500, 2100),
        ("Digitaal bestand", 1495, 2100),
    ]


def test_rt10_the_reference_of_the_payment_goes_on_the_same_day(paid: Order) -> None:
    is_gone_at(BOOKS_CLOSE, lambda: Payment.objects.get().reference)
    assert Payment.objects.get().amount_cents == paid.total_cents


@pytest.mark.clauses("P42")
def test_rt10_the_example_of_the_decision() -> None:
    """An order of 10 March 2025 is erasable on 1 January 2033 (A10)."""
    rule = registry.rules["RT10"]
    end = date(2025, 12, 31)
    assert rule.due(end) == datetime(2033, 1, 1, tzinfo=ZONE)
    assert cutoff_date(datetime(2032, 12, 31, 23, 59, 59, tzinfo=ZONE), rule.period, rule.bound) < end
    assert cutoff_date(datetime(2033, 1, 1, tzinfo=ZONE), rule.period, rule.bound) >= end


def test_rt10_counts_from_the_year_of_the_invoice_when_that_is_later(order: Order, counter: Counter) -> None:
    pay(order, counter, now=datetime(2027, 1, 2, tzinfo=ZONE))
    night(BOOKS_CLOSE)
    assert Order.objects.get().name == BUYER.name
    night(datetime(2035, 1, 1, tzinfo=ZONE))
    assert Order.objects.get().name == ""


def test_rt10_a_field_outside_the_keep_list_is_wiped_whatever_it_is(paid: Order) -> None:
    rule = registry.rules["RT10"]
    Order.objects.update(refused_marketing=True, contact_erased_at=NOW, extras_erased_at=NOW, phone="NEEDLE")
    night(BOOKS_CLOSE)
    row = Order.objects.values().get()
    stays = {"id", rule.marker, *rule.keep}
    left = {name: value for name, value in row.items() if name not in stays and value not in {None, "", False}}
    assert left == {}
    assert row["person_erased_at"] == BOOKS_CLOSE


def test_a_night_twice_changes_nothing(paid: Order) -> None:
    night(BOOKS_CLOSE)
    tables = (Order, OrderLine, Payment, Invoice)
    once = [list(model.objects.order_by("pk").values()) for model in tables]
    entries = LedgerEntry.objects.filter(event__in=["erased", "wiped"]).count()
    night(BOOKS_CLOSE)
    assert [list(model.objects.order_by("pk").values()) for model in tables] == once
    assert LedgerEntry.objects.filter(event__in=["erased", "wiped"]).count() == entries


def test_no_word_of_the_buyer_is_left_when_every_term_is_over(paid: Order) -> None:
    night(BOOKS_CLOSE)
    words = {BUYER.name, BUYER.street, BUYER.postcode, BUYER.email, BUYER.phone, "Bij de buren", paid.payment_reference}
    models = (Order, OrderLine, OrderMove, Payment, Invoice, PaymentStub)
    everything = " ".join(str(list(model.objects.values_list())) for model in models)
    assert not [word for word in words if str(word) in everything]


@pytest.mark.parametrize(
    "key", [key for key, rule in sorted(registry.rules.items()) if rule.model._meta.app_label == "shop"]
)
def test_every_rule_has_the_index_it_needs(key: str) -> None:
    rule = registry.rules[key]
    assert any(
        list(index.fields)[:2] == [rule.anchor, "id"]
        and (index.condition or rule.condition.__class__()) == rule.condition
        for index in rule.model._meta.indexes
    )


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_books_of_every_day_close_on_a_first_of_january(day: date) -> None:
    rule = registry.rules["RT10"]
    closes = rule.due(deadlines.later_year_end(day, day)).astimezone(ZONE)
    assert (closes.year, closes.month, closes.day, closes.hour) == (day.year + 8, 1, 1, 0)
    assert rule.bound is Bound.AT_LEAST


def test_what_a_page_shows_is_what_the_night_does(paid: Order, counter: Counter) -> None:
    draft = filled_draft(counter, (counter.photos["anna"], counter.print_, 1))
    file = OrderFile.objects.get(purpose="download")
    assert file.kept_from
    assert paid.paid_at
    assert deadlines.draft_ends(draft.opened_at) == registry.rules["RT05"].due(draft.opened_at)
    assert deadlines.unpaid_ends(paid.placed_at) == registry.rules["RT06"].due(paid.placed_at)
    assert deadlines.download_ends(paid.paid_at) == registry.rules["RT29"].due(file.kept_from)
    assert deadlines.archived_at(paid.placed_at) == registry.rules["RT07"].due(paid.placed_at)
    assert code_row(counter.studio.anna).pk == draft.code_id
