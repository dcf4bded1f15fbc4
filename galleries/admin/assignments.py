"""Assignments: agreed, filled with subjects, published, and their cards printed."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.at_work import staff_of
from common.periods import Bound, cutoff
from galleries.actions import (
    change_term,
    create_assignment,
    rename_assignment,
)
from galleries.actions.roster import add_subjects, change_subject
from galleries.completion import ALARM
from galleries.models import Assignment, LoginCode, Subject
from privacy.backoffice import BackofficeAdmin, Link, Page, ReadOnlyInline

from .codes import card_of, card_page
from .counts import with_counts
from .forms import NewAssignmentForm, RosterForm, SubjectForm, TermForm
from .papers import PAPER_INLINES, PaperPages
from .photos import AssignmentFilter, shown_day
from .publishing import PublishPages
from .quality import QualityPages
from .restricted import THROUGH_ASSIGNMENT, THROUGH_CLIENT
from .work import SOON

APPROVE_TERM = "galleries.approve_term"


class StateFilter(admin.SimpleListFilter):
    """What there is to do: the same words as the figures on the first page."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("waiting", _("photos to publish")),
            ("closing", _("closes within seven days")),
            ("online", _("online")),
            ("overdue", _("open for eighteen months")),
            ("completed", _("completed")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        match self.value():
            case "waiting":
                return queryset.filter(waiting__gt=0)
            case "closing":
                return queryset.filter(until__gt=now, until__lte=now + SOON)
            case "online":
                return queryset.filter(until__gt=now)
            case "overdue":
                return queryset.filter(completed_at=None, created_at__lte=cutoff(now, ALARM, Bound.AT_LEAST))
            case "completed":
                return queryset.filter(completed_at__isnull=False)
        return queryset


class SubjectInline(ReadOnlyInline):
    model = Subject
    fields = ("link", "group_name")
    readonly_fields = ("link", "group_name")
    ordering = ("group__name", Length("number"), "number")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subject]:
        return super().get_queryset(request).select_related("group")

    @admin.display(description=_("number"))
    def link(self, subject: Subject) -> SafeString:
        url = reverse("admin:galleries_subject_change", args=[subject.pk])
        return format_html('<a href="{}">{}</a>', url, subject.number)

    @admin.display(description=_("group"))
    def group_name(self, subject: Subject) -> str:
        return subject.group.name if subject.group else ""


