"""Putting things in the basket, looking at it, and changing it."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.requests import VisitorRequest
from galleries.access import entered_at, open_codes, viewer_of

from .. import visit
from ..actions import add_line, change_line
from ..actions.baskets import NotForSale
from ..basket import read_basket
from ..forms import ChangeForm, LineForm
from .lines import basket_rows, totals_rows, withheld_rows


@never_cache
@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """What the open codes have in their baskets, and until when it is kept (P52)."""
    now = timezone.now()
    visitor = cast("VisitorRequest", request)
    codes = open_codes(request, now=now)
    found = read_basket(visit.ids(codes), now=now)
    gone = visit.remember_basket(visitor, found)
    context = {
        "basket": found,
        "rows": basket_rows(found, viewer=viewer_of(request), now=now),
        "withheld": withheld_rows(found),
        "totals": totals_rows(found.totals),
        "gone": gone,
        "has_codes": bool(codes),
        "gallery_url": reverse("galleries:gallery", args=[codes[-1].public_id]) if codes else "",
    }
    return render(request, "shop/basket.html", context)


@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put one product of one photo in the basket, and go back to the photo."""
    now = timezone.now()
    form = LineForm(request.POST)
    codes = open_codes(request, now=now)
    code = next((c for c in codes if form.is_valid() and c.public_id == form.cleaned_data["code"]), None)
    if code is None:
        messages.warning(request, _("Type your code again to go on."))
        return redirect("galleries:home")
    visitor = cast("VisitorRequest", request)
    chosen = form.cleaned_data
    try:
        is_new = add_line(
            code=code,
            entered_at=entered_at(visitor),
            photo_id=chosen["photo"],
            product_id=chosen["product"],
            quantity=chosen["quantity"] or 1,
            now=now,
        )
    except NotForSale as refusal:
        messages.warning(request, refusal.message)
        return redirect("shop:basket")
    visit.count_lines(visitor, by=int(is_new))
    messages.success(request, _("It is in your basket."))
    return redirect("galleries:photo", code.public_id, chosen["photo"])


@never_cache
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Another quantity of one line; zero takes it out."""
    now = timezone.now()
    form = ChangeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose a number from 0 to 99."))
        return redirect("shop:basket")
    ids = visit.ids(open_codes(request, now=now))
    line_id, quantity = form.cleaned_data["line"], form.cleaned_data["quantity"]
    if change_line(code_ids=ids, line_id=line_id, quantity=quantity, now=now):
        visit.count_lines(cast("VisitorRequest", request), by=-1)
    return redirect("shop:basket")
