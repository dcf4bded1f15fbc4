"""What the administration keeps: invoices, and what stays of orders that nobody paid."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from privacy.backoffice import ReadOnlyAdmin
from shop.models import Invoice, PaymentStub

from .rows import current_invoices
from .shown import Amounts, OrderLink


@admin.register(Invoice)
class InvoiceAdmin(OrderLink, Amounts, ReadOnlyAdmin):
    """An invoice names nobody; those of archived orders are part of the archive all the same (A12)."""

    is_personal = False
    restricted_through = {"shop.order": "order"}
    list_display = ("number", "order_link", "issued_at", "total", "vat")
    list_select_related = ("order",)
    search_fields = ("=number", "=order__number")
    search_help_text = _("Invoice number or order number")
    date_hierarchy = "issued_at"
    ordering = ("-issued_at",)
    fields = ("number", "order_link", "issued_at", "total", "vat")
    readonly_fields = ("order_link", "total", "vat")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invoice]:
        rows = super().get_queryset(request)
        if request.user.has_perm("shop.view_archivedorder"):
            return rows
        return current_invoices(rows, timezone.now())


@admin.register(PaymentStub)
class PaymentStubAdmin(Amounts, ReadOnlyAdmin):
    """So that a late payment finds a home: a transfer is sent back, what a provider reports becomes work (RT06)."""

    is_personal = False  # a reference and an amount, nobody's
    list_display = ("way", "reference", "amount", "created_at")
    search_fields = ("=reference",)
    ordering = ("-created_at",)
    fields = list_display
    readonly_fields = ("way", "amount")
