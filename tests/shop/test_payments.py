"""Money that comes in, by every road, once or ten times."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client as Browser
from django.utils import translation

from accounts.models import User
from common.periods import ZONE
from galleries.models import Assignment, Client
from privacy.erasure import erase
from privacy.models import OutgoingMail
from shop.actions import decide_demo_payment, move_order, record_transfer, settle_payment, start_payment
from shop.actions.moves import MoveRefused
from shop.actions.payments import CannotPay, TransferRefused
from shop.models import (
    DemoPayment,
    Invoice,
    InvoiceSeries,
    Order,
    OrderFile,
    OrderMove,
    Payment,
    PaymentStub,
    Repayment,
)
from shop.states import MOVES, State
from tests.galleries.studio import NOW

from .counter import Counter, placed_order

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def order(counter: Counter) -> Order:
    """A print and a file."""
    photo = counter.photos["anna"]
    return placed_order(counter, (photo, counter.print_, 1), (photo, counter.file, 1))


@pytest.fixture
def payment(order: Order) -> Payment:
    start_payment(order_id=order.pk, method="demo", now=NOW)
    return Payment.objects.get()


def decide(payment: Payment, outcome: str) -> None:
    decide_demo_payment(reference=payment.reference, outcome=Payment.Status(outcome), now=NOW)


def notify(reference: str, **extra: Any) -> int:
    answer = Browser(enforce_csrf_checks=True).post("/betaling/melding/demo/", {"id": reference, **extra})
    assert answer.content == b""
    return answer.status_code


def test_a_payment_is_opened_for_the_whole_order(order: Order, payment: Payment) -> None:
    row = DemoPayment.objects.get()
    assert (row.amount_cents, row.description) == (order.total_cents, order.number)
    assert (payment.amount_cents, payment.reference) == (order.total_cents, row.reference)
    assert row.return_url == f"/bestelling/{order.public_id}/betaald/"


@pytest.mark.parametrize("method", ["transfer", "mollie", ""])
def test_only_a_provider_of_the_studio_is_used(order: Order, method: str) -> None:
    with pytest.raises(CannotPay):
        start_payment(order_id=order.pk, method=method, now=NOW)


def test_a_provider_that_was_switched_off_is_not_used(order: Order, settings: Any) -> None:
    settings.PAYMENT_PROVIDERS = ["transfer"]
    with pytest.raises(CannotPay):
        start_payment(order_id=order.pk, method="demo", now=NOW)


@pytest.mark.parametrize("times", [1, 2, 10])
def test_a_paid_order_is_settled_once_however_often_anybody_says_so(payment: Payment, times: int) -> None:
    decide(payment, "paid")
    for _ in range(times):
        settle_payment(payment_id=payment.pk, now=LATER)
    order = Order.objects.get()
    assert (order.state, order.paid_at) == (State.PAID, LATER)
    assert Invoice.objects.get().number == "2026-00001"
    assert OutgoingMail.objects.filter(kind="shop.paid").count() == 1
    move = OrderMove.objects.get()
    assert (move.before, move.after, move.at, move.by) == ("placed", "paid", LATER, None)
    payment.refresh_from_db()
    assert (payment.status, payment.settled_at) == ("paid", LATER)


def test_the_invoice_takes_over_the_totals(payment: Payment, order: Order) -> None:
    decide(payment, "paid")
    settle_payment(payment_id=payment.pk, now=LATER)
    invoice = Invoice.objects.get()
    assert (invoice.total_cents, invoice.vat_cents) == (order.total_cents, order.vat_cents)
    assert (invoice.order_id, invoice.issued_at) == (order.pk, LATER)


@pytest.mark.parametrize("outcome", ["failed", "cancelled"])
def test_a_payment_that_failed_leaves_the_order_waiting(payment: Payment, outcome: str) -> None:
    decide(payment, outcome)
    settle_payment(payment_id=payment.pk, now=LATER)
    payment.refresh_from_db()
    assert payment.status == outcome
    assert Order.objects.get().state == State.PLACED
    assert not Invoice.objects.exists()


def test_an_open_payment_changes_nothing(payment: Payment) -> None:
    settle_payment(payment_id=payment.pk, now=LATER)
    payment.refresh_from_db()
    assert (payment.status, payment.settled_at) == ("open", None)


def test_a_payment_of_another_amount_is_not_accepted(payment: Payment) -> None:
    decide(payment, "paid")
    DemoPayment.objects.update(amount_cents=1)
    settle_payment(payment_id=payment.pk, now=LATER)
    assert Order.objects.get().state == State.PLACED
    payment.refresh_from_db()
    assert payment.status == "failed"
    back = Repayment.objects.get()
    assert (back.why, back.order, back.amount_cents, back.reference) == ("amount", payment.order, 1, payment.reference)
    assert start_payment(order_id=payment.order_id, method="demo", now=LATER), "it may be paid as it should"
    settle_payment(payment_id=payment.pk, now=LATER)
    assert Repayment.objects.count() == 1


def test_a_payment_of_an_order_that_lapsed_changes_nothing(payment: Payment) -> None:
    decide(payment, "paid")
    erase(Order, [payment.order_id], reason="sweep", now=LATER)
    assert settle_payment(payment_id=payment.pk, now=LATER) is None
    assert notify(payment.reference) == 200
    assert not Invoice.objects.exists()


def test_a_payment_the_provider_forgot_is_over(payment: Payment) -> None:
    DemoPayment.objects.all().delete()
    settle_payment(payment_id=payment.pk, now=LATER)
    payment.refresh_from_db()
    assert payment.status == "failed"


def test_the_clocks_of_the_files_start_with_the_payment(payment: Payment) -> None:
    decide(payment, "paid")
    settle_payment(payment_id=payment.pk, now=NOW)
    kept = dict(OrderFile.objects.values_list("purpose", "kept_from"))
    assert kept["download"] == NOW
    assert kept["print"] == datetime(2027, 1, 22, tzinfo=ZONE)
    for state in (State.IN_PRODUCTION, State.SHIPPED):
        move_order(order_id=payment.order_id, after=state, by=None, now=NOW)
    move_order(order_id=payment.order_id, after=State.DELIVERED, by=None, now=LATER)
    kept = dict(OrderFile.objects.values_list("purpose", "kept_from"))
    assert kept == {"download": NOW, "print": LATER}


def test_a_late_delivery_does_not_start_the_clock_again(payment: Payment) -> None:
    decide(payment, "paid")
    settle_payment(payment_id=payment.pk, now=NOW)
    latest = OrderFile.objects.get(purpose="print").kept_from
    for state in (State.IN_PRODUCTION, State.SHIPPED, State.DELIVERED):
        move_order(order_id=payment.order_id, after=state, by=None, now=NOW + timedelta(days=120))
    assert OrderFile.objects.get(purpose="print").kept_from == latest


def test_an_order_of_files_alone_is_delivered_when_it_is_paid(counter: Counter) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.file, 1))
    start_payment(order_id=order.pk, method="demo", now=NOW)
    decide(Payment.objects.get(), "paid")
    settle_payment(payment_id=Payment.objects.get().pk, now=LATER)
    order.refresh_from_db()
    assert (order.state, order.delivered_at) == (State.DELIVERED, LATER)
    assert list(OrderMove.objects.order_by("pk").values_list("before", "after")) == [
        ("placed", "paid"),
        ("paid", "delivered"),
    ]


def test_the_books_follow_the_year_of_the_invoice(payment: Payment, counter: Counter) -> None:
    decide(payment, "paid")
    settle_payment(payment_id=payment.pk, now=NOW + timedelta(days=80))
    payment.refresh_from_db()
    ends = {Order.objects.get().books_year_end, payment.books_year_end}
    ends |= {Assignment.objects.get().books_year_end, Client.objects.get().books_year_end}
    assert {str(end) for end in ends} == {"2027-12-31"}
    assert Invoice.objects.get().number == "2027-00001"


def test_money_for_a_cancelled_order_brings_it_back(payment: Payment) -> None:
    move_order(order_id=payment.order_id, after=State.CANCELLED, by=None, now=NOW)
    decide(payment, "paid")
    settle_payment(payment_id=payment.pk, now=LATER)
    assert Order.objects.get().state == State.PAID
    assert Invoice.objects.count() == 1


def test_an_order_paid_twice_has_one_invoice_and_both_payments_recorded(order: Order, payment: Payment) -> None:
    decide(payment, "paid")
    record_transfer(reference=order.payment_reference or "", amount_cents=order.total_cents, by=order_staff(), now=NOW)
    settle_payment(payment_id=payment.pk, now=LATER)
    assert Invoice.objects.count() == 1
    assert sorted(Payment.objects.values_list("provider", "status")) == [("demo", "paid"), ("transfer", "paid")]
    assert OutgoingMail.objects.filter(kind="shop.paid").count() == 1


def test_a_webhook_settles_the_payment(payment: Payment) -> None:
    decide(payment, "paid")
    assert notify(payment.reference) == 200
    assert Order.objects.get().state == State.PAID


def test_a_webhook_is_not_believed(payment: Payment) -> None:
    assert notify(payment.reference, status="paid") == 200
    assert Order.objects.get().state == State.PLACED


@pytest.mark.parametrize("reference", ["", "unknown", "x" * 5000, "' OR 1=1"])
def test_a_webhook_about_nothing_gets_the_same_answer(payment: Payment, reference: str) -> None:
    assert notify(reference) == 200
    payment.refresh_from_db()
    assert payment.status == "open"


def test_a_webhook_is_a_post(payment: Payment) -> None:
    assert Browser().get("/betaling/melding/demo/").status_code == 405


def order_staff() -> Any:
    return User.objects.filter(is_staff=True).first()


def test_a_transfer_pays_the_order_it_names(order: Order) -> None:
    staff = order_staff()
    reference = (order.payment_reference or "").lower()
    paid = record_transfer(
        reference=f" {reference[:4]} {reference[4:]}", amount_cents=order.total_cents, by=staff, now=LATER
    )
    assert (paid.state, paid.paid_at) == (State.PAID, LATER)
    assert OrderMove.objects.get().by == staff
    assert Payment.objects.get().status == "paid"
    assert Invoice.objects.get().order == order


@pytest.mark.parametrize("difference", [-1, 1])
def test_another_amount_is_refused_with_the_right_one(order: Order, difference: int) -> None:
    with pytest.raises(TransferRefused) as refusal:
        record_transfer(
            reference=order.payment_reference or "",
            amount_cents=order.total_cents + difference,
            by=order_staff(),
            now=LATER,
        )
    assert "26,40" in refusal.value.message
    assert not Payment.objects.exists()


def test_a_second_transfer_is_refused(order: Order) -> None:
    known = {"reference": order.payment_reference or "", "amount_cents": order.total_cents, "by": order_staff()}
    record_transfer(**known, now=LATER)
    with pytest.raises(TransferRefused):
        record_transfer(**known, now=LATER)
    assert Invoice.objects.count() == 1


def test_a_late_transfer_finds_the_stub(counter: Counter) -> None:
    PaymentStub.objects.create(provider="transfer", reference="RF00STUB", amount_cents=2640, created_at=NOW)
    with pytest.raises(TransferRefused) as refusal:
        record_transfer(reference="RF00STUB", amount_cents=2640, by=order_staff(), now=LATER)
    assert "26,40" in refusal.value.message


@pytest.mark.parametrize(("reference", "said"), [("rf69 2345 678923", "No order has"), ("RF76 2345678923", "typo")])
def test_an_unknown_reference_is_refused_and_a_mistyped_one_called_so(
    counter: Counter, reference: str, said: str
) -> None:
    with pytest.raises(TransferRefused) as refusal, translation.override("en"):
        record_transfer(reference=reference, amount_cents=1, by=order_staff(), now=LATER)
    assert said in refusal.value.message


def test_a_move_is_recorded_with_who_made_it(order: Order) -> None:
    staff = order_staff()
    moved = move_order(order_id=order.pk, after=State.CANCELLED, by=staff, now=LATER)
    assert moved.state == State.CANCELLED
    move = OrderMove.objects.get()
    assert (move.before, move.after, move.at, move.by) == ("placed", "cancelled", LATER, staff)


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_no_order_leaves_the_table(order: Order, before: State, after: State) -> None:
    Order.objects.update(state=before, paid_at=NOW)
    if after in MOVES[before] and after != State.PAID:
        assert move_order(order_id=order.pk, after=after, by=None, now=LATER).state == after
        return
    with pytest.raises(MoveRefused) as refusal:
        move_order(order_id=order.pk, after=after, by=None, now=LATER)
    assert refusal.value.message
    assert Order.objects.get().state == before
    assert not OrderMove.objects.exists()


def test_a_number_given_in_a_payment_that_failed_is_given_again(order: Order, payment: Payment) -> None:
    decide(payment, "paid")
    with transaction.atomic():
        settle_payment(payment_id=payment.pk, now=LATER)
        transaction.set_rollback(True)
    assert not InvoiceSeries.objects.exists()
    settle_payment(payment_id=payment.pk, now=LATER)
    assert Invoice.objects.get().number == "2026-00001"


def test_nothing_of_a_webhook_is_kept(payment: Payment) -> None:
    notify(payment.reference, secret="NEEDLE-WEBHOOK")
    for model in apps.get_models():
        if model._meta.managed:
            assert "NEEDLE-WEBHOOK" not in str(list(model._default_manager.values_list()))
