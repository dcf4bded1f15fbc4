"""Money that is not ours to keep: noted when a provider reports it, and work for staff until it is settled."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from common.periods import local_date, year_end
from privacy import ledger

from ..emails import mail_paid_twice
from ..models import Order, Payment, PaymentStub, Repayment
from ..providers import UnknownPayment, online_provider

KIND = "shop.repayment"


def note_paid_twice(order: Order, payment: Payment, *, now: datetime) -> None:
    """A paid order received another payment: it is to be paid back, and the buyer hears that it will be.

    An order in the fiscal archive is used for nothing, so nobody is mailed about one (A12)."""
    noted = _note(
        Repayment.Why.TWICE,
        provider=payment.provider,
        reference=payment.reference,
        amount_cents=payment.amount_cents,
        order=order,
        now=now,
    )
    if noted and not order.is_archived(now):
        mail_paid_twice(order, amount_cents=payment.amount_cents, now=now)


def note_other_amount(order: Order, payment: Payment, *, amount_cents: int, now: datetime) -> None:
    """More or less than its order costs was paid: the order is not paid by it, and the money is to go back."""
    _note(
        Repayment.Why.AMOUNT,
        provider=payment.provider,
        reference=payment.reference,
        amount_cents=amount_cents,
        order=order,
        now=now,
    )


@transaction.atomic
def settle_lapsed(*, stub_id: int, now: datetime) -> bool:
    """Ask the provider about a payment whose order lapsed; whether it was paid after all, and is noted as such now.

    The order is gone, and with it who to write to (RT06): the money waits for a decision of staff. Twice is once.
    """
    stub = PaymentStub.objects.select_for_update().filter(pk=stub_id).first()
    provider = online_provider(stub.provider) if stub else None
    if stub is None or provider is None:
        return False
    try:
        reading = provider.read(stub.reference)
    except UnknownPayment:
        return False
    if reading.status != Payment.Status.PAID:
        return False
    return _note(
        Repayment.Why.LAPSED,
        provider=stub.provider,
        reference=stub.reference,
        amount_cents=reading.amount_cents,
        order=None,
        now=now,
    )


@transaction.atomic
def paid_back(*, repayment_ids: Collection[int], now: datetime) -> int:
    """Note that this money was paid back; how much of it was still to do."""
    waiting = Repayment.objects.select_for_update().filter(pk__in=repayment_ids, done_at=None)
    ids = list(waiting.values_list("pk", flat=True))
    Repayment.objects.filter(pk__in=ids).update(done_at=now)
    if ids:
        ledger.record("repaid", now=now, kind=KIND, count=len(ids), reason="staff", ids=ids)
    return len(ids)


def _note(
    why: Repayment.Why, *, provider: str, reference: str, amount_cents: int, order: Order | None, now: datetime
) -> bool:
    row, is_new = Repayment.objects.get_or_create(
        provider=provider,
        reference=reference,
        defaults={
            "why": why,
            "order": order,
            "amount_cents": amount_cents,
            "arrived_at": now,
            "books_year_end": year_end(local_date(now)),
        },
    )
    if is_new:
        ledger.record("unusable_payment", now=now, kind=KIND, count=1, reason=why, ids=[row.pk])
    return is_new
