"""The fiscal archive: orders of six months and older, read by the administration and by nobody else (A12, P60)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.backoffice import ReadOnlyAdmin, without_restricted
from shop.models import ArchivedOrder

from .rows import archived_orders
from .shown import Amounts, ArchivedLineInline, PaymentInline, RepaymentFilter, RepaymentInline


@admin.register(ArchivedOrder)
class ArchivedOrderAdmin(Amounts, ReadOnlyAdmin):
    """Sealed: not even a superuser holds the permission without the role (`accounts.roles`)."""

    list_display = ("number", "placed_at", "invoice_number", "total", "vat", "state")
    list_filter = ("state", RepaymentFilter)
    list_select_related = ("invoice",)
    search_fields = ("=number", "=invoice__number", "=payment_reference")
    search_help_text = _("Order number, invoice number or payment reference")
    date_hierarchy = "placed_at"
    ordering = ("-placed_at",)
    readonly_fields = ("invoice_number", "paid_by", "goods", "shipping", "total", "vat")
    fieldsets = (
        (None, {"fields": ("number", "invoice_number", "state", "placed_at", "paid_at")}),
        (_("Invoiced to"), {"fields": ("name", "street", "postcode", "city", "country", "email")}),
        (_("Money"), {"fields": ("paid_by", "payment_reference", "goods", "shipping", "total", "vat")}),
    )
    inlines = (ArchivedLineInline, PaymentInline, RepaymentInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArchivedOrder]:
        return without_restricted(archived_orders(timezone.now()), {}).order_by(*self.ordering)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("shop.view_archivedorder")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description=_("invoice"))
    def invoice_number(self, order: ArchivedOrder) -> str:
        invoice = getattr(order, "invoice", None)
        return invoice.number if invoice else "–"
