"""Contact persons and messages in the back office: looked up, corrected, read. They are added on their assignment."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from common.periods import local_date
from galleries.actions.contacts import change_contact
from galleries.attachments import CONTENT_TYPES, SUFFIXES
from galleries.models import AssignmentMessage, Contact, ContactLink
from galleries.within_term import living_attachments, living_contacts, living_links, living_messages
from privacy.audit import log_access
from privacy.backoffice import BackofficeAdmin, Link, Page, ReadOnlyAdmin, ReadOnlyInline, without_restricted
from privacy.files import store

from .paper_forms import ContactForm, FindContactForm
from .photos import AssignmentFilter
from .restricted import THROUGH_ASSIGNMENT, THROUGH_CONTACT

VIEW = "galleries.view_contact"
FOUND_AT_MOST = 50


def title_link(row: Any) -> SafeString:
    """The title of a row's assignment, as the way there."""
    url = reverse("admin:galleries_assignment_change", args=[row.assignment_id])
    return format_html('<a href="{}">{}</a>', url, row.assignment.title)


class AssignmentOfContactInline(ReadOnlyInline):
    """For which assignments, and the way to end it."""

    model = ContactLink
    fields = ("assignment_title", "client_name", "since", "completed", "unlink")
    readonly_fields = fields
    verbose_name_plural = _("assignments")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactLink]:
        rows = without_restricted(living_links(timezone.now()), THROUGH_ASSIGNMENT)
        return rows.select_related("assignment__client").order_by("-created_at", "-pk")

    @admin.display(description=_("assignment"))
    def assignment_title(self, link: ContactLink) -> SafeString:
        return title_link(link)

    @admin.display(description=_("client"))
    def client_name(self, link: ContactLink) -> str:
        return link.assignment.client.name

    @admin.display(description=_("since"))
    def since(self, link: ContactLink) -> str:
        return date_format(local_date(link.created_at), "DATE_FORMAT")

    @admin.display(description=_("assignment completed"))
    def completed(self, link: ContactLink) -> str:
        return date_format(local_date(link.completed_at), "DATE_FORMAT") if link.completed_at else "–"

    @admin.display(description=_("end"))
    def unlink(self, link: ContactLink) -> SafeString:
        url = reverse("admin:galleries_assignment_unlink", args=[link.assignment_id, link.pk])
        return format_html('<a href="{}">{}</a>', url, _("Remove"))


class MessageOfContactInline(ReadOnlyInline):
    """What was written, newest first."""

    model = AssignmentMessage
    fields = ("when", "direction", "assignment_title")
    readonly_fields = ("when", "assignment_title")
    verbose_name_plural = _("messages")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AssignmentMessage]:
        rows = without_restricted(living_messages(timezone.now()), THROUGH_ASSIGNMENT)
        return rows.select_related("assignment").order_by("-at", "-pk")

    @admin.display(description=_("date"))
    def when(self, message: AssignmentMessage) -> SafeString:
        url = reverse("admin:galleries_assignmentmessage_change", args=[message.pk])
        return format_html('<a href="{}">{}</a>', url, date_format(timezone.localtime(message.at), "DATETIME_FORMAT"))

    @admin.display(description=_("assignment"))
    def assignment_title(self, message: AssignmentMessage) -> SafeString:
        return title_link(message)


