"""What of the shop hangs on the account of a customer (P44, P51)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from common.money import format_cents
from common.requests import VisitorRequest
from galleries.access import viewer_of

from .actions.copies import outdated_copies
from .models import Order, OrderFile

# What comes after the orders is not pushed off the page by many of them: older ones unfold.
LATEST_ORDERS = 10


def customer_id(request: HttpRequest) -> int | None:
    """The account an order is placed in: that of a customer who is logged in, never that of a colleague."""
    user = request.user
    return user.pk if isinstance(user, User) and not user.is_staff else None


def typist(request: HttpRequest) -> str:
    """Who types at the checkout: this browser, and in it the customer who is logged in. What an account filled in never
    shows to who comes after in the same browser, as guest or as somebody else. "" without a viewer cookie."""
    viewer, account = viewer_of(request), customer_id(request)
    return f"{viewer}:{account}" if viewer and account is not None else viewer


def known_details(request: HttpRequest, *, now: datetime) -> dict[str, str]:
    """What the checkout can fill in for a customer who is logged in: their address for mail, and name and address of
    their newest order; not of one in the archive, which is used for nothing (A12). Nothing for anybody else."""
    user = request.user
    if not isinstance(user, User) or user.is_staff:
        return {}
    orders = Order.objects.within_term(now).of_account(user.pk).filter(archive_asked_at__isnull=True)
    newest = orders.order_by("-placed_at", "-pk").first()
    if newest is None or newest.is_archived(now):
        return {"email": user.email}
    return {"email": user.email, **{name: getattr(newest, name) for name in ("name", "street", "postcode", "city")}}


def orders_panel(request: VisitorRequest, *, user: User, now: datetime) -> str:
    """The orders of an account and where they stand; of those in the archive number, date and total only (A41)."""
    orders = list(Order.objects.within_term(now).of_account(user.pk).order_by("-placed_at", "-pk"))
    rows = [_row(order, now=now) for order in orders]
    context = {
        "latest": rows[:LATEST_ORDERS],
        "earlier": rows[LATEST_ORDERS:],
        "addresses": _addresses(orders, now=now),
    }
    return render_to_string("shop/_account_orders.html", context, request=request)


def files_panel(request: VisitorRequest, *, user: User, now: datetime) -> str:
    """The bought files an account keeps, to download again (P51)."""
    files = list(kept_files(user))
    if not files:
        return ""
    made_anew = set(outdated_copies().filter(account=user.pk).values_list("pk", flat=True))
    return render_to_string("shop/_account_files.html", {"files": files, "made_anew": made_anew}, request=request)


def kept_files(user: User) -> Sequence[OrderFile]:
    """The bought files of an account, newest first, each with its line and order."""
    files = OrderFile.objects.of_account(user.pk).select_related("line__order")
    return list(files.order_by("-line__placed_at", "pk"))


@dataclass(frozen=True, slots=True)
class _Row:
    order: Order
    total: str
    is_archived: bool


def _row(order: Order, *, now: datetime) -> _Row:
    return _Row(order=order, total=format_cents(order.total_cents), is_archived=order.is_archived(now))


def _addresses(orders: Sequence[Order], *, now: datetime) -> list[tuple[str, ...]]:
    """Where orders of the last six months went; an address belongs to its order and ends with it."""
    recent = [order for order in orders if not order.is_archived(now)]
    return list(dict.fromkeys((order.name, order.street, f"{order.postcode} {order.city}") for order in recent))


def file_links(user: User) -> list[tuple[str, str]]:
    """(text, address) of each file an account keeps: what can be taken along before it goes (A30)."""
    return [
        (
            _("%(title)s of order %(number)s") % {"title": file.line.title, "number": file.line.order.number},
            reverse("shop:account_file", args=[file.public_id]),
        )
        for file in kept_files(user)
    ]
