"""Orders of the last six months: looked at, moved along the table, and paid by transfer. Never made or removed here."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.at_work import staff_of
from common.money import format_cents
from privacy.audit import log_access
from privacy.backoffice import Link, Page, ReadOnlyAdmin, without_restricted
from privacy.declarations import Recipient
from privacy.files import store
from privacy.recipients import NotAgreed, require
from shop.actions.copies import COPY_OUTDATED, outdated_copies
from shop.actions.correcting import correct_order
from shop.actions.moves import move_order
from shop.actions.payments import TransferRefused, record_transfer
from shop.actions.recipients import disclose
from shop.corrections import CORRECTED, UNCHANGED, CorrectionForm
from shop.errors import ShopError
from shop.models import Disclosure, Order, OrderFile
from shop.providers import TRANSFER, payment_methods
from shop.querysets import UNPAID_STATES
from shop.states import MOVES, State

from .forms import FindForm, TransferForm
from .repayments import CHANGE as REPAY
from .rows import current_orders
from .shown import (
    BOOKS,
    FULFIL,
    Amounts,
    DisclosureInline,
    LineInline,
    MoveInline,
    PaymentInline,
    RepaymentFilter,
    RepaymentInline,
    contents,
)

# What a button says about the step it takes. An order becomes paid by its payment, so there is no button for that.
STEPS = {
    State.IN_PRODUCTION: _("Start making"),
    State.SHIPPED: _("Mark as sent"),
    State.DELIVERED: _("Mark as delivered"),
    State.CANCELLED: _("Cancel the order"),
}
MOVE = "shop.move_order"
CORRECT = "shop.correct_order"
RECORD_TRANSFER = "shop.record_transfer"
FOUND_AT_MOST = 50


class PaymentMethodFilter(admin.SimpleListFilter):
    """How an order is, or will be, paid."""

    title = _("payment method")
    parameter_name = "payment_method"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return payment_methods()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Order]) -> QuerySet[Order]:
        return queryset.filter(payment_method=self.value()) if self.value() else queryset


@admin.register(Order)
class OrderAdmin(Amounts, ReadOnlyAdmin):
    fields_for = {
        FULFIL: frozenset({"salutation", "phone", "email", "delivery_note", "refused_marketing", "contents"}),
        BOOKS: frozenset({"invoice_number"}),
    }
    list_display = ("number", "state", "placed_at", "name", "contents", "total", "paid_by", "invoice_number")
    list_filter = ("state", PaymentMethodFilter, RepaymentFilter)
    list_select_related = ("invoice",)
    # Only what names nobody: a search by GET stands in the address, and so in logs. Persons are found by POST.
    search_fields = ("=number", "=payment_reference")
    search_help_text = _("Order number or payment reference. To find a person, use “Find a person’s order”.")
    date_hierarchy = "placed_at"
    ordering = ("-placed_at",)
    readonly_fields = ("contents", "paid_by", "goods", "shipping", "total", "vat", "invoice_number")
    fieldsets = (
        (None, {"fields": ("number", "state", "placed_at", "paid_at", "delivered_at")}),
        (
            _("Who ordered"),
            {
                "fields": (
                    "salutation",
                    "name",
                    "street",
                    "postcode",
                    "city",
                    "country",
                    "email",
                    "phone",
                    "delivery_note",
                    "refused_marketing",
                )
            },
        ),
        (
            _("Money"),
            {
                "fields": (
                    "paid_by",
                    "payment_reference",
                    "invoice_number",
                    "goods",
                    "shipping",
                    "total",
                    "vat",
                )
            },
        ),
    )
    inlines = (LineInline, PaymentInline, RepaymentInline, MoveInline, DisclosureInline)
    actions = ("start_making", "mark_sent", "mark_delivered", "cancel")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        rows = without_restricted(current_orders(timezone.now()), {})
        return rows.prefetch_related("lines").order_by(*self.ordering)

    def has_move_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MOVE)

    @admin.display(description=_("what"))
    def contents(self, order: Order) -> str:
        return contents(order)

    @admin.display(description=_("invoice"))
    def invoice_number(self, order: Order) -> str:
        invoice = getattr(order, "invoice", None)
        return invoice.number if invoice else "–"

    def pages(self) -> list[Page]:
        return [
            Page("transfer/", "transfer", self.transfer_view),
            Page("find/", "find", self.find_view),
            Page("<int:object_id>/correct/", "correct", self.correct_view),
            Page("<int:object_id>/move/<str:after>/", "move", self.move_view),
            Page("<int:object_id>/print/<int:line_id>/", "print_file", require_safe(self.print_file_view)),
        ]

    def list_links(self, request: HttpRequest) -> list[Link]:
        offered = [
            (RECORD_TRANSFER, _("Record a bank transfer"), "admin:shop_order_transfer"),
            (FULFIL, _("Find a person’s order"), "admin:shop_order_find"),
        ]
        return [Link(label, reverse(name)) for permission, label, name in offered if request.user.has_perm(permission)]

    def links(self, request: HttpRequest, row: Order) -> list[Link]:
        steps = (
            [state for state in STEPS if state in MOVES[State(row.state)]] if self.has_move_permission(request) else []
        )
        links = [Link(STEPS[step], reverse("admin:shop_order_move", args=[row.pk, step.value])) for step in steps]
        if request.user.has_perm(CORRECT) and row.state != State.CANCELLED and not row.archive_asked_at:
            links.append(Link(_("Correct name or address"), reverse("admin:shop_order_correct", args=[row.pk])))
        waits = row.state == State.PLACED and row.payment_method == TRANSFER
        if waits and request.user.has_perm(RECORD_TRANSFER):
            links.append(Link(_("Record the transfer"), f"{reverse('admin:shop_order_transfer')}?order={row.pk}"))
        if request.user.has_perm(REPAY):
            waiting = row.repayments.filter(done_at=None).values_list("pk", flat=True)
            links += [Link(_("Money to pay back"), reverse("admin:shop_repayment_change", args=[pk])) for pk in waiting]
        return links

    @admin.action(description=_("Start making the selected orders"), permissions=["move"])
    def start_making(self, request: HttpRequest, rows: QuerySet[Order]) -> HttpResponse | None:
        return self._move_many(request, rows, State.IN_PRODUCTION, "start_making")

    @admin.action(description=_("Mark the selected orders as sent"), permissions=["move"])
    def mark_sent(self, request: HttpRequest, rows: QuerySet[Order]) -> HttpResponse | None:
        return self._move_many(request, rows, State.SHIPPED, "mark_sent")

    @admin.action(description=_("Mark the selected orders as delivered"), permissions=["move"])
    def mark_delivered(self, request: HttpRequest, rows: QuerySet[Order]) -> HttpResponse | None:
        return self._move_many(request, rows, State.DELIVERED, "mark_delivered")

    @admin.action(description=_("Cancel the selected orders"), permissions=["move"])
    def cancel(self, request: HttpRequest, rows: QuerySet[Order]) -> HttpResponse | None:
        return self._move_many(request, rows, State.CANCELLED, "cancel")

    def move_view(self, request: HttpRequest, object_id: int, after: str) -> HttpResponse:
        """Says what the step does, and takes it when asked."""
        order = self.opened(request, object_id, MOVE)
        if after not in {state.value for state in STEPS}:
            raise Http404
        if request.method == "POST":
            self._move(request, [order.pk], State(after))
            return HttpResponseRedirect(reverse("admin:shop_order_change", args=[order.pk]))
        return self._ask(request, Order.objects.filter(pk=order.pk), State(after), action="")

    def _move_many(self, request: HttpRequest, rows: QuerySet[Order], after: State, action: str) -> HttpResponse | None:
        if "confirmed" not in request.POST:
            return self._ask(request, rows, after, action=action)
        self._move(request, list(rows.values_list("pk", flat=True)), after)
        return None

    def _ask(self, request: HttpRequest, rows: QuerySet[Order], after: State, *, action: str) -> HttpResponse:
        chosen = list(rows)
        ready = [order for order in chosen if after in MOVES[State(order.state)]]
        facts = {"ready": ready, "others": len(chosen) - len(ready), "after": after.label, "action": action}
        context = {**self.page_context(request, None, STEPS[after]), **facts, "chosen": chosen}
        return TemplateResponse(request, "admin/shop/move.html", context)

    def _move(self, request: HttpRequest, order_ids: list[int], after: State) -> None:
        moved = 0
        for order_id in order_ids:
            try:
                move_order(order_id=order_id, after=after, by=staff_of(request), now=timezone.now())
            except ShopError as refusal:
                self.message_user(request, refusal.message, messages.WARNING)
            else:
                moved += 1
        if moved:
            text = ngettext("%(count)d order is “%(state)s” now.", "%(count)d orders are “%(state)s” now.", moved)
            self.message_user(request, text % {"count": moved, "state": after.label}, messages.SUCCESS)

    def correct_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Corrects what is typed for the delivery; recipients and, where an invoice stands, the books hear of it."""
        order = self.opened(request, object_id, CORRECT)
        form = CorrectionForm(request.POST or None, order=order, by_staff=True)
        if request.method == "POST" and form.is_valid():
            try:
                changed = correct_order(
                    order_id=order.pk, changes=form.cleaned_data, by=staff_of(request), now=timezone.now()
                )
            except ShopError as refusal:
                self.message_user(request, refusal.message, messages.WARNING)
            else:
                self.message_user(request, CORRECTED if changed else UNCHANGED, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:shop_order_change", args=[order.pk]))
        context = {**self.page_context(request, order, _("Correct name or address")), "form": form}
        return TemplateResponse(request, "admin/shop/correct.html", context)

    def transfer_view(self, request: HttpRequest) -> HttpResponse:
        """Records what the bank statement shows; the reference names the order."""
        if not request.user.has_perm(RECORD_TRANSFER):
            raise PermissionDenied
        form = TransferForm(request.POST or None, initial=self._expected(request))
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            try:
                order = record_transfer(
                    reference=said["reference"], amount_cents=said["amount"], by=staff_of(request), now=timezone.now()
                )
            except TransferRefused as refusal:
                form.add_error(None, refusal.message)
            else:
                text = _("Order %(number)s is paid: %(total)s.")
                facts = {"number": order.number, "total": format_cents(order.total_cents)}
                self.message_user(request, text % facts, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:shop_order_changelist"))
        context = {**self.page_context(request, None, _("Record a bank transfer")), "form": form}
        return TemplateResponse(request, "admin/shop/transfer.html", context)

    def _expected(self, request: HttpRequest) -> dict[str, str]:
        asked = request.GET.get("order", "")
        order = self.get_queryset(request).filter(pk=asked).first() if asked.isdecimal() else None
        return {"reference": order.payment_reference or ""} if order else {}

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Finds a person's orders. By POST, so that no name ends up in an address or a log."""
        if not request.user.has_perm(FULFIL):
            raise PermissionDenied
        form = FindForm(request.POST or None)
        found: list[Order] = []
        if request.method == "POST" and form.is_valid():
            found = list(self.get_queryset(request).filter(_matches(form.cleaned_data["q"]))[:FOUND_AT_MOST])
            log_access(user=request.user, kind="shop.order", object_id=None, action="find", now=timezone.now())
        context = {**self.page_context(request, None, _("Find a person’s order")), "form": form, "found": found}
        return TemplateResponse(request, "admin/shop/find.html", context)

    def print_file_view(self, request: HttpRequest, object_id: int, line_id: int) -> HttpResponseBase:
        """The file to print of one line, under a name that says nothing about anybody. It leaves only when it was paid,
        while a print lab has a valid agreement (P83), and never as it was before somebody was masked on it (A7)."""
        order = self.opened(request, object_id, FULFIL)
        refused = _print_refusal(order, line_id)
        if refused:
            self.message_user(request, refused, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:shop_order_change", args=[order.pk]))
        prints = OrderFile.objects.printable(timezone.now()).filter(line__order=order)
        file = get_object_or_404(prints.select_related("stored"), line_id=line_id)
        try:
            opened = store.open(file.stored.name)
        except FileNotFoundError as error:
            raise Http404 from error
        # From here it goes to the print lab, so that is noted now (L3).
        disclose(order, recipient=Recipient.PRINT_LAB, what=Disclosure.What.PHOTOS, now=timezone.now())
        response = FileResponse(opened, as_attachment=True, filename=f"{order.number}-{line_id}.jpg")
        response["Cache-Control"] = "private, no-store"
        return response


def _print_refusal(order: Order, line_id: int) -> str:
    """Why the file of this line may not leave now; "" when it may."""
    if order.state in UNPAID_STATES:
        return str(_("There is nothing to make: this order is not paid or was cancelled."))
    try:
        require(Recipient.PRINT_LAB, now=timezone.now())
    except NotAgreed as refusal:
        return str(refusal.message)
    return str(COPY_OUTDATED) if outdated_copies().filter(line=line_id).exists() else ""


def _matches(text: str) -> Q:
    wanted = text.strip()
    return (
        Q(name__icontains=wanted)
        | Q(email__iexact=wanted)
        | Q(number__iexact=wanted)
        | Q(postcode__iexact=wanted)
        | Q(postcode__iexact=wanted.replace(" ", ""))
    )
