"""Money that comes in. Whoever says that something happened, the provider is asked, under a lock on the order."""

import logging
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from common.money import format_cents
from common.periods import local_date
from galleries.actions import note_books_activity
from privacy import ledger
from privacy.declarations import Recipient

from .. import deadlines
from ..emails import mail_order_paid
from ..errors import ShopError
from ..models import Disclosure, Order, OrderFile, Payment, PaymentStub, Product, Repayment
from ..providers import TRANSFER, Reading, UnknownPayment, online_provider
from ..references import is_payment_reference
from ..states import State, may_move
from .invoices import issue_invoice
from .marketing import note_buyer
from .moves import apply_move
from .recipients import disclose
from .repaying import KIND, note_other_amount, note_paid_twice, settle_lapsed

log = logging.getLogger(__name__)


class CannotPay(ShopError):
    """The order is not waiting for a payment, or not in this way."""


class TransferRefused(ShopError):
    """The transfer does not fit an order that waits for it."""


class CannotUse(ShopError):
    """The money of a lapsed order does not fit the order it was to pay."""


def start_payment(*, order_id: int, method: str, now: datetime) -> str:
    """Open a payment of the whole order at an online provider; returns the address where the buyer pays.

    An open payment is used again, so that a second click does not make a second payment. Raises CannotPay when the
    order does not wait for money or the studio does not use this provider.
    """
    provider = online_provider(method)
    if provider is None:
        raise CannotPay(_("This way to pay is not available. Choose another one."))
    # What was paid a moment ago, and nobody told us yet, is not paid again.
    for payment_id in Payment.objects.filter(order_id=order_id, status=Payment.Status.OPEN).values_list(
        "pk", flat=True
    ):
        settle_payment(payment_id=payment_id, now=now)
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        if order.state != State.PLACED:
            raise CannotPay(_("This order does not wait for a payment."))
        payment = order.payments.filter(provider=method, status=Payment.Status.OPEN).exclude(reference="").first()
        if payment is None:
            reference = provider.create(
                amount_cents=order.total_cents,
                description=order.number,
                return_url=reverse("shop:paid", args=[order.public_id]),
                now=now,
            )
            payment = Payment.objects.create(
                order=order,
                provider=method,
                reference=reference,
                amount_cents=order.total_cents,
                created_at=now,
                books_year_end=order.books_year_end,
            )
            disclose(order, recipient=Recipient.PAYMENT_PROVIDER, what=Disclosure.What.PAYMENT, now=now)
    return provider.pay_url(payment.reference)


def settle_notified(*, provider: str, reference: str, now: datetime) -> None:
    """Look at the payment a provider's message is about, also when its order lapsed; at nothing when none is known."""
    known = {"provider": provider, "reference": reference}
    payment_id = Payment.objects.filter(**known).exclude(reference="").values_list("pk", flat=True).first()
    if payment_id is not None and settle_payment(payment_id=payment_id, now=now):
        return
    stub_id = PaymentStub.objects.filter(**known).values_list("pk", flat=True).first()
    if stub_id is not None:
        settle_lapsed(stub_id=stub_id, now=now)


def settle_payment(*, payment_id: int, now: datetime) -> Order | None:
    """Ask the provider what became of a payment and act on it, once, however often and by whomever we are called.

    The order is locked while the provider is read: a webhook and a returning customer at the same moment make one
    invoice and one mail. Returns the order as it is then; None when it lapsed meanwhile, its payments with it (RT06):
    then its stub is asked about (`settle_lapsed`).
    """
    with transaction.atomic():
        order = Order.objects.select_for_update(of=("self",)).filter(payments=payment_id).first()
        if order is None:
            return None
        payment = Payment.objects.get(pk=payment_id)
        if payment.status != Payment.Status.OPEN:
            return order
        reading = _read_back(payment)
        if reading.status == Payment.Status.OPEN:
            return order
        is_paid = reading.status == Payment.Status.PAID
        if is_paid and reading.amount_cents != payment.amount_cents:
            # The money is real, and not what the order costs: the order waits on, and may be paid as it should.
            note_other_amount(order, payment, amount_cents=reading.amount_cents, now=now)
            is_paid, reading = False, replace(reading, status=Payment.Status.FAILED)
        Payment.objects.filter(pk=payment.pk).update(status=reading.status, settled_at=now)
        return _pay(order, payment, by=None, now=now) if is_paid else order


