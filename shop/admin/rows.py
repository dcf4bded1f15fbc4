"""Which orders a working day sees, and which are the fiscal archive (A12)."""

from datetime import datetime

from django.db.models import Q, QuerySet

from common.periods import Bound, cutoff
from shop import deadlines
from shop.models import ArchivedOrder, Invoice, Order
from shop.states import State

# Who ordered had everything erased that no law keeps, or asked it of an order that is delivered since (A31). As
# `Order.is_archived` says of one.
ARCHIVED_EARLY = Q(archive_asked_at__isnull=False, state=State.DELIVERED) | Q(contact_erased_at__isnull=False)


def current_orders(now: datetime) -> QuerySet[Order]:
    """Orders younger than six months: after that an order is history, and the front desk has no use for it (P08)."""
    return Order.objects.filter(placed_at__gt=cutoff(now, deadlines.EXTRAS, Bound.AT_MOST)).exclude(ARCHIVED_EARLY)


def archived_orders(now: datetime) -> QuerySet[ArchivedOrder]:
    """Orders of six months and older, and those whose person had the rest erased, for the role administration alone
    (P60, A31)."""
    rows: QuerySet[ArchivedOrder] = QuerySet(ArchivedOrder)
    return rows.filter(ARCHIVED_EARLY | Q(placed_at__lte=cutoff(now, deadlines.EXTRAS, Bound.AT_MOST)))


def current_invoices(rows: QuerySet[Invoice], now: datetime) -> QuerySet[Invoice]:
    """The invoices of current orders."""
    return rows.filter(order__in=current_orders(now))
