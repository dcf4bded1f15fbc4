"""Which orders a working day sees, and which are the fiscal archive (A12)."""

from datetime import datetime

from django.db.models import Q, QuerySet

from common.periods import Bound, cutoff
from shop import deadlines
from shop.models import ArchivedOrder, Invoice, Order


def current_orders(now: datetime) -> QuerySet[Order]:
    """Orders younger than six months: after that an order is history, and the front desk has no use for it (P08)."""
    recent = cutoff(now, deadlines.EXTRAS, Bound.AT_MOST)
    return Order.objects.filter(placed_at__gt=recent, contact_erased_at__isnull=True)


def archived_orders(now: datetime) -> QuerySet[ArchivedOrder]:
    """Orders of six months and older, and those whose person had the rest erased, for the role administration alone
    (P60, A31)."""
    rows: QuerySet[ArchivedOrder] = QuerySet(ArchivedOrder)
    old = cutoff(now, deadlines.EXTRAS, Bound.AT_MOST)
    return rows.filter(Q(placed_at__lte=old) | Q(contact_erased_at__isnull=False))


def current_invoices(rows: QuerySet[Invoice], now: datetime) -> QuerySet[Invoice]:
    """The invoices of current orders."""
    recent = cutoff(now, deadlines.EXTRAS, Bound.AT_MOST)
    return rows.filter(order__placed_at__gt=recent, order__contact_erased_at__isnull=True)
