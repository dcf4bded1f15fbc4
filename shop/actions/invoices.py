"""Invoices: numbered without a gap, made when an order is paid (A39, L17)."""

from datetime import datetime

from common.periods import local_date

from ..models import Invoice, InvoiceSeries, Order


def issue_invoice(order: Order, *, now: datetime) -> Invoice:
    """The invoice of a paid order, with the next number of this year's series.

    Runs inside the caller's transaction and keeps the series locked until that ends, so that a number is given exactly
    when the payment is recorded: no gap after a rollback, no number twice.
    """
    year = local_date(now).year
    InvoiceSeries.objects.get_or_create(year=year)
    series = InvoiceSeries.objects.select_for_update().get(year=year)
    series.last_number += 1
    InvoiceSeries.objects.filter(year=year).update(last_number=series.last_number)
    return Invoice.objects.create(
        number=f"{year}-{series.last_number:05d}",
        order=order,
        issued_at=now,
        total_cents=order.total_cents,
        vat_cents=order.vat_cents,
    )
