"""Paying: to the provider, back from it, and its messages."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from common.requests import VisitorRequest

from .. import deadlines, visit
from ..actions import settle_notified, settle_payment, start_payment
from ..actions.payments import CannotPay
from ..models import Order, Payment
from ..providers import TRANSFER, payment_methods

NOT_PAID = (Payment.Status.FAILED, Payment.Status.CANCELLED)


def explains_absence(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who asks for an order that is not there for them reads how to come to it, and what becomes of the money for one
    that lapsed (RT06). The same for everybody, so that it says nothing about any order."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return render(request, "shop/order_elsewhere.html", {"days": deadlines.UNPAID.days}, status=404)

    return shown


@never_cache
@require_POST
def pay(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Pay an order that is still open, or try again."""
    now = timezone.now()
    order = order_of_visit(request, public_id, now=now)
    return go_to_provider(request, order, now=now)


@never_cache
@require_safe
@explains_absence
def paid(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where the provider sends the buyer back to: ask what happened, and show the order."""
    now = timezone.now()
    order = order_of_visit(request, public_id, now=now)
    for payment_id in order.payments.filter(status=Payment.Status.OPEN).values_list("pk", flat=True):
        settle_payment(payment_id=payment_id, now=now)
    tries = list(order.payments.order_by("-pk").values_list("status", flat=True))
    if tries and tries[0] in NOT_PAID and Payment.Status.PAID not in tries:
        messages.warning(request, _("The payment did not succeed. You can try again, or choose another way to pay."))
    return redirect("shop:order", order.public_id)


@csrf_exempt
@require_POST
def notify(request: HttpRequest, provider: str) -> HttpResponse:
    """A provider says that something changed. It gets the same answer whether or not we know the payment, nothing it
    sends is kept (RT24), and what it says is not believed: we ask it ourselves."""
    reference = request.POST.get("id", "").replace("\0", "")[:64]
    settle_notified(provider=provider, reference=reference, now=timezone.now())
    return HttpResponse(status=200)


def go_to_provider(request: HttpRequest, order: Order, *, now: datetime) -> HttpResponse:
    """Open a payment and send the buyer to it; without one the order page says how to pay."""
    try:
        return redirect(start_payment(order_id=order.pk, method=_online_method(order), now=now))
    except CannotPay as refusal:
        messages.warning(request, refusal.message)
        return redirect("shop:order", order.public_id)


def order_of_visit(request: HttpRequest, public_id: UUID, *, now: datetime) -> Order:
    """The order, for the browser that placed it or came by the link in its mail, and for the account it belongs to;
    otherwise it does not exist."""
    order = Order.objects.within_term(now).filter(public_id=public_id).first()
    if order is None:
        raise Http404
    if visit.may_open(cast("VisitorRequest", request), public_id):
        return order
    if order.account_id is None or order.account_id != request.user.pk:
        raise Http404
    return order


def _online_method(order: Order) -> str:
    online = [name for name, _label in payment_methods() if name != TRANSFER]
    return order.payment_method if order.payment_method in online or not online else online[0]
