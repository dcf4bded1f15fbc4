"""Complaints in the back office: recorded from every channel, closed with an outcome, erased on request."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.at_work import staff_of
from common.periods import day_start
from privacy import today
from privacy.backoffice import Link, Page, ReadOnlyAdmin, without_restricted
from privacy.erasure import Held
from privacy.files import store

from ..actions import ComplaintRefused, close_complaint, erase_on_request, open_complaint
from ..forms import CaseForm, OutcomeForm
from ..models import CLOSED, OPEN, Complaint, ComplaintCount
from ..replies import begin_answer
from .shown import HELD, LetterInline, offered_templates

HANDLE = "complaints.handle_complaints"
SEE_ORDERS = "shop.view_order"
ERASE = "complaints.erase_complaints"
# Whoever takes in complaints takes in privacy requests too (P92); the privacy owner reads them.
RECORD_REQUEST = "privacy.record_request"
STATES = {"open": (_("open"), OPEN), "closed": (_("closed"), CLOSED)}


class StateFilter(admin.SimpleListFilter):
    """Whether a complaint has its outcome."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, label) for key, (label, _condition) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Complaint]) -> QuerySet[Complaint]:
        chosen = STATES.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


@admin.register(Complaint)
class ComplaintAdmin(ReadOnlyAdmin):
    list_display = ("submitted_at", "channel", "state", "outcome", "email", "name")
    list_filter = (StateFilter, "channel", "outcome")
    ordering = ("submitted_at",)
    date_hierarchy = "submitted_at"
    list_select_related = ("order", "line", "picture")
    readonly_fields = ("state", "order_number", "line_title", "picture_shown")
    fields = (
        "submitted_at",
        "channel",
        "state",
        "closed_at",
        "outcome",
        "order_number",
        "line_title",
        "reason",
        "name",
        "email",
        "text",
        "picture_shown",
    )
    # Which order it is about is for who sees orders.
    fields_for: ClassVar[Mapping[str, frozenset[str]]] = {SEE_ORDERS: frozenset({"order_number", "line_title"})}
    inlines = (LetterInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Complaint]:
        rows: QuerySet[Complaint] = super().get_queryset(request)
        return rows.filter(pk__in=Complaint.objects.alive(timezone.now()).values("pk"))

    @admin.display(description=_("state"))
    def state(self, complaint: Complaint) -> Any:
        return STATES["closed" if complaint.closed_at else "open"][0]

    def pages(self) -> list[Page]:
        return [
            Page("record/", "record", self.record_view),
            Page("<int:object_id>/close/", "close", self.close_view),
            Page("<int:object_id>/erase/", "erase", self.erase_view),
            Page("<int:object_id>/picture/", "picture", require_safe(self.picture_view)),
        ]

    def list_links(self, request: HttpRequest) -> list[Link]:
        offered = [
            (HANDLE, _("Record a complaint"), "admin:complaints_complaint_record"),
            (RECORD_REQUEST, _("Record a privacy request"), "admin:privacy_rightsrequest_record"),
        ]
        return [Link(label, reverse(name)) for permission, label, name in offered if request.user.has_perm(permission)]

    def links(self, request: HttpRequest, row: Complaint) -> list[Link]:
        offered = [
            (HANDLE, not row.closed_at, "close", _("Close with an outcome")),
            (ERASE, True, "erase", _("Erase on request")),
        ]
        return [
            Link(label, reverse(f"admin:complaints_complaint_{name}", args=[row.pk]))
            for permission, is_possible, name, label in offered
            if is_possible and request.user.has_perm(permission)
        ]

    def record_view(self, request: HttpRequest) -> HttpResponse:
        """Opens a case for a complaint that came by mail, phone, Facebook or post."""
        if not request.user.has_perm(HANDLE):
            raise PermissionDenied
        form = CaseForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            said = dict(form.cleaned_data)
            token, day, order_id = said.pop("token"), said.pop("submitted_on"), said.pop("order")
            open_complaint(**said, form_token=token, order_id=order_id, submitted_at=day_start(day), now=timezone.now())
            self.message_user(request, _("The complaint was recorded."), messages.SUCCESS)
            return self._to_list()
        context = {**self.page_context(request, None, _("Record a complaint")), "form": form}
        return TemplateResponse(request, "admin/complaints/record.html", context)

    def close_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Closes a case, and tells who complained."""
        complaint = self.opened(request, object_id, HANDLE)
        begun = begin_answer(request.GET.get("template", ""), complaint)
        form = OutcomeForm(request.POST or None, initial={"text": begun})
        if request.method == "POST" and form.is_valid():
            try:
                close_complaint(
                    complaint_id=complaint.pk, **form.cleaned_data, by=staff_of(request), now=timezone.now()
                )
            except ComplaintRefused as refusal:
                self.message_user(request, str(refusal.message), messages.ERROR)
            else:
                self.message_user(request, _("The complaint is closed."), messages.SUCCESS)
            return self._to_list()
        context = {
            **self.page_context(request, complaint, _("Close with an outcome")),
            "form": form,
            **offered_templates(),
        }
        return TemplateResponse(request, "admin/complaints/close.html", context)

    def erase_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says what goes and what stays, and erases at once when asked (P78)."""
        complaint = self.opened(request, object_id, ERASE)
        if request.method == "POST":
            try:
                erase_on_request(complaint_id=complaint.pk, now=timezone.now())
            except Held:
                self.message_user(request, HELD, messages.ERROR)
            else:
                self.message_user(request, _("The complaint was erased."), messages.SUCCESS)
            return self._to_list()
        context = self.page_context(request, complaint, _("Erase on request"))
        return TemplateResponse(request, "admin/complaints/erase.html", context)

    @admin.display(description=_("order"))
    def order_number(self, complaint: Complaint) -> Any:
        """By reference: the order's own page says the rest, to who may open it, and logs that. A case may outlive the
        six months; then its order is in the archive, and no way leads there from a complaint (A12)."""
        if complaint.order is None:
            return "–"
        if complaint.order.is_archived(timezone.now()):
            return complaint.order.number
        url = reverse("admin:shop_order_change", args=[complaint.order_id])
        return format_html('<a href="{}">{}</a>', url, complaint.order.number)

    @admin.display(description=_("order line"))
    def line_title(self, complaint: Complaint) -> str:
        return complaint.line.title if complaint.line else "–"

    @admin.display(description=_("photo"))
    def picture_shown(self, complaint: Complaint) -> Any:
        if complaint.picture is None:
            return "–"
        url = reverse("admin:complaints_complaint_picture", args=[complaint.pk])
        return format_html('<a href="{}"><img src="{}" alt="{}" class="case-picture"></a>', url, url, _("photo"))

    def picture_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """The photo that came with a complaint, for who may read it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        complaint = get_object_or_404(self.get_queryset(request).exclude(picture=None), pk=object_id)
        assert complaint.picture is not None  # noqa: S101  (asked for above)
        try:
            file = store.open(complaint.picture.name)
        except FileNotFoundError:
            return HttpResponse(status=410)
        return FileResponse(file, content_type="image/jpeg")

    def _to_list(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:complaints_complaint_changelist"))


@admin.register(ComplaintCount)
class ComplaintCountAdmin(ReadOnlyAdmin):
    is_personal = False  # numbers that lead to nobody
    list_display = ("year", "channel", "outcome", "count")
    list_filter = ("year", "channel", "outcome")
    ordering = ("-year", "channel", "outcome")


def complaints_today(now: datetime) -> list[today.Figure]:
    """Complaints without an outcome, and those that go within a month without one (P75, P77)."""
    url = reverse("admin:complaints_complaint_changelist") + "?state=open"
    waiting = without_restricted(Complaint.objects.open(now), {}).count()
    ending = without_restricted(Complaint.objects.ending(now), {}).count()
    calm, work, alarm = today.Tone.CALM, today.Tone.WORK, today.Tone.ALARM
    label = _("open complaints that go within a month")
    return [
        today.Figure(count=waiting, label=_("open complaints"), url=url, tone=work if waiting else calm),
        today.Figure(count=ending, label=label, url=url, tone=alarm if ending else calm),
    ]


today.register(today.Panel(title=_("Complaints"), permission="complaints.view_complaint", figures=complaints_today))
