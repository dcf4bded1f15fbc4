"""From what a visitor may write a review: a paid order this browser or account opens, or a code of this visit (P70)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from common.periods import Bound, cutoff
from common.requests import VisitorRequest
from galleries.access import open_codes
from shop.account import customer_id
from shop.deadlines import EXTRAS
from shop.models import Order

from .models import Review


@dataclass(frozen=True, slots=True)
class Source:
    """One order or code, how it is called to who holds it, and whether a review of it stands already."""

    key: str
    label: str
    order_id: int | None = None
    code_id: int | None = None
    email: str = ""
    review: Review | None = None


def sources_of(request: VisitorRequest, *, now: datetime) -> list[Source]:
    """What this visitor may write from, orders first: only those verify a review."""
    orders, codes = _orders(request, now=now), open_codes(request, now=now)
    if not orders and not codes:
        return []
    known = Review.objects.taking_place_of(
        order_ids=[order.pk for order in orders], code_ids=[code.id for code in codes]
    )
    written = {(review.order_id, review.code_id): review for review in known}
    by_order = {order_id: review for (order_id, _code), review in written.items() if order_id}
    by_code = {code_id: review for (_order, code_id), review in written.items() if code_id}
    return [
        *(
            Source(
                key=f"order {order.public_id}",
                label=_("Order %(number)s") % {"number": order.number},
                order_id=order.pk,
                email=order.email,
                review=by_order.get(order.pk),
            )
            for order in orders
        ),
        *(
            Source(
                key=f"code {code.public_id}",
                label=_("The photos of number %(number)s, without an order") % {"number": code.number},
                code_id=code.id,
                review=by_code.get(code.id),
            )
            for code in codes
        ),
    ]


def order_source(order: Order) -> Source:
    """The source an order is, for who may open it."""
    return Source(
        key=f"order {order.public_id}",
        label="",
        order_id=order.pk,
        email=order.email,
        review=Review.objects.taking_place_of(order_ids=[order.pk]).first(),
    )


def _orders(request: VisitorRequest, *, now: datetime) -> list[Order]:
    """Paid orders of this browser or of the account it is in with, those in the archive aside: that is used for
    nothing else (A12)."""
    ids, account_id = request.session.get("orders", []), customer_id(request)
    if not ids and account_id is None:
        return []
    mine = Q(public_id__in=ids)
    if account_id is not None:
        mine |= Q(account_id=account_id)
    rows = Order.objects.within_term(now).filter(mine, paid_at__isnull=False)
    return list(rows.filter(placed_at__gt=cutoff(now, EXTRAS, Bound.AT_MOST)).order_by("-placed_at", "-pk"))