@admin.register(Assignment)
class AssignmentAdmin(PaperPages, PublishPages, QualityPages):
    heading_field = "title"
    restricted_through = THROUGH_CLIENT
    fields_for = {"galleries.view_client": frozenset({"client_name"})}
    list_display = ("title", "client_name", "term_months", "subject_count", "photo_count", "waiting", "until")
    list_filter = (StateFilter,)
    list_select_related = ("client",)
    ordering = ("-created_at",)
    readonly_fields = (
        "client_name",
        "term_months",
        "term_reference",
        "approved_by",
        "created_at",
        "published_at",
        "subject_count",
        "photo_count",
        "waiting",
        "until",
        "completed",
    )
    fields = ("title", *readonly_fields)
    add_fields = ("client", "title", "term_months", "term_reference")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assignment]:
        rows = super().get_queryset(request).filter(person_erased_at__isnull=True)
        return with_counts(rows)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else self.add_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj:
            return super().get_form(request, obj, change, **kwargs)
        # The form asks whether this very person may agree to the term.
        asked = type("AssignmentForm", (NewAssignmentForm,), {"by": staff_of(request)})
        return super().get_form(request, obj, change, **{**kwargs, "form": asked})

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        # Only to look at, so never part of what is sent: a school's subjects would be thousands of form fields.
        if obj is None or request.method == "POST":
            return ()
        shown = (*PAPER_INLINES, ("galleries.view_subject", SubjectInline))
        return [inline for permission, inline in shown if request.user.has_perm(permission)]

    def save_model(self, request: HttpRequest, obj: Assignment, form: Any, change: bool) -> None:
        if change:
            rename_assignment(assignment_id=obj.pk, title=form.cleaned_data["title"])
            return
        said = form.cleaned_data
        obj.pk = create_assignment(
            client_id=said["client"].pk,
            title=said["title"],
            term_months=said["term_months"],
            term_reference=said["term_reference"],
            approved_by=staff_of(request),
            now=timezone.now(),
        ).pk

    @admin.display(description=_("client"), ordering="client__name")
    def client_name(self, assignment: Any) -> str:
        return str(assignment.client.name)

    @admin.display(description=_("term over twelve months approved by"))
    def approved_by(self, assignment: Any) -> str:
        return assignment.term_approved_by.get_short_name() if assignment.term_approved_by else "–"

    @admin.display(description=_("subjects"), ordering="subject_count")
    def subject_count(self, assignment: Any) -> int:
        return int(assignment.subject_count)

    @admin.display(description=_("photos"), ordering="photo_count")
    def photo_count(self, assignment: Any) -> int:
        return int(assignment.photo_count)

    @admin.display(description=_("to publish"), ordering="waiting")
    def waiting(self, assignment: Any) -> int:
        return int(assignment.waiting)

    @admin.display(description=_("online until"), ordering="until")
    def until(self, assignment: Any) -> str:
        return shown_day(assignment.until)

    def pages(self) -> list[Page]:
        return [
            *super().pages(),
            Page("<int:object_id>/roster/", "roster", self.roster_view),
            Page("<int:object_id>/term/", "term", self.term_view),
            Page("<int:object_id>/cards/", "cards", never_cache(require_safe(self.cards_view))),
            *self.quality_pages(),
        ]

    def links(self, request: HttpRequest, row: Assignment) -> list[Link]:
        may = request.user.has_perm
        offered = [
            ("roster", _("Add subjects"), may("galleries.add_subject")),
            ("term", _("Agree another term"), may("galleries.change_assignment") or may(APPROVE_TERM)),
            ("cards", _("Print code cards"), may("galleries.reprint_logincode")),
        ]
        return [*super().links(request, row), *self.offered(row, offered), *self.quality_links(request, row)]

    @admin.display(description=_("completed"), ordering="completed_at")
    def completed(self, assignment: Any) -> str:
        return date_format(assignment.completed_at, "DATE_FORMAT") if assignment.completed_at else "–"

    def roster_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Adds subjects from a pasted list."""
        assignment = self.opened(request, object_id, "galleries.add_subject")
        form = RosterForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            result = add_subjects(assignment_id=assignment.pk, lines=form.cleaned_data["lines"], now=timezone.now())
            text = _("%(added)d subjects and %(groups)d groups added; %(known)d numbers were there already.")
            counts = {"added": result.subjects, "groups": result.groups, "known": len(result.known)}
            self.message_user(request, text % counts, messages.SUCCESS)
            return self.back_to(assignment)
        context = {**self.page_context(request, assignment, _("Add subjects")), "form": form}
        return TemplateResponse(request, "admin/galleries/roster.html", context)

    def term_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Agrees another term; more than a year only the privacy owner can agree (A4)."""
        permission = APPROVE_TERM if request.user.has_perm(APPROVE_TERM) else "galleries.change_assignment"
        assignment = self.opened(request, object_id, permission)
        known = {"months": assignment.term_months, "reference": assignment.term_reference}
        form = TermForm(request.POST or None, initial=known, by=staff_of(request))
        if request.method == "POST" and form.is_valid():
            change_term(
                assignment_id=assignment.pk, **form.cleaned_data, approved_by=staff_of(request), now=timezone.now()
            )
            self.message_user(request, _("The term was changed."), messages.SUCCESS)
            return self.back_to(assignment)
        context = {**self.page_context(request, assignment, _("Agree another term")), "form": form}
        return TemplateResponse(request, "admin/galleries/term.html", context)

    def cards_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """A card for each code that opens something now, to print and cut."""
        assignment = self.opened(request, object_id, "galleries.reprint_logincode")
        codes = LoginCode.objects.open(timezone.now()).filter(subject__assignment=assignment)
        rows = codes.select_related("subject__group").order_by(
            "subject__group__name", Length("subject__number"), "subject__number"
        )
        cards = [card_of(code, request=request) for code in rows]
        return card_page(request, {**self.page_context(request, assignment, _("Code cards")), "cards": cards})


@admin.register(Subject)
class SubjectAdmin(BackofficeAdmin):
    """One subject, to correct. Subjects are added on their assignment."""

    restricted_through = THROUGH_ASSIGNMENT
    form = SubjectForm
    list_display = ("number", "group_name", "assignment_title")
    list_filter = (AssignmentFilter,)
    list_select_related = ("group", "assignment")
    search_fields = ("=number",)
    search_help_text = _("The number of a subject")
    ordering = ("-assignment", "number")
    fields = ("assignment_title", "number", "group")
    readonly_fields = ("assignment_title",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("assignment"))
    def assignment_title(self, subject: Subject) -> str:
        return subject.assignment.title

    @admin.display(description=_("group"))
    def group_name(self, subject: Subject) -> str:
        return subject.group.name if subject.group else ""

    def save_model(self, request: HttpRequest, obj: Subject, form: Any, change: bool) -> None:
        group = form.cleaned_data["group"]
        change_subject(
            subject_id=obj.pk,
            number=form.cleaned_data["number"],
            group_id=group.pk if group else None,
            now=timezone.now(),
        )
