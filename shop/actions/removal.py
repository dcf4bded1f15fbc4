"""What happens when orders are erased whole, which only those never paid are."""

from datetime import datetime

from privacy import erasure

from ..models import Order, Payment, PaymentStub
from ..providers import TRANSFER


def erase_orders(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """Erase unpaid orders with their lines, files and payments, and leave a stub of each way its money may still come:
    a reference and an amount, so that a late payment finds a home (RT06, A11). A paid order has an invoice, which
    protects it (P42)."""
    waiting = Order.objects.filter(pk__in=ids, payment_reference__isnull=False)
    ways = [
        (TRANSFER, reference, cents)
        for reference, cents in waiting.values_list("payment_reference", "total_cents")
        if reference
    ]
    unsettled = Payment.objects.filter(order__in=ids, status=Payment.Status.OPEN).exclude(reference="")
    ways += unsettled.values_list("provider", "reference", "amount_cents")
    PaymentStub.objects.bulk_create(
        [
            PaymentStub(provider=provider, reference=reference, amount_cents=cents, created_at=now)
            for provider, reference, cents in ways
        ],
        ignore_conflicts=True,
    )
    return erasure.erase_rows(Order, ids, reason=reason, rule=rule, now=now)