def record_transfer(*, reference: str, amount_cents: int, by: User, now: datetime) -> Order:
    """Record that a bank transfer with this payment reference arrived (A11, A39). Spaces and case do not matter.

    Raises TransferRefused when nothing waits under the reference, the amount differs from the order's total, or the
    order lapsed: then its stub tells staff that the money is to be sent back.
    """
    written = "".join(reference.split()).upper()
    with transaction.atomic():
        order = Order.objects.select_for_update().filter(payment_reference=written).first()
        if order is None:
            raise TransferRefused(_no_order(written))
        if not may_move(State(order.state), State.PAID):
            raise TransferRefused(_("This order is paid already. Send this money back."))
        if amount_cents != order.total_cents:
            raise TransferRefused(
                _("The amount differs: this order costs {total}.").format(total=format_cents(order.total_cents))
            )
        return _receive(order, provider=TRANSFER, reference=written, by=by, now=now)


def use_for_order(*, repayment_id: int, number: str, by: User, now: datetime) -> Order:
    """Pay the order with this number with the money of a lapsed one: its buyer ordered anew. Raises CannotUse."""
    with transaction.atomic():
        found = Order.objects.within_term(now).filter(number__iexact=number.strip()).select_for_update(of=("self",))
        order = found.first()
        waiting = Repayment.objects.select_for_update().filter(pk=repayment_id, done_at=None)
        row = waiting.filter(why=Repayment.Why.LAPSED).first()
        if row is None:
            raise CannotUse(_("This money was settled already."))
        if order is None or not may_move(State(order.state), State.PAID):
            raise CannotUse(_("No order with this number waits for a payment."))
        if row.amount_cents != order.total_cents:
            raise CannotUse(
                _("The amount differs: this order costs {total}.").format(total=format_cents(order.total_cents))
            )
        waiting.update(done_at=now, order=order)
        ledger.record("used_for_order", now=now, kind=KIND, count=1, reason="staff", ids=[row.pk])
        return _receive(order, provider=row.provider, reference=row.reference, by=by, now=now)


def _receive(order: Order, *, provider: str, reference: str, by: User, now: datetime) -> Order:
    """The whole amount of an order, which staff say is there."""
    payment = Payment.objects.create(
        order=order,
        provider=provider,
        reference=reference,
        amount_cents=order.total_cents,
        status=Payment.Status.PAID,
        created_at=now,
        settled_at=now,
        books_year_end=order.books_year_end,
    )
    return _pay(order, payment, by=by, now=now)


def _read_back(payment: Payment) -> Reading:
    provider = online_provider(payment.provider)
    if provider is None:
        return Reading(Payment.Status.OPEN, payment.amount_cents)
    try:
        return provider.read(payment.reference)
    except UnknownPayment:
        log.warning("payment %s is unknown to its provider", payment.pk)
        return Reading(Payment.Status.FAILED, payment.amount_cents)


def _pay(order: Order, payment: Payment, *, by: User | None, now: datetime) -> Order:
    if not may_move(State(order.state), State.PAID):
        # The money is real and stays recorded with its payment; the order cannot be paid twice.
        note_paid_twice(order, payment, now=now)
        return order
    order = apply_move(order, after=State.PAID, by=by, now=now)
    _note_in_books(order, now=now)
    invoice = issue_invoice(order, now=now)
    _start_clocks(order, now=now)
    note_buyer(order, now=now)
    if not order.lines.filter(kind=Product.Kind.PRINT).exists():
        order = apply_move(order, after=State.DELIVERED, by=None, now=now)
    mail_order_paid(order, invoice=invoice, now=now)
    return order


def _note_in_books(order: Order, *, now: datetime) -> None:
    # A10: seven years count from the year of the order or of its invoice, the later.
    order.books_year_end = deadlines.later_year_end(order.books_year_end, local_date(now))
    Order.objects.filter(pk=order.pk).update(books_year_end=order.books_year_end)
    order.payments.update(books_year_end=order.books_year_end)
    assignments = order.lines.filter(assignment__isnull=False).values_list("assignment_id", flat=True)
    note_books_activity(assignment_ids=set(assignments), on=local_date(now))


def _start_clocks(order: Order, *, now: datetime) -> None:
    mine = OrderFile.objects.filter(line__order=order)
    mine.filter(purpose=OrderFile.Purpose.DOWNLOAD).update(kept_from=now)
    latest = deadlines.print_kept_from(paid_at=now, delivered_at=None)
    mine.filter(purpose=OrderFile.Purpose.PRINT).update(kept_from=latest)


def _no_order(reference: str) -> str:
    stub = PaymentStub.objects.filter(provider=TRANSFER, reference=reference).first()
    if stub is None and not is_payment_reference(reference):
        return _("There is a typo in this payment reference. Check it against the bank statement.")
    if stub is None:
        return _("No order has this payment reference. Check it against the bank statement.")
    return _("The order with this reference lapsed unpaid; it cost {total}. Send the money back.").format(
        total=format_cents(stub.amount_cents)
    )