@admin.register(Contact)
class ContactAdmin(BackofficeAdmin):
    form = ContactForm
    list_display = ("name", "role", "email", "phone", "assignment_count")
    ordering = ("name", "pk")
    fields = ("name", "role", "email", "phone")
    inlines = (AssignmentOfContactInline, MessageOfContactInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contact]:
        rows: QuerySet[Contact] = super().get_queryset(request)
        living = living_contacts(timezone.now()).values("pk")
        return rows.filter(pk__in=living).annotate(assignment_count=Count("links"))

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        # Only to look at, so never part of what is sent.
        return self.inlines if request.method != "POST" else ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("assignments"), ordering="assignment_count")
    def assignment_count(self, contact: Any) -> int:
        return int(contact.assignment_count)

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: bool) -> None:
        change_contact(contact_id=obj.pk, **form.cleaned_data)

    def pages(self) -> list[Page]:
        return [Page("find/", "find", self.find_view)]

    def list_links(self, request: HttpRequest) -> list[Link]:
        return [Link(_("Find a contact person"), reverse("admin:galleries_contact_find"))]

    def find_view(self, request: HttpRequest) -> HttpResponse:
        """Finds a contact person. By POST, so that no name ends up in an address or a log."""
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        form = FindContactForm(request.POST or None)
        found: list[Contact] = []
        if request.method == "POST" and form.is_valid():
            found = list(self.get_queryset(request).filter(_matches(form.cleaned_data["q"]))[:FOUND_AT_MOST])
            log_access(user=request.user, kind="galleries.contact", object_id=None, action="find", now=timezone.now())
        context = {**self.page_context(request, None, _("Find a contact person")), "form": form, "found": found}
        return TemplateResponse(request, "admin/galleries/find_contact.html", context)


def _matches(text: str) -> Q:
    wanted = text.strip()
    return Q(name__icontains=wanted) | Q(email__iexact=wanted) | Q(phone=wanted)


@admin.register(AssignmentMessage)
class AssignmentMessageAdmin(ReadOnlyAdmin):
    restricted_through = {**THROUGH_CONTACT, **THROUGH_ASSIGNMENT}
    list_display = ("at", "direction", "person_name", "assignment_title")
    list_filter = (AssignmentFilter, "direction")
    list_select_related = ("assignment",)
    ordering = ("-at", "-pk")
    date_hierarchy = "at"
    fields = ("at", "direction", "person_name", "person_address", "assignment_title", "text", "files", "recorded")
    readonly_fields = ("assignment_title", "files", "recorded")

    def get_queryset(self, request: HttpRequest) -> QuerySet[AssignmentMessage]:
        rows: QuerySet[AssignmentMessage] = super().get_queryset(request)
        return rows.filter(pk__in=living_messages(timezone.now()).values("pk"))

    def pages(self) -> list[Page]:
        route = "<int:object_id>/attachment/<int:attachment_id>/"
        return [Page(route, "attachment", require_safe(self.attachment_view))]

    @admin.display(description=_("assignment"))
    def assignment_title(self, message: AssignmentMessage) -> SafeString:
        return title_link(message)

    @admin.display(description=_("attachments"))
    def files(self, message: AssignmentMessage) -> SafeString | str:
        rows = enumerate(living_attachments(timezone.now()).filter(message=message).order_by("pk"), start=1)
        lines = [
            (
                reverse("admin:galleries_assignmentmessage_attachment", args=[message.pk, row.pk]),
                _("Attachment %(number)d") % {"number": number},
                row.get_kind_display(),
                filesizeformat(row.size),
            )
            for number, row in rows
        ]
        listed = format_html_join("", '<li><a href="{}">{}: {}, {}</a></li>', lines)
        return format_html("<ul>{}</ul>", listed) if lines else "–"

    @admin.display(description=_("recorded"))
    def recorded(self, message: AssignmentMessage) -> str:
        who = message.recorded_by.get_short_name() if message.recorded_by else "–"
        return f"{date_format(timezone.localtime(message.recorded_at), 'DATETIME_FORMAT')}, {who}"

    def attachment_view(self, request: HttpRequest, object_id: int, attachment_id: int) -> HttpResponseBase:
        """One file, to save and never to run, under a name that says nothing about anybody."""
        message = self.opened(request, object_id, "galleries.view_assignmentmessage")
        rows = living_attachments(timezone.now()).filter(message=message).select_related("stored")
        row = get_object_or_404(rows, pk=attachment_id)
        try:
            opened = store.open(row.stored.name)
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(
            opened,
            as_attachment=True,
            filename=f"{message.pk}-{row.pk}{SUFFIXES[row.kind]}",
            content_type=CONTENT_TYPES[row.kind],
        )
        response["Cache-Control"] = "private, no-store"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response
