"""Photos as staff see them: small, read-only, to check that the right ones are with the right subject."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
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
from common.periods import day_start, local_date
from galleries.actions.asking import CannotAsk, record_removal_request
from galleries.models import Assignment, Photo
from galleries.terms import last_day
from privacy.backoffice import SEE_RESTRICTED, Link, Page, ReadOnlyAdmin, without_restricted
from privacy.files import store

from .removal_forms import RecordedRequestForm
from .restricted import OF_PHOTO, THROUGH_CLIENT

HANDLE = "galleries.handle_removalcase"


def shown_day(end: datetime | None) -> str:
    """The last day on which what ends at `end` is online: an end at midnight belongs to the day before."""
    return date_format(last_day(end), "DATE_FORMAT") if end else "–"


def who_is_on(photo: Photo) -> str:
    """The number of the subject, or the name of the group."""
    if photo.subject:
        return str(_("subject %(number)s") % {"number": photo.subject.number})
    return str(_("group %(name)s") % {"name": photo.group.name if photo.group else ""})


def image_response(name: str) -> HttpResponseBase:
    """A thumbnail or preview for staff, who hold no code and so no gallery cookie."""
    try:
        file = store.open(name)
    except FileNotFoundError:
        return HttpResponse(status=410)
    response = FileResponse(file, content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=600"
    return response


class AssignmentFilter(admin.SimpleListFilter):
    """One assignment by its title; the assignment's own text is a number."""

    title = _("assignment")
    parameter_name = "assignment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rows = Assignment.objects.filter(person_erased_at__isnull=True)
        if not request.user.has_perm(SEE_RESTRICTED):
            rows = without_restricted(rows, THROUGH_CLIENT)
        return [(str(pk), title) for pk, title in rows.order_by("-created_at").values_list("pk", "title")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(**{self.path: value}) if value and value.isdecimal() else queryset

    path = "assignment"


class OnlineFilter(admin.SimpleListFilter):
    """Whether parents can see it."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("online", _("online")), ("waiting", _("to publish")), ("handed", _("handed to the client"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        match self.value():
            case "waiting":
                return queryset.filter(pk__in=Photo.objects.waiting())
            case "handed":
                return queryset.filter(handed_over_at__isnull=False)
            case "online":
                return queryset.filter(expires_at__gt=timezone.now())
        return queryset


@admin.register(Photo)
class PhotoAdmin(ReadOnlyAdmin):
    restricted_through = OF_PHOTO
    list_display = ("thumbnail", "assignment_title", "who", "available_from", "handed_over_at", "last_day")
    list_display_links = ("thumbnail", "assignment_title")
    list_filter = (AssignmentFilter, OnlineFilter)
    list_select_related = ("assignment", "subject", "group")
    ordering = ("-id",)
    fields = ("thumbnail", "assignment_title", "who", "size", "uploaded_at", *list_display[3:])
    readonly_fields = ("thumbnail", "assignment_title", "who", "size", "last_day")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        """What is past its term is gone for staff too, before the night removes it (A35)."""
        now = timezone.now()
        return super().get_queryset(request).exclude(Q(expires_at__lte=now) | Q(handed_over_until__lte=now))

    def pages(self) -> list[Page]:
        return [
            Page("<int:object_id>/thumbnail/", "thumbnail", require_safe(self.thumbnail_view)),
            Page("<int:object_id>/removal/", "removal", never_cache(self.removal_view)),
        ]

    def links(self, request: HttpRequest, row: Photo) -> list[Link]:
        if not request.user.has_perm(HANDLE):
            return []
        return [Link(_("Record a removal request"), reverse("admin:galleries_photo_removal", args=[row.pk]))]

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
        return who_is_on(photo)

    @admin.display(description=_("size"))
    def size(self, photo: Photo) -> str:
        return f"{photo.width} × {photo.height}"

    @admin.display(description=_("last day"), ordering=Coalesce("expires_at", "handed_over_until"))
    def last_day(self, photo: Photo) -> str:
        return shown_day(photo.expires_at or photo.handed_over_until)

    def thumbnail_view(self, request: HttpRequest, object_id: int) -> HttpResponseBase:
        """The thumbnail for who may see this list. It needs no gallery cookie, because staff hold no code."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        photo = get_object_or_404(self.get_queryset(request), pk=object_id)
        return image_response(photo.thumbnail_name)

    def removal_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Opens a case for somebody who asked us another way to take this photo away (P22)."""
        photo = self.opened(request, object_id, HANDLE)
        form = RecordedRequestForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            said = dict(form.cleaned_data)
            day, token = said.pop("received_on"), said.pop("token")
            now = timezone.now()
            received_at = now if day == local_date(now) else day_start(day)
            try:
                case = record_removal_request(
                    photo_id=photo.pk,
                    **said,
                    form_token=token,
                    received_at=received_at,
                    by=staff_of(request),
                    now=now,
                )
            except CannotAsk as refusal:
                form.add_error(None, str(refusal.message))
            else:
                said_so = _("The request was recorded. Nobody can order the photo until it is decided.")
                self.message_user(request, said_so, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:galleries_removalcase_change", args=[case.pk]))
        context = {**self.page_context(request, photo, _("Record a removal request")), "form": form}
        return TemplateResponse(request, "admin/galleries/removal_record.html", context)
