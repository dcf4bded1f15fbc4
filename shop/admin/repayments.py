"""Money the shop received and cannot keep: paid back, or used for the order its buyer placed anew."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.at_work import staff_of
from privacy import today
from privacy.backoffice import Link, Page, ReadOnlyAdmin, without_restricted
from shop.actions.payments import use_for_order
from shop.actions.repaying import paid_back
from shop.errors import ShopError
from shop.models import Repayment

from .forms import UseForm
from .shown import Amounts, OrderLink

CHANGE = "shop.change_repayment"
THROUGH = {"shop.order": "order"}


@admin.register(Repayment)
class RepaymentAdmin(OrderLink, Amounts, ReadOnlyAdmin):
    restricted_through = THROUGH
    list_display = ("arrived_at", "amount", "why", "way", "reference", "order_link", "done_at")
    list_select_related = ("order",)
    list_filter = (("done_at", admin.EmptyFieldListFilter), "why")
    search_fields = ("=reference", "=order__number")
    search_help_text = _("Reference of the payment, or order number")
    ordering = ("-arrived_at",)
    fields = list_display
    readonly_fields = ("amount", "way", "order_link")
    actions = ("return_money",)

    def has_repay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CHANGE)

    def pages(self) -> list[Page]:
        return [Page("<int:object_id>/use/", "use", self.use_view)]

    def links(self, request: HttpRequest, row: Repayment) -> list[Link]:
        if row.done_at or row.why != Repayment.Why.LAPSED or not self.has_repay_permission(request):
            return []
        return [Link(_("Use it for a new order"), reverse("admin:shop_repayment_use", args=[row.pk]))]

    @admin.action(description=_("Note that the money was paid back"), permissions=["repay"])
    def return_money(self, request: HttpRequest, rows: QuerySet[Repayment]) -> None:
        count = paid_back(repayment_ids=list(rows.values_list("pk", flat=True)), now=timezone.now())
        text = ngettext("%(count)d payment was paid back.", "%(count)d payments were paid back.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)

    def use_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Pays an order that waits with the money of one that lapsed."""
        row = self.opened(request, object_id, CHANGE)
        if row.why != Repayment.Why.LAPSED:
            raise Http404
        form = UseForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                order = use_for_order(
                    repayment_id=row.pk, number=form.cleaned_data["number"], by=staff_of(request), now=timezone.now()
                )
            except ShopError as refusal:
                form.add_error(None, refusal.message)
            else:
                text = _("Order %(number)s is paid with this money.") % {"number": order.number}
                self.message_user(request, text, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:shop_repayment_change", args=[row.pk]))
        context: dict[str, Any] = {**self.page_context(request, row, _("Use it for a new order")), "form": form}
        return TemplateResponse(request, "admin/shop/use_repayment.html", context)


def repayments_today(now: datetime) -> list[today.Figure]:
    """Money that waits to be paid back, or to be used."""
    count = without_restricted(Repayment.objects.filter(done_at=None), THROUGH).count()
    url = reverse("admin:shop_repayment_changelist") + "?done_at__isempty=1"
    tone = today.Tone.WORK if count else today.Tone.CALM
    return [today.Figure(count=count, label=_("payments to pay back"), url=url, tone=tone)]


today.register(today.Panel(title=_("Money to pay back"), permission=CHANGE, figures=repayments_today))
