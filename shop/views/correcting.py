"""Correcting one's own order before it is made (P86)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ..actions.correcting import BY_BUYER, correct_order
from ..corrections import CORRECTED, UNCHANGED, CorrectionForm
from ..errors import ShopError
from .payments import order_of_visit


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Name and address of an order, by who placed it, until it is made."""
    now = timezone.now()
    order = order_of_visit(request, public_id, now=now)
    if order.is_archived(now) or order.archive_asked_at or order.state not in BY_BUYER:
        return redirect("shop:order", order.public_id)
    form = CorrectionForm(request.POST.dict() if request.method == "POST" else None, order=order)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "shop/correct.html", {"order": order, "form": form}, status=status)
    try:
        changed = correct_order(order_id=order.pk, changes=form.cleaned_data, by=None, now=now)
    except ShopError as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, str(CORRECTED if changed else UNCHANGED))
    return redirect("shop:order", order.public_id)
