"""Invoices that name somebody otherwise than their order does now: a credit note is made of each (P86, L17)."""

from datetime import datetime

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from privacy import today
from privacy.backoffice import ReadOnlyAdmin
from shop.actions.correcting import credit_note_made
from shop.models import InvoiceCorrection

CHANGE = "shop.change_invoicecorrection"


@admin.register(InvoiceCorrection)
class InvoiceCorrectionAdmin(ReadOnlyAdmin):
    is_personal = False  # the number of an invoice and a moment
    list_display = ("invoice_number", "asked_at", "done_at")
    list_select_related = ("invoice",)
    list_filter = (("done_at", admin.EmptyFieldListFilter),)
    fields = list_display
    readonly_fields = ("invoice_number",)
    ordering = ("-asked_at",)
    actions = ("made",)

    @admin.display(description=_("invoice"), ordering="invoice__number")
    def invoice_number(self, row: InvoiceCorrection) -> str:
        return row.invoice.number

    def has_make_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CHANGE)

    @admin.action(description=_("Note that the credit note was made"), permissions=["make"])
    def made(self, request: HttpRequest, rows: QuerySet[InvoiceCorrection]) -> None:
        count = credit_note_made(correction_ids=list(rows.values_list("pk", flat=True)), now=timezone.now())
        text = ngettext("%(count)d invoice corrected.", "%(count)d invoices corrected.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)


def corrections_today(now: datetime) -> list[today.Figure]:
    """Invoices that wait for a credit note."""
    count = InvoiceCorrection.objects.filter(done_at=None).count()
    url = reverse("admin:shop_invoicecorrection_changelist") + "?done_at__isempty=1"
    tone = today.Tone.WORK if count else today.Tone.CALM
    return [today.Figure(count=count, label=_("invoices that need a credit note"), url=url, tone=tone)]


today.register(today.Panel(title=_("Corrections"), permission=CHANGE, figures=corrections_today))
