"""The demo provider's side of a payment: what a buyer chooses on its page."""

from datetime import datetime

from django.db import transaction

from common.jobs import schedule

from ..models import DemoPayment, Payment

OUTCOMES = (Payment.Status.PAID, Payment.Status.FAILED, Payment.Status.CANCELLED)


def decide_demo_payment(*, reference: str, outcome: Payment.Status, now: datetime) -> DemoPayment:
    """Settle a demo payment once, as a bank would, and tell the shop about it by webhook afterwards.

    The first choice stands. Raises DemoPayment.DoesNotExist for an unknown reference, ValueError for an outcome that
    settles nothing.
    """
    if outcome not in OUTCOMES:
        raise ValueError("A payment is settled as paid, failed or cancelled.")
    with transaction.atomic():
        changed = DemoPayment.objects.filter(reference=reference, status=Payment.Status.OPEN).update(status=outcome)
        row = DemoPayment.objects.get(reference=reference)
        if changed:
            schedule("shop.send_demo_webhook", demo_payment_id=row.pk)
        return row
