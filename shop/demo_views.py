"""The demo provider's own page: no money, but the same road as a real one. Only there when the provider is used."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.money import format_cents

from .actions import decide_demo_payment
from .actions.demo import OUTCOMES
from .models import DemoPayment, Payment


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo_pay(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose what the bank says, and go back to the shop."""
    row = DemoPayment.objects.filter(reference=reference).first()
    if row is None:
        raise Http404
    chosen = request.POST.get("outcome")
    if request.method == "POST" and chosen in OUTCOMES:
        decide_demo_payment(reference=reference, outcome=Payment.Status(chosen), now=timezone.now())
        return redirect(row.return_url)
    context = {"payment": row, "amount": format_cents(row.amount_cents), "is_open": row.status == Payment.Status.OPEN}
    return render(request, "shop/demo_pay.html", context)
