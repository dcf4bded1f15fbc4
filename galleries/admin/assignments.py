"""Assignments: agreed, filled with subjects, published, and their cards printed."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.at_work import staff_of
from common.periods import Bound, Period, due
from galleries.actions import (
    change_term,
    create_assignment,
    make_available,
    publish_assignment,
    rename_assignment,
)
from galleries.actions.publishing import PublicationRefused
from galleries.actions.roster import add_subjects, change_subject
from galleries.models import Assignment, LoginCode, Photo, Subject
from galleries.terms import last_day
from privacy.backoffice import BackofficeAdmin, Link, Page, ReadOnlyInline

from .codes import card_of, card_page
from .counts import subjects_without_code, with_counts
from .forms import NewAssignmentForm, RosterForm, SubjectForm, TermForm
from .photos import AssignmentFilter, shown_day
from .quality import QualityPages
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
class AssignmentAdmin(QualityPages):
    heading_field = "title"
    restricted_through = {"galleries.client": "client"}
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
        is_shown = obj and request.method != "POST" and request.user.has_perm("galleries.view_subject")
        return (SubjectInline,) if is_shown else ()

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
            Page("<int:object_id>/publish/", "publish", self.publish_view),
            Page("<int:object_id>/roster/", "roster", self.roster_view),
            Page("<int:object_id>/term/", "term", self.term_view),
            Page("<int:object_id>/cards/", "cards", never_cache(require_safe(self.cards_view))),
            *self.quality_pages(),
        ]

    def links(self, request: HttpRequest, row: Assignment) -> list[Link]:
        may = request.user.has_perm
        offered = [
            ("publish", _("Publish"), may("galleries.publish_assignment")),
            ("roster", _("Add subjects"), may("galleries.add_subject")),
            ("term", _("Agree another term"), may("galleries.change_assignment") or may(APPROVE_TERM)),
            ("cards", _("Print code cards"), may("galleries.reprint_logincode")),
        ]
        links = [
            Link(label, reverse(f"admin:galleries_assignment_{name}", args=[row.pk]))
            for name, label, is_offered in offered
            if is_offered
        ]
        return [*links, *self.quality_links(request, row)]

    def publish_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says what publishing will do and to how many, and does it when asked."""
        assignment = self.opened(request, object_id, "galleries.publish_assignment")
        now = timezone.now()
        if request.method == "POST":
            try:
                count = self._publish(request, assignment)
            except PublicationRefused as refusal:
                self.message_user(request, refusal.message, messages.ERROR)
            else:
                text = ngettext("%(count)d photo is online now.", "%(count)d photos are online now.", count)
                self.message_user(request, text % {"count": count}, messages.SUCCESS)
            return self._back(assignment)
        facts = {
            "photos": assignment.waiting,
            "codes": subjects_without_code(assignment.pk),
            "until": last_day(due(now, Period(months=assignment.term_months), Bound.AT_LEAST)),
        }
        context = {**self.page_context(request, assignment, _("Publish")), **facts}
        return TemplateResponse(request, "admin/galleries/publish.html", context)

    def _publish(self, request: HttpRequest, assignment: Assignment) -> int:
        now = timezone.now()
        if assignment.published_at is None:
            return publish_assignment(assignment_id=assignment.pk, by=staff_of(request), now=now)
        late = Photo.objects.filter(assignment=assignment, available_from=None).values_list("pk", flat=True)
        return make_available(assignment_id=assignment.pk, photo_ids=list(late), now=now)

    def roster_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Adds subjects from a pasted list."""
        assignment = self.opened(request, object_id, "galleries.add_subject")
        form = RosterForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            result = add_subjects(assignment_id=assignment.pk, lines=form.cleaned_data["lines"], now=timezone.now())
            text = _("%(added)d subjects and %(groups)d groups added; %(known)d numbers were there already.")
            counts = {"added": result.subjects, "groups": result.groups, "known": len(result.known)}
            self.message_user(request, text % counts, messages.SUCCESS)
            return self._back(assignment)
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
            return self._back(assignment)
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

    def _back(self, assignment: Assignment) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:galleries_assignment_change", args=[assignment.pk]))


@admin.register(Subject)
class SubjectAdmin(BackofficeAdmin):
    """One subject, to correct. Subjects are added on their assignment."""

    restricted_through = {"galleries.assignment": "assignment"}
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
