"""Complaining from the page of an order: what it is about, what is wrong, and a photo of it (P74)."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from common.requests import client_address
from common.throttle import may_mail
from shop.models import Order, OrderLine
from shop.views.payments import order_of_visit

from .actions import complain_about_order
from .forms import OrderComplaintForm

# Confirmations to one buyer, in a quarter of an hour: more than an order has things to be wrong.
PER_MAILBOX = 5


@sensitive_post_parameters("text")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The form for who may open the order, as long as the order itself may be used (A12)."""
    now = timezone.now()
    order = order_of_visit(request, order_id, now=now)
    if order.is_archived(now):
        raise Http404
    lines = {str(line.public_id): line for line in order.lines.order_by("id")}
    choices = [(key, _called(line)) for key, line in lines.items()]
    if request.method != "POST":
        return _page(request, order, OrderComplaintForm(lines=choices), token=uuid4())
    form = OrderComplaintForm(request.POST.dict(), request.FILES, lines=choices)
    token = _token(request.POST.get("token", ""))
    if not form.is_valid():
        return _page(request, order, form, token=token, status=422)
    if not may_mail("complaint", address=client_address(request), mailbox=order.email, per_mailbox=PER_MAILBOX):
        form.add_error(None, _("That was often in a short time. Send it again in fifteen minutes, or mail or call us."))
        return _page(request, order, form, token=token, status=429)
    return _open(order, form, lines.get(form.cleaned_data["line"]), token=token, now=now)


def _open(
    order: Order, form: OrderComplaintForm, line: OrderLine | None, *, token: UUID, now: datetime
) -> HttpResponse:
    complain_about_order(
        form_token=token,
        order=order,
        line_id=line.pk if line else None,
        reason=form.cleaned_data["reason"],
        text=form.cleaned_data["text"],
        picture=form.cleaned_data["picture"],
        language=get_language() or "nl",
        now=now,
    )
    address = redirect("shop:order", order.public_id)
    address["Location"] += "#complaints"
    return address


def _called(line: OrderLine) -> str:
    return f"{line.title} – {line.photo_label}" if line.photo_label else line.title


def _token(typed: str) -> UUID:
    """Which form this is; a new one where that was lost on the way."""
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


def _page(
    request: HttpRequest, order: Order, form: OrderComplaintForm, *, token: UUID, status: int = 200
) -> HttpResponse:
    lost_picture = bool(form.is_bound and form.files and "picture" not in form.errors)
    context = {"order": order, "form": form, "token": token, "lost_picture": lost_picture}
    response = render(request, "complaints/about_order.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
