"""What every screen of the back office has in common: least sight, an access log, and a history without persons.

Permissions say which screens a role has. This module adds what permissions cannot say, and it holds for superusers too:

- a restricted row (art. 18 GDPR) is out of every list, page, history and search, except for the privacy owner;
- opening a record with personal data is written to the access log (P08);
- a field that only some roles need is absent for the others, and cannot be asked for through the address bar either;
- nothing is deleted by hand: rows leave by the one erasure path;
- the admin's own history keeps which fields changed and of which row, never what they said.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import once
from .audit import log_access
from .models import Restriction

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
    _TabularInline = admin.TabularInline[Any, Any]
else:
    _ModelAdmin = admin.ModelAdmin
    _TabularInline = admin.TabularInline

# Sealed: a superuser has it only with the role of privacy owner (`accounts.roles`).
SEE_RESTRICTED = "privacy.see_restricted"

# What the admin's own filters and date drill-down ask of a field; anything longer would walk into other tables.
_FILTER_LOOKUPS = frozenset(
    {"exact", "id__exact", "isnull", "isempty", "in", "gte", "gt", "lte", "lt", "year", "month", "day"}
)


def kind_of(model: type[Model]) -> str:
    """The kind of a model's rows as holds, restrictions and logs spell it; a proxy's rows are those of its model."""
    concrete: type[Model] = model._meta.concrete_model or model
    return concrete._meta.label_lower


def person_id(request: HttpRequest) -> int:
    """The key of who asks; a stranger gets 403, though the admin never lets one come this far."""
    if request.user.pk is None:
        raise PermissionDenied
    return request.user.pk


def without_restricted(rows: QuerySet[Any], through: Mapping[str, str]) -> QuerySet[Any]:
    """`rows` but those restricted themselves, or through a row they belong to ({"galleries.subject": "subject"})."""
    for kind, way in {kind_of(rows.model): "pk", **through}.items():
        hidden = Restriction.objects.filter(kind=kind, lifted_at__isnull=True).values("object_id")
        rows = rows.exclude(**{f"{way}__in": hidden})
    return rows


def seen_by(request: HttpRequest, fields_for: Mapping[str, frozenset[str]], names: Iterable[Any]) -> list[Any]:
    """`names` without the fields that need a permission this person lacks."""
    hidden = {
        name for permission, fields in fields_for.items() if not request.user.has_perm(permission) for name in fields
    }
    return [name for name in names if name not in hidden]


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a record to one of its own pages, shown above it."""

    label: Any
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """An own page of an admin class: its address below the model's, its name, and the view."""

    route: str
    name: str
    view: Callable[..., HttpResponseBase]


