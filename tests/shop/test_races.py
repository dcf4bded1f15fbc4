"""Two at once, on a database that lets two work at once. SQLite takes one writer at a time: there is no race there."""

from functools import partial
from typing import Any

import pytest

from privacy.models import OutgoingMail, StoredObject
from shop.actions import (
    add_line,
    decide_demo_payment,
    move_order,
    place_order,
    record_transfer,
    settle_payment,
    start_payment,
)
from shop.actions.moves import MoveRefused
from shop.actions.orders import BasketEmpty, Choices, Form
from shop.actions.payments import TransferRefused
from shop.basket import read_basket
from shop.models import Draft, DraftLine, Invoice, InvoiceSeries, Order, OrderMove, Payment
from shop.states import State
from tests import races
from tests.galleries.studio import NOW

from .counter import BUYER, Counter, filled_draft, open_code, open_counter, placed_order

pytestmark = [
    pytest.mark.postgres,
    races.needs_two_writers,
]
at_once = partial(races.at_once, refusals=(MoveRefused, TransferRefused, BasketEmpty))


@pytest.fixture
def counter(transactional_db: None) -> Counter:
    return open_counter()


def waiting(counter: Counter, count: int = 1) -> list[Payment]:
    """Orders paid at the demo provider, of which the shop knows nothing yet."""
    payments = []
    for _ in range(count):
        order = placed_order(counter, (counter.photos["anna"], counter.print_, 1))
        start_payment(order_id=order.pk, method="demo", now=NOW)
        payment = order.payments.get()
        decide_demo_payment(reference=payment.reference, outcome=Payment.Status.PAID, now=NOW)
        payments.append(payment)
    return payments


def test_a_webhook_and_a_returning_buyer_make_one_invoice_and_one_mail(counter: Counter) -> None:
    for payment in waiting(counter, 5):
        at_once(*[lambda pk=payment.pk: settle_payment(payment_id=pk, now=NOW)] * 4)
        assert Invoice.objects.filter(order=payment.order_id).count() == 1
        assert OrderMove.objects.filter(order=payment.order_id).count() == 1
    assert OutgoingMail.objects.filter(kind="shop.paid").count() == 5


def test_invoice_numbers_have_no_gap_however_many_pay_at_once(counter: Counter) -> None:
    payments = waiting(counter, 8)
    at_once(*[lambda pk=payment.pk: settle_payment(payment_id=pk, now=NOW) for payment in payments])
    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == [f"2026-{number:05d}" for number in range(1, 9)]
    assert InvoiceSeries.objects.get().last_number == 8


def test_a_form_sent_twice_at_once_is_one_order(counter: Counter) -> None:
    draft = filled_draft(counter, (counter.photos["anna"], counter.print_, 1))
    form = Form(token="t", viewer="v", shown=read_basket([draft.code_id], now=NOW).fingerprint)
    choices = Choices("demo", refused_marketing=False, file_consent=False, file_waiver=False, language="nl")

    def place() -> Order:
        return place_order(code_ids=[draft.code_id], form=form, buyer=BUYER, choices=choices, now=NOW)

    answers = at_once(place, place, place)
    assert Order.objects.count() == 1
    assert {order.pk for order in answers} == {Order.objects.get().pk}
    # What the losers copied is on its way out.
    copies = StoredObject.objects.filter(name__startswith="ordered/")
    assert copies.filter(doomed_at__isnull=True).count() == 1
    assert OutgoingMail.objects.count() == 1


def test_two_browsers_that_order_one_basket_at_once_make_one_order(counter: Counter) -> None:
    draft = filled_draft(counter, (counter.photos["anna"], counter.print_, 1))
    shown = read_basket([draft.code_id], now=NOW).fingerprint
    choices = Choices("demo", refused_marketing=False, file_consent=False, file_waiver=False, language="nl")

    def place(viewer: str) -> Order:
        form = Form(token=viewer, viewer=viewer, shown=shown)
        return place_order(code_ids=[draft.code_id], form=form, buyer=BUYER, choices=choices, now=NOW)

    answers = at_once(lambda: place("a"), lambda: place("b"))
    assert Order.objects.count() == 1
    assert sorted(type(answer).__name__ for answer in answers) == ["BasketEmpty", "Order"]


def test_two_movers_cannot_both_win(counter: Counter) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    Order.objects.update(state=State.PAID, paid_at=NOW)
    move = [lambda: move_order(order_id=order.pk, after=State.IN_PRODUCTION, by=None, now=NOW)] * 4
    answers = at_once(*move)
    assert sum(isinstance(answer, Order) for answer in answers) == 1
    assert OrderMove.objects.count() == 1


def test_a_transfer_typed_in_twice_at_once_is_recorded_once(counter: Counter) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1), method="transfer")
    known: dict[str, Any] = {"reference": order.payment_reference, "amount_cents": order.total_cents}
    record = [lambda: record_transfer(**known, by=counter.studio.staff, now=NOW)] * 3
    answers = at_once(*record)
    assert sum(isinstance(answer, Order) for answer in answers) == 1
    assert Invoice.objects.count() == Payment.objects.count() == 1


def test_paying_from_two_tabs_at_once_is_one_payment(counter: Counter) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    urls = at_once(*[lambda: start_payment(order_id=order.pk, method="demo", now=NOW)] * 3)
    assert len(set(urls)) == 1
    assert Payment.objects.count() == 1


def test_two_hands_that_fill_one_basket_at_once_lose_nothing(counter: Counter) -> None:
    code = open_code(counter.studio.anna)
    photo, product = counter.photos["anna"].public_id, counter.print_.public_id

    def add() -> bool:
        return add_line(code=code, entered_at=NOW, photo_id=photo, product_id=product, quantity=1, now=NOW)

    assert sum(at_once(*[add] * 4)) == 1
    assert Draft.objects.count() == 1
    assert DraftLine.objects.get().quantity == 4
