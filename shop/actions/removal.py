"""What happens when orders are erased whole, which only those never paid are."""

from datetime import datetime

from privacy import erasure

from ..models import Order, PaymentStub


def erase_orders(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """Erase unpaid orders with their lines, files and payments, and leave a stub of each: a payment reference and an
    amount, so that a late transfer finds a home (RT06, A11). A paid order has an invoice, which protects it (P42)."""
    waiting = Order.objects.filter(pk__in=ids, payment_reference__isnull=False)
    PaymentStub.objects.bulk_create(
        [
            PaymentStub(reference=reference, amount_cents=cents, created_at=now)
            for reference, cents in waiting.values_list("payment_reference", "total_cents")
            if reference
        ],
        ignore_conflicts=True,
    )
    return erasure.erase_rows(Order, ids, reason=reason, rule=rule, now=now)