class BackofficeAdmin(_ModelAdmin):
    """The base of every admin class of ours."""

    # Whether opening a row is a look at personal data. A class that says no says why.
    is_personal: ClassVar[bool] = True
    # Kinds whose restriction hides these rows too, with the way there: {"galleries.subject": "subject"}.
    restricted_through: ClassVar[Mapping[str, str]] = {}
    # Permission -> the fields and columns only its holders need.
    fields_for: ClassVar[Mapping[str, frozenset[str]]] = {}

    # The field that names a row above its page, where that is not a person; its key otherwise.
    heading_field: ClassVar[str] = ""

    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def pages(self) -> list[Page]:
        """The own pages of this class. Each view asks `opened` for its row, which checks the permission."""
        return []

    def links(self, request: HttpRequest, row: Any) -> list[Link]:
        """The own pages that this person may open for this row now."""
        return []

    def list_links(self, request: HttpRequest) -> list[Link]:
        """The own pages that belong to the list as a whole."""
        return []

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        own: list[URLPattern] = [
            path(page.route, self.admin_site.admin_view(page.view), name=f"{name}_{page.name}") for page in self.pages()
        ]
        return [*own, *super().get_urls()]

    def opened(self, request: HttpRequest, object_id: int, permission: str) -> Any:
        """The row of an own page, logged as opened. 403 without the permission, 404 when this person cannot see it."""
        if not request.user.has_perm(permission):
            raise PermissionDenied
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        return row

    def page_context(self, request: HttpRequest, row: Any, title: Any) -> dict[str, Any]:
        """What every own page gives its template."""
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": row,
            "title": title,
            "may_list": self.has_view_or_change_permission(request),
        }

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        row = context.get("original")
        context["own_links"] = self.links(request, row) if row else []
        if row and self.heading_field:
            context["subtitle"] = getattr(row, self.heading_field)
        return super().render_change_form(request, context, *args, **kwargs)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page that makes a row, which makes one however often it is sent."""
        if request.method != "POST":
            return super().add_view(request, form_url, {**(extra_context or {}), "once": once.new_number()})
        number = request.POST.get(once.FIELD, "")
        if not once.claim(number):
            self.message_user(request, _("This form was sent twice. It was saved once."), messages.INFO)
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        is_saved = False
        try:
            answer = super().add_view(request, form_url, {**(extra_context or {}), "once": number})
            is_saved = answer.status_code == 302
        finally:
            (once.keep if is_saved else once.give_back)(number)
        return answer

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if "%00" in request.META.get("QUERY_STRING", ""):
            # No filter of ours writes a NUL, and PostgreSQL refuses to compare with one.
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, {**(extra_context or {}), "own_links": self.list_links(request)})

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if request.user.has_perm(SEE_RESTRICTED):
            return rows
        return without_restricted(rows, self.restricted_through)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row is not None and self.is_personal and self.has_view_or_change_permission(request, row):
            log_access(user=request.user, kind=kind_of(self.model), object_id=row.pk, action="open", now=timezone.now())
        return row

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        if request.method == "POST":
            # The night or a colleague was first. A page can give back what was typed, and a redirect cannot.
            raise Http404
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc,no-any-return]  # unknown to the stubs

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return seen_by(request, self.fields_for, super().get_list_display(request))

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return seen_by(request, self.fields_for, super().get_list_filter(request))

    def get_search_fields(self, request: HttpRequest) -> list[Any]:
        return seen_by(request, self.fields_for, super().get_search_fields(request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        sets = super().get_fieldsets(request, obj)
        kept = [
            (title, {**options, "fields": seen_by(request, self.fields_for, options["fields"])})
            for title, options in sets
        ]
        return [(title, options) for title, options in kept if options["fields"]]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only the filters on the screen: any other field in the address would tell what is hidden."""
        offered = self.get_list_filter(request) if request else list(self.list_filter)
        names = {entry[0] if isinstance(entry, tuple) else getattr(entry, "parameter_name", entry) for entry in offered}
        if self.date_hierarchy:
            names.add(self.date_hierarchy)
        return any(lookup == name or lookup.removeprefix(f"{name}__") in _FILTER_LOOKUPS for name in names)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Which fields changed; never a related row's text."""
        return super().construct_change_message(request, form, [], add)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return self._write_history(request, obj, ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return self._write_history(request, obj, CHANGE, message)

    def _write_history(self, request: HttpRequest, obj: Model, flag: int, message: Any) -> LogEntry:
        # Django's own way copies str(obj); the name of the model and the key say as much and hold no person.
        return LogEntry.objects.create(
            user_id=person_id(request),
            content_type_id=ContentType.objects.get_for_model(obj, for_concrete_model=False).pk,
            object_id=str(obj.pk),
            object_repr=f"{obj._meta.model_name} {obj.pk}",
            action_flag=flag,
            change_message=message if isinstance(message, str) else json.dumps(message),
        )


class ReadOnlyAdmin(BackofficeAdmin):
    """A screen to look at: nobody adds, changes or deletes here, superusers included."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyInline(_TabularInline):
    """Rows shown on the page of the row they belong to; who may see that page may see them, but for the restricted."""

    template = "admin/edit_inline/read_only.html"
    extra = 0
    can_delete = False
    fields_for: ClassVar[Mapping[str, frozenset[str]]] = {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows if request.user.has_perm(SEE_RESTRICTED) else without_restricted(rows, {})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return seen_by(request, self.fields_for, self.fields or ())

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
