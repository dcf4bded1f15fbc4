"""How an order is shown, whoever looks: amounts as money, lines, payments and moves as tables."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from common.money import format_cents
from privacy.backoffice import ReadOnlyInline
from shop.models import Disclosure, Order, OrderFile, OrderLine, OrderMove, Payment, Repayment
from shop.providers import payment_methods
from shop.querysets import UNPAID_STATES

# Held by who makes and sends orders: what only that work needs of an order.
FULFIL = "shop.fulfil_order"
BOOKS = "shop.view_invoice"


def money(cents: int) -> str:
    """An amount that stays on one line of a table."""
    return format_cents(cents).replace(" ", "\N{NO-BREAK SPACE}")


class Amounts:
    """Columns with the amounts of an order or invoice in the reader's own way to write money, and how it is paid."""

    @admin.display(description=_("payment method"), ordering="payment_method")
    def paid_by(self, row: Any) -> str:
        return _said(row.payment_method)

    @admin.display(description=_("provider"), ordering="provider")
    def way(self, row: Any) -> str:
        return _said(row.provider)

    @admin.display(description=_("goods"))
    def goods(self, row: Any) -> str:
        return money(row.goods_cents)

    @admin.display(description=_("shipping"))
    def shipping(self, row: Any) -> str:
        return money(row.shipping_cents)

    @admin.display(description=_("amount"), ordering="amount_cents")
    def amount(self, row: Any) -> str:
        return money(row.amount_cents)

    @admin.display(description=_("total"), ordering="total_cents")
    def total(self, row: Any) -> str:
        return money(row.total_cents)

    @admin.display(description=_("of which VAT"), ordering="vat_cents")
    def vat(self, row: Any) -> str:
        return money(row.vat_cents)


def _said(way: str) -> str:
    """How a way to pay is called, also one the studio offers no more."""
    return str(dict(payment_methods()).get(way, way))


class OrderLink:
    """A column that leads to the order of a row, in the archive once it is there."""

    @admin.display(description=_("order"))
    def order_link(self, row: Any) -> str:
        if row.order is None:
            return "–"
        page = "admin:shop_archivedorder_change" if row.order.is_archived(timezone.now()) else "admin:shop_order_change"
        return format_html('<a href="{}">{}</a>', reverse(page, args=[row.order_id]), row.order.number)


class RepaymentFilter(admin.SimpleListFilter):
    """Orders with money that is to go back, or went."""

    title = _("money to pay back")
    parameter_name = "repayment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("still to pay back")), ("done", _("paid back or used"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"open", "done"}:
            return queryset
        rows = Repayment.objects.filter(done_at__isnull=self.value() == "open")
        return queryset.filter(pk__in=rows.filter(order__isnull=False).values("order"))


class LineInline(ReadOnlyInline):
    model = OrderLine
    verbose_name_plural = _("what was ordered")
    fields_for = {FULFIL: frozenset({"photo_label", "print_file"})}
    fields = ("title", "photo_label", "quantity", "unit", "line_total", "vat_percent", "print_file")
    readonly_fields = ("unit", "line_total", "vat_percent", "print_file")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderLine]:
        return super().get_queryset(request).select_related("file", "order")

    @admin.display(description=_("price each"))
    def unit(self, line: OrderLine) -> str:
        return money(line.unit_cents)

    @admin.display(description=_("total"))
    def line_total(self, line: OrderLine) -> str:
        return money(line.total_cents)

    @admin.display(description=_("VAT"))
    def vat_percent(self, line: OrderLine) -> str:
        return f"{line.vat_rate / 100:g} %"

    @admin.display(description=_("file to print"))
    def print_file(self, line: OrderLine) -> str:
        file = getattr(line, "file", None)
        if file is None or file.purpose != OrderFile.Purpose.PRINT or line.order.state in UNPAID_STATES:
            return "–"
        url = reverse("admin:shop_order_print_file", args=[line.order_id, line.pk])
        return format_html('<a href="{}">{}</a>', url, _("Download the file"))


class ArchivedLineInline(LineInline):
    """The books never need which photo it was, so the archive does not ask (RT08)."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [name for name in self.fields if name not in self.fields_for[FULFIL]]


class PaymentInline(Amounts, ReadOnlyInline):
    model = Payment
    fields_for = {BOOKS: frozenset({"reference"})}
    fields = ("way", "reference", "amount", "status", "created_at", "settled_at")
    readonly_fields = ("way", "amount")
    ordering = ("created_at",)


class RepaymentInline(Amounts, ReadOnlyInline):
    model = Repayment
    fields_for = {BOOKS: frozenset({"reference"})}
    fields = ("arrived_at", "amount", "why", "way", "reference", "done_at")
    readonly_fields = ("way", "amount")
    ordering = ("arrived_at",)


class MoveInline(ReadOnlyInline):
    model = OrderMove
    verbose_name_plural = _("what happened")
    fields = ("when", "left", "reached", "who")
    readonly_fields = fields
    ordering = ("at", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderMove]:
        return super().get_queryset(request).select_related("by")

    @admin.display(description=_("when"))
    def when(self, move: OrderMove) -> str:
        return date_format(timezone.localtime(move.at), "DATETIME_FORMAT")

    @admin.display(description=_("from"))
    def left(self, move: OrderMove) -> str:
        return move.get_before_display()

    @admin.display(description=_("to"))
    def reached(self, move: OrderMove) -> str:
        return move.get_after_display()

    @admin.display(description=_("by"))
    def who(self, move: OrderMove) -> str:
        return (move.by.name or str(move.by)) if move.by else "–"


class DisclosureInline(ReadOnlyInline):
    model = Disclosure
    verbose_name_plural = _("who received data of it")
    fields = ("at", "recipient", "what")
    ordering = ("at", "id")


def contents(order: Order) -> str:
    """What is in an order in a few words: "2× Print 13x18, 1× Digital file"."""
    return ", ".join(f"{line.quantity}× {line.title}" for line in order.lines.all())
