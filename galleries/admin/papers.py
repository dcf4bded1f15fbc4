"""An assignment's papers: contact persons, accepted terms, messages, and its completion."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.at_work import staff_of
from common.periods import local_date
from galleries.actions.acceptance import AcceptanceRefused, accept_terms
from galleries.actions.completion import CompletionRefused, complete_assignment, facts_of
from galleries.actions.contacts import ContactRefused, add_contact, link_contact, unlink_contact
from galleries.actions.messages import MessageRefused, record_message
from galleries.models import Acceptance, Assignment, AssignmentMessage, Contact, ContactLink
from galleries.within_term import living_contacts, living_links, living_messages
from privacy.backoffice import SEE_RESTRICTED, Link, Page, ReadOnlyInline, without_restricted
from privacy.documents import PROCESSING_AGREEMENT_VERSION, TERMS_VERSION
from privacy.erasure import Held

from .assignment_pages import AssignmentPages
from .paper_forms import AcceptForm, MessageForm, NewContactForm, usable
from .restricted import THROUGH_CONTACT

ADD_CONTACT = "galleries.add_contact"
CHANGE_CONTACT = "galleries.change_contact"
ACCEPT = "galleries.accept_terms"
RECORD = "galleries.add_assignmentmessage"
COMPLETE = "galleries.complete_assignment"
HELD = _("A legal hold or a restriction keeps this. Ask the privacy owner.")


class ContactLinkInline(ReadOnlyInline):
    model = ContactLink
    fields = ("who", "role", "email", "phone", "since")
    readonly_fields = fields
    ordering = ("created_at", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactLink]:
        rows = living_links(timezone.now()).select_related("contact")
        shown = rows if request.user.has_perm(SEE_RESTRICTED) else without_restricted(rows, THROUGH_CONTACT)
        return shown.order_by("created_at", "pk")

    @admin.display(description=_("name"))
    def who(self, link: ContactLink) -> SafeString:
        url = reverse("admin:galleries_contact_change", args=[link.contact_id])
        return format_html('<a href="{}">{}</a>', url, link.contact.name)

    @admin.display(description=_("role"))
    def role(self, link: ContactLink) -> str:
        return link.contact.role

    @admin.display(description=_("e-mail address"))
    def email(self, link: ContactLink) -> str:
        return link.contact.email

    @admin.display(description=_("phone"))
    def phone(self, link: ContactLink) -> str:
        return link.contact.phone

    @admin.display(description=_("since"))
    def since(self, link: ContactLink) -> str:
        return date_format(local_date(link.created_at), "DATE_FORMAT")


class AcceptanceInline(ReadOnlyInline):
    model = Acceptance
    fields = ("accepted_on", "who", "terms_version", "agreement_version", "means", "role_claimed", "role_assessed")
    readonly_fields = ("who",)
    fields_for = {"galleries.view_contact": frozenset({"who"})}
    ordering = ("recorded_at", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Acceptance]:
        link = living_links(timezone.now()).filter(assignment=OuterRef("assignment"), contact=OuterRef("contact"))
        rows: QuerySet[Acceptance] = super().get_queryset(request)
        return rows.select_related("contact").annotate(is_named=Exists(without_restricted(link, THROUGH_CONTACT)))

    @admin.display(description=_("accepted by"))
    def who(self, row: Any) -> str:
        return row.contact.name if row.is_named else "–"


class MessageInline(ReadOnlyInline):
    model = AssignmentMessage
    fields = ("when", "direction", "person_name")
    readonly_fields = ("when",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AssignmentMessage]:
        rows = living_messages(timezone.now())
        shown = rows if request.user.has_perm(SEE_RESTRICTED) else without_restricted(rows, THROUGH_CONTACT)
        return shown.order_by("-at", "-pk")

    @admin.display(description=_("date"))
    def when(self, message: AssignmentMessage) -> SafeString:
        url = reverse("admin:galleries_assignmentmessage_change", args=[message.pk])
        return format_html('<a href="{}">{}</a>', url, date_format(timezone.localtime(message.at), "DATETIME_FORMAT"))


# Permission -> what of the papers its holders see on the page of an assignment.
PAPER_INLINES = (
    ("galleries.view_contact", ContactLinkInline),
    ("galleries.view_acceptance", AcceptanceInline),
    ("galleries.view_assignmentmessage", MessageInline),
)


class PaperPages(AssignmentPages):
    def pages(self) -> list[Page]:
        return [
            *super().pages(),
            Page("<int:object_id>/contact/", "contact", self.contact_view),
            Page("<int:object_id>/contact/<int:link_id>/unlink/", "unlink", self.unlink_view),
            Page("<int:object_id>/accept/", "accept", self.accept_view),
            Page("<int:object_id>/message/", "message", self.message_view),
            Page("<int:object_id>/complete/", "complete", self.complete_view),
        ]

    def links(self, request: HttpRequest, row: Assignment) -> list[Link]:
        may = request.user.has_perm
        pages = [
            ("contact", _("Add a contact person"), may(ADD_CONTACT)),
            ("accept", _("Record accepted terms"), may(ACCEPT)),
            ("message", _("Record a message"), may(RECORD)),
            ("complete", _("Complete"), may(COMPLETE) and row.completed_at is None),
        ]
        return [*super().links(request, row), *self.offered(row, pages)]

    def contact_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Registers whom we speak to, or chooses somebody known to this client."""
        assignment = self.opened(request, object_id, ADD_CONTACT)
        known = living_contacts(timezone.now()).filter(links__assignment__client=assignment.client_id)
        here = ContactLink.objects.filter(assignment=assignment).values("contact")
        form = NewContactForm(request.POST or None, known=known.exclude(pk__in=here).distinct())
        if request.method == "POST" and form.is_valid():
            try:
                _register(assignment, dict(form.cleaned_data), now=timezone.now())
            except ContactRefused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                self.message_user(request, _("The contact person was added."), messages.SUCCESS)
                return self.back_to(assignment)
        return self._form_page(request, assignment, form, "contact", _("Add a contact person"))

    def unlink_view(self, request: HttpRequest, object_id: int, link_id: int) -> HttpResponse:
        """Says what goes when somebody is no contact person any more, and does it when asked."""
        assignment = self.opened(request, object_id, CHANGE_CONTACT)
        rows = living_links(timezone.now()).filter(assignment=assignment)
        rows = rows if request.user.has_perm(SEE_RESTRICTED) else without_restricted(rows, THROUGH_CONTACT)
        link = get_object_or_404(rows.select_related("contact"), pk=link_id)
        if request.method == "POST":
            try:
                unlink_contact(link_id=link.pk, now=timezone.now())
            except Held:
                self.message_user(request, HELD, messages.ERROR)
            else:
                self.message_user(request, _("This is no contact person of the assignment any more."), messages.SUCCESS)
            return self.back_to(assignment)
        is_last = not ContactLink.objects.filter(contact=link.contact).exclude(pk=link.pk).exists()
        context = self.page_context(request, assignment, _("Remove the contact person"))
        return TemplateResponse(
            request, "admin/galleries/unlink.html", {**context, "contact": link.contact, "is_last": is_last}
        )

    def accept_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Records that a contact person accepted the terms (P34)."""
        assignment = self.opened(request, object_id, ACCEPT)
        today = local_date(timezone.now())
        contacts = _contacts_of(assignment)
        form = AcceptForm(request.POST or None, contacts=contacts, initial={"accepted_on": today, **_only(contacts)})
        if request.method == "POST" and form.is_valid():
            said = dict(form.cleaned_data)
            contact = said.pop("contact")
            try:
                accept_terms(
                    assignment_id=assignment.pk, contact_id=contact.pk, **said, by=staff_of(request), now=timezone.now()
                )
            except AcceptanceRefused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                self.message_user(request, _("The accepted terms were recorded."), messages.SUCCESS)
                return self.back_to(assignment)
        versions = {"terms": TERMS_VERSION, "agreement": PROCESSING_AGREEMENT_VERSION}
        return self._form_page(request, assignment, form, "accept", _("Record accepted terms"), **versions)

    def message_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Keeps a message from or to a contact person, with its files (P56)."""
        assignment = self.opened(request, object_id, RECORD)
        contacts = _contacts_of(assignment)
        initial = {"at": timezone.localtime(), **_only(contacts)}
        form = MessageForm(request.POST or None, request.FILES or None, contacts=contacts, initial=initial)
        if request.method == "POST" and form.is_valid():
            said = form.cleaned_data
            try:
                record_message(
                    form_token=said["token"],
                    assignment_id=assignment.pk,
                    contact_id=said["contact"].pk,
                    direction=said["direction"],
                    text=said["text"],
                    at=said["at"],
                    attached=form.attached,
                    by=staff_of(request),
                    now=timezone.now(),
                )
            except MessageRefused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                self.message_user(request, _("The message was recorded."), messages.SUCCESS)
                return self.back_to(assignment)
        # A browser sends no file a second time by itself.
        is_again = bool(request.FILES)
        return self._form_page(request, assignment, form, "message", _("Record a message"), files_again=is_again)

    def complete_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says from when the terms count, and completes the assignment when asked (A16)."""
        assignment = self.opened(request, object_id, COMPLETE)
        now = timezone.now()
        if request.method == "POST":
            try:
                complete_assignment(assignment_id=assignment.pk, by=staff_of(request), now=now)
            except CompletionRefused as refusal:
                self.message_user(request, str(refusal.message), messages.ERROR)
            else:
                self.message_user(request, _("The assignment is completed."), messages.SUCCESS)
            return self.back_to(assignment)
        context = {
            **self.page_context(request, assignment, _("Complete")),
            "since": local_date(min(facts_of([assignment]).get(assignment.pk, now), now)),
            "online_until": _still_online(assignment, now),
        }
        return TemplateResponse(request, "admin/galleries/complete.html", context)

    def _form_page(
        self, request: HttpRequest, assignment: Assignment, form: Any, name: str, title: Any, **facts: Any
    ) -> HttpResponse:
        context = {**self.page_context(request, assignment, title), "form": form, **facts}
        return TemplateResponse(request, f"admin/galleries/{name}.html", context)


def _contacts_of(assignment: Assignment) -> QuerySet[Contact]:
    return Contact.objects.filter(pk__in=living_links(timezone.now()).filter(assignment=assignment).values("contact"))


def _only(contacts: QuerySet[Contact]) -> dict[str, Contact]:
    """Where there is one contact person, nobody has to choose."""
    rows = list(usable(contacts)[:2])
    return {"contact": rows[0]} if len(rows) == 1 else {}


def _register(assignment: Assignment, said: dict[str, Any], *, now: datetime) -> None:
    known = said.pop("known", None)
    if known:
        link_contact(assignment_id=assignment.pk, contact_id=known.pk, now=now)
    else:
        add_contact(assignment_id=assignment.pk, **said, now=now)


def _still_online(assignment: Assignment, now: datetime) -> datetime | None:
    """The end of the client's term while it runs."""
    end = assignment.window_ends_at
    return end if end is not None and end > now else None
