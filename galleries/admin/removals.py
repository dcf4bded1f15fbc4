"""Requests to take a photo away: the queue, and each with the four ways to decide it (P22, A7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.at_work import staff_of
from common.periods import local_date
from galleries.actions.deciding import DecisionRefused, delete_photo, leave_photo, mask_photo, replace_photo
from galleries.actions.swapping import SwapRefused
from galleries.masking import Box
from galleries.models import Photo, RemovalCase
from galleries.models.cases import CLOSED, OPEN
from privacy.backoffice import Link, Page, ReadOnlyAdmin

from .photos import HANDLE, image_response, who_is_on
from .removal_forms import DecisionForm, MaskForm, ReasonForm, ReplaceForm
from .restricted import THROUGH_PHOTO

PREVIEW_EDGE = 480
PORTRAITS = 3


class StateFilter(admin.SimpleListFilter):
    """What there is to do: the same words as the figures on the first page."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("to decide")), ("late", _("too late")), ("closed", _("decided"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RemovalCase]) -> QuerySet[RemovalCase]:
        match self.value():
            case "open":
                return queryset.filter(OPEN)
            case "late":
                return queryset.filter(OPEN, due_on__lt=local_date(timezone.now()))
            case "closed":
                return queryset.filter(CLOSED)
        return queryset


@admin.register(RemovalCase)
class RemovalCaseAdmin(ReadOnlyAdmin):
    restricted_through = THROUGH_PHOTO
    # The privacy owner watches the terms; what was asked and by whom is for who decides.
    fields_for = {HANDLE: frozenset({"picture", "about", "note", "email", "asked_with", "explanation", "reference"})}
    list_display = ("received_at", "state", "due_on", "about", "assignment_title", "channel", "decision")
    list_filter = (StateFilter, "channel", "decision")
    list_select_related = ("photo__subject", "photo__group", "photo__assignment", "code__subject")
    ordering = ("-received_at",)
    date_hierarchy = "received_at"
    fields = (
        "picture",
        "about",
        "assignment_title",
        "asked_with",
        "channel",
        "reference",
        "received_at",
        "due_on",
        "state",
        "note",
        "email",
        "closed_at",
        "decision",
        "explanation",
    )
    readonly_fields = ("picture", "about", "assignment_title", "asked_with", "state")

    def pages(self) -> list[Page]:
        decisions: list[tuple[str, Callable[..., HttpResponseBase]]] = [
            ("mask", partial(self.decide_view, way=MASK)),
            ("replace", partial(self.decide_view, way=REPLACE)),
            ("remove", partial(self.decide_view, way=DELETE)),
            ("leave", partial(self.decide_view, way=LEAVE)),
            ("preview", require_safe(self.preview_view)),
        ]
        return [Page(f"<int:object_id>/{name}/", name, never_cache(view)) for name, view in decisions]

    def links(self, request: HttpRequest, row: RemovalCase) -> list[Link]:
        if row.closed_at or not row.photo_id or not request.user.has_perm(HANDLE):
            return []
        return [
            Link(way.title, reverse(f"admin:galleries_removalcase_{way.name}", args=[row.pk]))
            for way in (MASK, REPLACE, DELETE, LEAVE)
        ]

    @admin.display(description=_("photo"))
    def picture(self, case: RemovalCase) -> SafeString | str:
        if case.photo is None:
            return "–"
        url = reverse("admin:galleries_removalcase_preview", args=[case.pk])
        longest = max(case.photo.width, case.photo.height)
        width, height = (side * PREVIEW_EDGE // longest for side in (case.photo.width, case.photo.height))
        alt = _("The photo this is about")
        return format_html('<img src="{}" alt="{}" width="{}" height="{}">', url, alt, width, height)

    @admin.display(description=_("who"))
    def about(self, case: RemovalCase) -> str:
        return who_is_on(case.photo) if case.photo else "–"

    @admin.display(description=_("assignment"))
    def assignment_title(self, case: RemovalCase) -> str:
        return case.photo.assignment.title if case.photo else "–"

    @admin.display(description=_("asked with the code of"))
    def asked_with(self, case: RemovalCase) -> str:
        return str(_("subject %(number)s") % {"number": case.code.subject.number}) if case.code else "–"

    @admin.display(description=_("state"))
    def state(self, case: RemovalCase) -> Any:
        if case.closed_at:
            return _("decided")
        return _("too late") if case.due_on < local_date(timezone.now()) else _("to decide")

    def preview_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """The photo as parents see it, for who decides. It needs no gallery cookie, because staff hold no code."""
        case = self.opened(request, object_id, HANDLE)
        return image_response(case.photo.preview_name) if case.photo else HttpResponse(status=410)

    def decide_view(self, request: HttpRequest, object_id: int, *, way: "Way") -> HttpResponse:
        """Says what a decision does, and takes it."""
        case = self.opened(request, object_id, HANDLE)
        here = HttpResponseRedirect(reverse("admin:galleries_removalcase_change", args=[case.pk]))
        if case.closed_at or case.photo is None:
            self.message_user(request, _("This request is decided already, or its photo is gone."), messages.WARNING)
            return here
        form = way.form(*((request.POST, request.FILES) if request.method == "POST" else ()))
        if request.method == "POST" and form.is_valid():
            try:
                way.take(case, form.cleaned_data, by=staff_of(request), now=timezone.now())
            except (DecisionRefused, SwapRefused) as refusal:
                form.add_error(None, str(refusal.message))
            else:
                self.message_user(request, _("It is done, and who must know is told."), messages.SUCCESS)
                return here
        context = {
            **self.page_context(request, case, way.title),
            "form": form,
            "case": case,
            "portraits": _portraits_of(case, now=timezone.now()),
            "language": dict(settings.LANGUAGES).get(case.language, case.language),
        }
        return TemplateResponse(request, f"admin/galleries/removal_{way.name}.html", context)


def _portraits_of(case: RemovalCase, *, now: datetime) -> list[Photo]:
    """Who asked it of a group photo with a code is on these: what to compare with when the request says no more."""
    if case.code is None or case.photo is None or case.photo.group_id is None:
        return []
    return list(Photo.objects.visible(now).filter(subject=case.code.subject_id).order_by("pk")[:PORTRAITS])


@dataclass(frozen=True, slots=True)
class Way:
    """One of the four ways to decide: its page, its form and its action."""

    name: str
    title: Any
    form: type[DecisionForm]
    take: Callable[..., None]


def _mask(case: RemovalCase, said: dict[str, Any], **who: Any) -> None:
    box = Box(*(float(said[side]) for side in ("left", "top", "width", "height")))
    mask_photo(case_id=case.pk, box=box, explanation=said["explanation"], **who)


def _replace(case: RemovalCase, said: dict[str, Any], **who: Any) -> None:
    replace_photo(case_id=case.pk, data=said["file"].read(), explanation=said["explanation"], **who)


def _delete(case: RemovalCase, said: dict[str, Any], **who: Any) -> None:
    delete_photo(case_id=case.pk, explanation=said["explanation"], **who)


def _leave(case: RemovalCase, said: dict[str, Any], **who: Any) -> None:
    leave_photo(case_id=case.pk, explanation=said["explanation"], **who)


MASK = Way("mask", _("Make unrecognisable"), MaskForm, _mask)
REPLACE = Way("replace", _("Replace the photo"), ReplaceForm, _replace)
DELETE = Way("remove", _("Delete the photo"), DecisionForm, _delete)
LEAVE = Way("leave", _("Leave it as it is"), ReasonForm, _leave)
