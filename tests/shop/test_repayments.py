"""Money that is not ours to keep: for an order that lapsed, or that was paid already."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.utils import translation

from accounts.models import User
from accounts.roles import Role
from common.periods import ZONE
from privacy.models import LedgerEntry, OutgoingMail, Restriction
from privacy.sweep import run_sweep
from privacy.today import Tone
from shop.actions import decide_demo_payment, record_transfer, start_payment
from shop.actions.payments import CannotUse, TransferRefused, use_for_order
from shop.actions.repaying import paid_back
from shop.admin.repayments import repayments_today
from shop.models import DemoPayment, Order, Payment, PaymentStub, Repayment
from shop.providers import DemoProvider, Reading
from shop.states import State
from shop.tasks import ASK_FOR, read_open_payments
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW

from .counter import Counter, placed_order

pytestmark = pytest.mark.postgres
LAPSED = NOW + timedelta(days=21)
MONEY = "/beheer/shop/repayment/"


@pytest.fixture
def payment(counter: Counter) -> Payment:
    """An order that waits, with a payment open at the provider."""
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    start_payment(order_id=order.pk, method="demo", now=NOW)
    return Payment.objects.get()


@pytest.fixture
def late(payment: Payment, clock: time_machine.Traveller) -> Payment:
    """Three weeks later the order is gone, and only then does the provider hear from the bank."""
    clock.move_to(LAPSED)
    assert run_sweep(now=LAPSED) is not None
    assert not Order.objects.exists()
    settle_at_provider(payment, "paid")
    return payment


@pytest.fixture
def twice(payment: Payment) -> Payment:
    """An order that was paid by transfer, and then online too."""
    order = payment.order
    settle_at_provider(payment, "paid")
    record_transfer(reference=order.payment_reference or "", amount_cents=order.total_cents, by=staff(), now=NOW)
    notify(payment)
    return payment


def settle_at_provider(payment: Payment, outcome: str) -> None:
    decide_demo_payment(reference=payment.reference, outcome=Payment.Status(outcome), now=NOW)


def notify(payment: Payment) -> None:
    assert Browser().post("/betaling/melding/demo/", {"id": payment.reference}).status_code == 200


def staff() -> Any:
    return User.objects.filter(is_staff=True).first()


def events() -> list[tuple[str, str, int]]:
    rows = LedgerEntry.objects.filter(kind="shop.repayment").order_by("pk")
    return list(rows.values_list("event", "reason", "count"))


def test_money_for_a_lapsed_order_becomes_work_through_the_webhook(late: Payment) -> None:
    assert Payment.objects.count() == 0
    notify(late)
    row = Repayment.objects.get()
    assert (row.why, row.order, row.provider, row.reference) == ("lapsed", None, "demo", late.reference)
    assert (row.amount_cents, row.arrived_at, row.done_at) == (late.amount_cents, LAPSED, None)
    assert events() == [("unusable_payment", "lapsed", 1)]
    (figure,) = repayments_today(LAPSED)
    assert (figure.count, figure.tone) == (1, Tone.WORK)
    page = at_work(Role.ADMINISTRATION).get(figure.url).content.decode()
    assert late.reference in page


@pytest.mark.parametrize("again", [notify, lambda payment: read_open_payments()], ids=["webhook", "our own question"])
def test_however_often_it_is_reported_it_is_one_payment(late: Payment, again: Callable[[Payment], None]) -> None:
    notify(late)
    again(late)
    assert Repayment.objects.count() == 1
    assert len(events()) == 1


def test_without_a_webhook_we_ask_for_two_days(late: Payment, clock: time_machine.Traveller) -> None:
    clock.move_to(LAPSED + ASK_FOR)
    read_open_payments()
    assert not Repayment.objects.exists()
    clock.move_to(LAPSED + ASK_FOR - timedelta(microseconds=1))
    read_open_payments()
    assert Repayment.objects.count() == 1


@pytest.mark.parametrize("before", [ASK_FOR, ASK_FOR + timedelta(microseconds=1)], ids=["the last days", "before them"])
def test_an_order_does_not_lapse_whose_money_came_while_nobody_listened(
    payment: Payment, clock: time_machine.Traveller, before: timedelta
) -> None:
    settle_at_provider(payment, "paid")
    clock.move_to(LAPSED - before)
    read_open_payments()
    assert (Order.objects.get().state == State.PAID) == (before == ASK_FOR)


@pytest.mark.parametrize("is_late", [False, True])
def test_a_payment_that_cannot_be_read_keeps_no_other_waiting(
    payment: Payment, counter: Counter, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch, is_late: bool
) -> None:
    second = placed_order(counter, (counter.photos["anna"], counter.file, 1))
    start_payment(order_id=second.pk, method="demo", now=NOW)
    other = Payment.objects.get(order=second)
    if is_late:
        clock.move_to(LAPSED)
        run_sweep(now=LAPSED)
    for one in (payment, other):
        settle_at_provider(one, "paid")
    read = DemoProvider.read

    def broken(provider: DemoProvider, reference: str) -> Reading:
        if reference == payment.reference:
            raise ConnectionError
        return read(provider, reference)

    monkeypatch.setattr(DemoProvider, "read", broken)
    read_open_payments()
    found = Repayment.objects if is_late else Payment.objects.filter(status="paid")
    assert found.get().reference == other.reference


@pytest.mark.parametrize("outcome", ["failed", "cancelled", None])
def test_a_payment_that_was_not_made_is_no_work(
    payment: Payment, clock: time_machine.Traveller, outcome: str | None
) -> None:
    clock.move_to(LAPSED)
    run_sweep(now=LAPSED)
    if outcome:
        settle_at_provider(payment, outcome)
    notify(payment)
    assert not Repayment.objects.exists()
    DemoPayment.objects.all().delete()
    notify(payment)
    assert not Repayment.objects.exists()


def test_a_payment_that_failed_before_leaves_no_stub(payment: Payment) -> None:
    settle_at_provider(payment, "failed")
    notify(payment)
    run_sweep(now=LAPSED)
    assert list(PaymentStub.objects.values_list("provider", flat=True)) == ["transfer"]


def test_a_transfer_under_a_providers_reference_finds_no_stub(counter: Counter) -> None:
    PaymentStub.objects.create(provider="demo", reference="DEMO1", amount_cents=990, created_at=NOW)
    with pytest.raises(TransferRefused) as refusal, translation.override("en"):
        record_transfer(reference="DEMO1", amount_cents=990, by=staff(), now=NOW)
    assert "lapsed" not in refusal.value.message


def test_the_money_of_a_lapsed_order_pays_the_one_its_buyer_places_anew(late: Payment, counter: Counter) -> None:
    notify(late)
    anew = placed_order(counter, (counter.photos["anna"], counter.print_, 1), now=LAPSED)
    dear = placed_order(counter, (counter.photos["anna"], counter.print_, 2), now=LAPSED)
    books, row = at_work(Role.ADMINISTRATION), Repayment.objects.get()
    for number in ("JK-NONE-SUCH", dear.number):
        assert books.post(f"{MONEY}{row.pk}/use/", {"number": number}).context["form"].non_field_errors()
    assert books.post(f"{MONEY}{row.pk}/use/", {"number": anew.number.lower()}).status_code == 302
    anew.refresh_from_db()
    row.refresh_from_db()
    assert (anew.state, row.order, row.done_at) == (State.PAID, anew, LAPSED)
    assert Payment.objects.get(order=anew).reference == late.reference
    assert events()[-1] == ("used_for_order", "staff", 1)
    with pytest.raises(CannotUse):
        use_for_order(repayment_id=row.pk, number=dear.number, by=staff(), now=LAPSED)
    notify(late)
    assert Repayment.objects.count() == 1, "reported once more it is the payment of the new order"


def test_a_second_payment_of_an_order_is_work_and_its_buyer_hears_so(twice: Payment) -> None:
    row = Repayment.objects.get()
    assert (row.why, row.order, row.reference, row.amount_cents) == (
        "twice",
        twice.order,
        twice.reference,
        twice.amount_cents,
    )
    mail = OutgoingMail.objects.get(kind="shop.paid_twice")
    assert mail.to == twice.order.email
    assert twice.order.number in mail.subject
    assert events() == [("unusable_payment", "twice", 1)]
    notify(twice)
    assert Repayment.objects.count() == OutgoingMail.objects.filter(kind="shop.paid_twice").count() == 1


def test_nobody_is_mailed_about_an_order_in_the_archive(payment: Payment) -> None:
    order = payment.order
    record_transfer(reference=order.payment_reference or "", amount_cents=order.total_cents, by=staff(), now=NOW)
    Order.objects.update(contact_erased_at=NOW)
    settle_at_provider(payment, "paid")
    notify(payment)
    assert Repayment.objects.count() == 1
    assert not OutgoingMail.objects.filter(kind="shop.paid_twice").exists()


def test_staff_see_on_the_order_and_in_its_list_that_money_is_to_go_back(twice: Payment, counter: Counter) -> None:
    other = placed_order(counter, (counter.photos["anna"], counter.file, 1))
    books = at_work(Role.ADMINISTRATION)

    def listed(state: str) -> set[str]:
        found = books.get(f"/beheer/shop/order/?repayment={state}").context["cl"].result_list
        return {order.number for order in found}

    assert listed("open") == {twice.order.number}
    assert listed("done") == set()
    assert other.number in listed("nonsense")
    row = Repayment.objects.get()
    page = books.get(f"/beheer/shop/order/{twice.order_id}/change/").content.decode()
    assert f"{MONEY}{row.pk}/change/" in page
    books.post(MONEY, {"action": "return_money", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.done_at == NOW
    assert listed("open") == set()
    assert listed("done") == {twice.order.number}
    assert events()[-1] == ("repaid", "staff", 1)
    assert paid_back(repayment_ids=[row.pk], now=NOW) == 0, "it goes back once"
    assert repayments_today(NOW)[0].count == 0
    assert books.get(f"{MONEY}{row.pk}/use/").status_code == 404, "only a lapsed order's money is free for another"


def test_a_restricted_orders_money_waits_out_of_sight(twice: Payment) -> None:
    Restriction.objects.create(kind="shop.order", object_id=twice.order_id, reason="art. 18", created_at=NOW)
    assert repayments_today(NOW)[0].count == 0
    assert twice.reference not in at_work(Role.ADMINISTRATION).get(MONEY).content.decode()


def test_rt10_what_was_paid_back_stays_as_long_as_the_books(late: Payment) -> None:
    notify(late)
    night = datetime(2034, 1, 1, tzinfo=ZONE)
    run_sweep(now=night - timedelta(seconds=1))
    assert Repayment.objects.exists()
    run_sweep(now=night)
    assert not Repayment.objects.exists()


def test_who_looks_for_a_lapsed_order_reads_what_becomes_of_the_money(late: Payment) -> None:
    back = DemoPayment.objects.get().return_url
    answer = Browser().get(back, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "pay it back" in answer.content.decode()
    assert "21 days" in answer.content.decode()
