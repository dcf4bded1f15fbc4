"""Login codes: never in a list, on a card only for who may reprint one, each look in the access log (P08, P25)."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.at_work import staff_of
from galleries.actions.codes import replace_code, reprint, revoke_code
from galleries.cards import Card, make_card
from galleries.models import LoginCode
from privacy.backoffice import Link, Page, ReadOnlyAdmin

from .extensions import RECORD, record_view
from .photos import AssignmentFilter, shown_day
from .restricted import THROUGH_SUBJECT


class CodeAssignmentFilter(AssignmentFilter):
    path = "subject__assignment"


class OpenFilter(admin.SimpleListFilter):
    """Whether a code opens anything."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("works")), ("revoked", _("revoked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LoginCode]) -> QuerySet[LoginCode]:
        if self.value() == "revoked":
            return queryset.exclude(revoked_at=None)
        return queryset & LoginCode.objects.open(timezone.now()) if self.value() == "open" else queryset


def card_of(code: LoginCode, *, request: HttpRequest) -> Card:
    """The card of one code; reading it is written to the access log."""
    group = code.subject.group
    return make_card(
        number=code.subject.number,
        group=group.name if group else "",
        code=reprint(code_id=code.pk, by=staff_of(request), now=timezone.now()),
        site_url=settings.SITE_URL,
    )


def card_page(request: HttpRequest, context: dict[str, Any]) -> TemplateResponse:
    """Cards to print: one template for one card and for a whole assignment."""
    address = settings.SITE_URL.partition("://")[2]
    return TemplateResponse(request, "admin/galleries/cards.html", {**context, "site_address": address})


@admin.register(LoginCode)
class LoginCodeAdmin(ReadOnlyAdmin):
    restricted_through = THROUGH_SUBJECT
    list_display = ("number", "group_name", "assignment_title", "issued_at", "last_used_at", "last_day", "revoked_at")
    list_filter = (CodeAssignmentFilter, OpenFilter)
    list_select_related = ("subject__group", "subject__assignment")
    search_fields = ("=subject__number",)
    search_help_text = _("The number of a subject")
    ordering = ("-id",)
    fields = ("number", "group_name", "assignment_title", "issued_at", "last_used_at", "last_day", "revoked_at")
    readonly_fields = ("number", "group_name", "assignment_title", "last_day")
    actions = ("revoke", "issue_anew")

    def pages(self) -> list[Page]:
        return [
            Page("<int:object_id>/card/", "card", never_cache(require_safe(self.card_view))),
            Page("<int:object_id>/extend/", "extend", never_cache(partial(record_view, self))),
        ]

    def links(self, request: HttpRequest, row: LoginCode) -> list[Link]:
        offered = [
            ("card", _("Show the card"), self.has_reprint_permission(request)),
            ("extend", _("Record an extension"), request.user.has_perm(RECORD)),
        ]
        return [
            Link(label, reverse(f"admin:galleries_logincode_{name}", args=[row.pk]))
            for name, label, is_offered in offered
            if is_offered and not row.revoked_at
        ]

    def has_reprint_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("galleries.reprint_logincode")

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("galleries.revoke_logincode")

    @admin.display(description=_("subject"), ordering="subject__number")
    def number(self, code: LoginCode) -> str:
        return code.subject.number

    @admin.display(description=_("group"))
    def group_name(self, code: LoginCode) -> str:
        return code.subject.group.name if code.subject.group else ""

    @admin.display(description=_("assignment"))
    def assignment_title(self, code: LoginCode) -> str:
        return code.subject.assignment.title

    @admin.display(description=_("last day"), ordering="expires_at")
    def last_day(self, code: LoginCode) -> str:
        return shown_day(code.expires_at)

    def card_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """One code with its QR, for a parent who lost the card."""
        code = self.opened(request, object_id, "galleries.reprint_logincode")
        cards = [] if code.revoked_at else [card_of(code, request=request)]
        return card_page(request, {**self.page_context(request, code, _("Code card")), "cards": cards})

    @admin.action(description=_("Revoke the selected codes: they open nothing any more"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, rows: QuerySet[LoginCode]) -> None:
        now = timezone.now()
        count = sum(revoke_code(code_id=pk, by=staff_of(request), now=now) for pk in _open_ids(rows))
        text = ngettext("%(count)d code revoked.", "%(count)d codes revoked.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Revoke the selected codes and give each subject a new one"), permissions=["revoke"])
    def issue_anew(self, request: HttpRequest, rows: QuerySet[LoginCode]) -> None:
        now = timezone.now()
        count = sum(replace_code(code_id=pk, by=staff_of(request), now=now) is not None for pk in _open_ids(rows))
        text = ngettext(
            "%(count)d subject has a new code. Open it to print the card.",
            "%(count)d subjects have a new code. Print the cards of the assignment.",
            count,
        )
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


def _open_ids(rows: QuerySet[LoginCode]) -> list[int]:
    return list(rows.filter(revoked_at=None).values_list("pk", flat=True))
