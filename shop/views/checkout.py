"""The checkout: one page, as a guest, where nothing typed is lost."""

from datetime import datetime
from typing import cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from common.requests import VisitorRequest
from galleries.access import open_codes, viewer_of

from .. import visit
from ..account import customer_id, known_details, typist
from ..actions import place_order, remember_details
from ..actions.baskets import TYPED_FIELDS, typed_details
from ..actions.orders import BasketEmpty
from ..basket import Basket, read_basket
from ..errors import ShopError
from ..forms import CheckoutForm
from ..models import Order
from ..providers import TRANSFER
from ..wording import button_text
from .lines import basket_rows, totals_rows
from .payments import go_to_provider


@sensitive_post_parameters(*TYPED_FIELDS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Who orders, how it is paid, and the one button that makes the contract (P37, L23)."""
    now = timezone.now()
    visitor = cast("VisitorRequest", request)
    code_ids = visit.ids(open_codes(request, now=now))
    basket = read_basket(code_ids, now=now)
    if request.method != "POST":
        if not basket.lines:
            return redirect("shop:basket")
        typed, known = _typed(request, code_ids, now=now), known_details(request, now=now)
        form = CheckoutForm(initial=typed or known, has_print=basket.has_print, has_file=basket.has_file)
        return _page(request, form, basket, now=now, is_filled_in=bool(known) and not typed)
    form = CheckoutForm(request.POST, has_print=basket.has_print, has_file=basket.has_file)
    remember_details(code_ids=code_ids, viewer=typist(request), typed=form.typed(), now=now)
    return _order(visitor, form, basket, code_ids=code_ids, now=now)


@sensitive_post_parameters(*TYPED_FIELDS)
@never_cache
@require_POST
def remember(request: HttpRequest) -> HttpResponse:
    """Keep what was typed so far, and go back to the basket. The script of the page calls it too, and stays."""
    now = timezone.now()
    remember_details(
        code_ids=visit.ids(open_codes(request, now=now)), viewer=typist(request), typed=request.POST.dict(), now=now
    )
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect("shop:basket")


def _typed(request: HttpRequest, code_ids: list[int], *, now: datetime) -> dict[str, str]:
    """What was typed here before, also before who typed it logged in."""
    own = typed_details(code_ids=code_ids, viewer=typist(request), now=now)
    return own or typed_details(code_ids=code_ids, viewer=viewer_of(request), now=now)


def _order(
    request: VisitorRequest, form: CheckoutForm, basket: Basket, *, code_ids: list[int], now: datetime
) -> HttpResponse:
    is_valid = form.is_valid()
    sent = form.sent(viewer=viewer_of(request))
    # Sent twice, the second finds an empty basket: it lands on the order the first one made.
    earlier = sent.earlier_order()
    if earlier is not None:
        return _placed(request, earlier, left=len(basket.withheld), now=now)
    if not basket.lines:
        return redirect("shop:basket")
    if not is_valid:
        return _page(request, form, basket, now=now, status=422)
    try:
        choices = form.choices(language=get_language() or "nl", account_id=customer_id(request))
        order = place_order(code_ids=code_ids, form=sent, buyer=form.buyer(), choices=choices, now=now)
    except BasketEmpty:
        return redirect("shop:basket")
    except ShopError as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, read_basket(code_ids, now=now), now=now, status=409)
    return _placed(request, order, left=len(basket.withheld), now=now)


def _placed(request: VisitorRequest, order: Order, *, left: int, now: datetime) -> HttpResponse:
    visit.remember_order(request, order.public_id, now=now)
    visit.empty_basket(request, left=left)
    if order.payment_method == TRANSFER:
        return redirect("shop:order", order.public_id)
    return go_to_provider(request, order, now=now)


def _page(
    request: HttpRequest,
    form: CheckoutForm,
    basket: Basket,
    *,
    now: datetime,
    status: int = 200,
    is_filled_in: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "rows": basket_rows(basket, viewer=viewer_of(request), now=now),
        "totals": totals_rows(basket.totals),
        "basket": basket,
        "shown": basket.fingerprint,
        # A form that comes back with errors keeps its token: it is still the same one.
        "token": form.data.get("token") or str(uuid4()),
        "is_filled_in": is_filled_in,
        "keeps_files": customer_id(request) is not None,
        "button_text": button_text(get_language() or "nl"),
    }
    return render(request, "shop/checkout.html", context, status=status)
