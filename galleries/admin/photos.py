"""Photos as staff see them: small, read-only, to check that the right ones are with the right subject."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from galleries.models import Assignment, Photo
from galleries.terms import last_day
from privacy.backoffice import Page, ReadOnlyAdmin
from privacy.files import store


def shown_day(end: datetime | None) -> str:
    """The last day on which what ends at `end` is online: an end at midnight belongs to the day before."""
    return date_format(last_day(end), "DATE_FORMAT") if end else "–"


class AssignmentFilter(admin.SimpleListFilter):
    """One assignment by its title; the assignment's own text is a number."""

    title = _("assignment")
    parameter_name = "assignment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Assignment.objects.order_by("-created_at").values_list("pk", "title")
        return [(str(pk), title) for pk, title in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(**{self.path: value}) if value and value.isdecimal() else queryset

    path = "assignment"


class OnlineFilter(admin.SimpleListFilter):
    """Whether parents can see it."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("online", _("online")), ("waiting", _("to publish"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        if self.value() == "waiting":
            return queryset.filter(available_from=None)
        return queryset.filter(expires_at__gt=timezone.now()) if self.value() == "online" else queryset


@admin.register(Photo)
class PhotoAdmin(ReadOnlyAdmin):
    restricted_through = {
        "galleries.subject": "subject",
        "galleries.group": "group",
        "galleries.assignment": "assignment",
    }
    list_display = ("thumbnail", "assignment_title", "who", "available_from", "last_day")
    list_display_links = ("thumbnail", "assignment_title")
    list_filter = (AssignmentFilter, OnlineFilter)
    list_select_related = ("assignment", "subject", "group")
    ordering = ("-id",)
    fields = ("thumbnail", "assignment_title", "who", "size", "uploaded_at", "available_from", "last_day")
    readonly_fields = ("thumbnail", "assignment_title", "who", "size", "last_day")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        """What is past its term is gone for staff too, before the night removes it (A35)."""
        return super().get_queryset(request).exclude(expires_at__lte=timezone.now())

    def pages(self) -> list[Page]:
        return [Page("<int:object_id>/thumbnail/", "thumbnail", require_safe(self.thumbnail_view))]

    @admin.display(description=_("photo"))
    def thumbnail(self, photo: Photo) -> SafeString:
        url = reverse("admin:galleries_photo_thumbnail", args=[photo.pk])
        # Its box is known before it arrives, so that the list does not jump.
        height = 120
        width = round(height * photo.width / photo.height)
        alt = _("Photo of %(who)s") % {"who": self.who(photo)}  # it is the text of the row's link too
        return format_html('<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">', url, alt, width, height)

    @admin.display(description=_("assignment"), ordering="assignment__title")
    def assignment_title(self, photo: Photo) -> str:
        return photo.assignment.title

    @admin.display(description=_("who"))
    def who(self, photo: Photo) -> str:
        if photo.subject:
            return str(_("subject %(number)s") % {"number": photo.subject.number})
        return str(_("group %(name)s") % {"name": photo.group.name if photo.group else ""})

    @admin.display(description=_("size"))
    def size(self, photo: Photo) -> str:
        return f"{photo.width} × {photo.height}"

    @admin.display(description=_("last day online"), ordering="expires_at")
    def last_day(self, photo: Photo) -> str:
        return shown_day(photo.expires_at)

    def thumbnail_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """The thumbnail for who may see this list. It needs no gallery cookie, because staff hold no code."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        photo = get_object_or_404(self.get_queryset(request), pk=object_id)
        try:
            file = store.open(photo.thumbnail_name)
        except FileNotFoundError:
            return HttpResponse(status=410)
        response = FileResponse(file, content_type="image/jpeg")
        response["Cache-Control"] = "private, max-age=600"
        return response
