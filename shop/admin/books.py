"""What the administration keeps: invoices, and what stays of orders that nobody paid."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.money import format_cents
from privacy.backoffice import ReadOnlyAdmin
from shop.models import Invoice, PaymentStub

from .rows import current_invoices
from .shown import Amounts


@admin.register(Invoice)
class InvoiceAdmin(Amounts, ReadOnlyAdmin):
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

    @admin.display(description=_("order"))
    def order_link(self, invoice: Invoice) -> SafeString:
        is_archived = invoice.order.is_archived(timezone.now())
        page = "admin:shop_archivedorder_change" if is_archived else "admin:shop_order_change"
        return format_html('<a href="{}">{}</a>', reverse(page, args=[invoice.order_id]), invoice.order.number)


@admin.register(PaymentStub)
class PaymentStubAdmin(ReadOnlyAdmin):
    """So that a late transfer finds a home: send it back (RT06)."""

    is_personal = False  # a reference and an amount, nobody's
    list_display = ("reference", "amount", "created_at")
    search_fields = ("=reference",)
    ordering = ("-created_at",)
    fields = ("reference", "amount", "created_at")
    readonly_fields = ("amount",)

    @admin.display(description=_("amount"), ordering="amount_cents")
    def amount(self, stub: PaymentStub) -> str:
        return format_cents(stub.amount_cents)
