"""Who has to hear that data they got was corrected, erased or restricted, and who confirmed it (art. 19 GDPR)."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from privacy import today
from privacy.actions.notices import mark_confirmed, mark_told
from privacy.backoffice import ReadOnlyAdmin, person_id
from privacy.models import RecipientNotice

TELL = "privacy.tell_recipients"


class StepFilter(admin.SimpleListFilter):
    """How far a notice is."""

    title = _("state")
    parameter_name = "step"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("tell", _("to tell")), ("told", _("told, not confirmed")), ("done", _("confirmed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RecipientNotice]) -> QuerySet[RecipientNotice]:
        if self.value() == "tell":
            return queryset.filter(told_at=None)
        if self.value() == "told":
            return queryset.filter(told_at__isnull=False, acknowledged_at=None)
        return queryset.filter(acknowledged_at__isnull=False) if self.value() == "done" else queryset


@admin.register(RecipientNotice)
class RecipientNoticeAdmin(ReadOnlyAdmin):
    is_personal = False  # a number of an order and who got it
    list_display = ("created_at", "recipient", "event", "reference", "told_at", "acknowledged_at")
    list_filter = (StepFilter, "recipient", "event")
    fields = list_display
    ordering = ("-created_at", "-pk")
    actions = ("told", "confirmed")

    def has_tell_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(TELL)

    @admin.action(description=_("Note that the selected recipients were told"), permissions=["tell"])
    def told(self, request: HttpRequest, rows: QuerySet[RecipientNotice]) -> None:
        self._say(request, mark_told(notice_ids=_keys(rows), by_id=person_id(request), now=timezone.now()))

    @admin.action(description=_("Note that the selected recipients confirmed"), permissions=["tell"])
    def confirmed(self, request: HttpRequest, rows: QuerySet[RecipientNotice]) -> None:
        self._say(request, mark_confirmed(notice_ids=_keys(rows), by_id=person_id(request), now=timezone.now()))

    def _say(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)d notice changed.", "%(count)d notices changed.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)


def _keys(rows: QuerySet[RecipientNotice]) -> list[int]:
    return list(rows.values_list("pk", flat=True))


def notices_today(now: datetime) -> list[today.Figure]:
    """Recipients who have to hear of a change."""
    count = RecipientNotice.objects.filter(told_at=None).count()
    url = reverse("admin:privacy_recipientnotice_changelist") + "?step=tell"
    tone = today.Tone.WORK if count else today.Tone.CALM
    return [today.Figure(count=count, label=_("recipients to tell of a change"), url=url, tone=tone)]


today.register(today.Panel(title=_("Recipients"), permission=TELL, figures=notices_today))
