"""Relations in the back office, and who wants no advertising. Nobody makes a relation here: a sale does (P62)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from privacy import today
from privacy.backoffice import Link, Page, ReadOnlyAdmin, ReadOnlyInline

from ..actions import object_to_marketing, review_objections, withdraw_objection
from ..models import Relation, RelationEvidence, Suppression
from ..relation_forms import ObjectionForm

OBJECT = "accounts.record_objection"
REVIEW = "accounts.review_suppressions"


class EvidenceInline(ReadOnlyInline):
    model = RelationEvidence
    fields = ("order_number", "ordered_at", "wording")
    ordering = ("-ordered_at",)


@admin.register(Relation)
class RelationAdmin(ReadOnlyAdmin):
    list_display = ("last_order_at", "name", "email", "city", "reads", "undeliverable_at")
    list_filter = ("language",)
    ordering = ("-last_order_at",)
    date_hierarchy = "last_order_at"
    fields = (
        *("email", "name", "street", "postcode", "city", "reads"),
        *("created_at", "last_order_at", "undeliverable_at"),
    )
    readonly_fields = ("reads",)
    inlines = (EvidenceInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Relation]:
        rows: QuerySet[Relation] = super().get_queryset(request)
        return rows.filter(pk__in=Relation.objects.alive(timezone.now()).values("pk"))

    @admin.display(description=_("language"), ordering="language")
    def reads(self, relation: Relation) -> str:
        return str(dict(settings.LANGUAGES).get(relation.language, relation.language))

    def pages(self) -> list[Page]:
        return [
            Page("objection/", "objection", self.objection_view),
            Page("<int:object_id>/forget/", "forget", self.forget_view),
        ]

    def list_links(self, request: HttpRequest) -> list[Link]:
        if not request.user.has_perm(OBJECT):
            return []
        return [Link(_("Record that somebody wants no advertising"), reverse("admin:accounts_relation_objection"))]

    def links(self, request: HttpRequest, row: Relation) -> list[Link]:
        if not request.user.has_perm(OBJECT):
            return []
        return [Link(_("No more advertising"), reverse("admin:accounts_relation_forget", args=[row.pk]))]

    def objection_view(self, request: HttpRequest) -> HttpResponse:
        """Records an objection that came by phone, mail or post, also of somebody who is no relation (P65, P92)."""
        if not request.user.has_perm(OBJECT):
            raise PermissionDenied
        form = ObjectionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._object(request, form.cleaned_data["email"], address=form.address)
        context = {**self.page_context(request, None, _("Record that somebody wants no advertising")), "form": form}
        return TemplateResponse(request, "admin/accounts/objection.html", context)

    def forget_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says what stops and what goes, and does it when asked."""
        relation = self.opened(request, object_id, OBJECT)
        if request.method == "POST":
            return self._object(request, relation.email)
        context = self.page_context(request, relation, _("No more advertising"))
        return TemplateResponse(request, "admin/accounts/forget.html", context)

    def _object(self, request: HttpRequest, email: str, **said: Any) -> HttpResponse:
        is_new = object_to_marketing(email=email, reason=Suppression.Reason.REQUEST, now=timezone.now(), **said)
        done, known = _("They get no advertising any more."), _("This address stood on the list already.")
        self.message_user(request, done if is_new else known, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:accounts_relation_changelist"))


@admin.register(Suppression)
class SuppressionAdmin(ReadOnlyAdmin):
    """How many want no advertising, and how they said so. Who they are stands nowhere (A23)."""

    is_personal = False  # what is shown leads to nobody
    list_display = ("created_at", "channel", "reason", "reviewed_at", "withdrawn_at")
    list_filter = ("channel", "reason")
    ordering = ("-created_at",)
    fields = ("created_at", "channel", "reason", "reviewed_at", "withdrawn_at")

    def pages(self) -> list[Page]:
        return [Page("review/", "review", self.review_view), Page("withdraw/", "withdraw", self.withdraw_view)]

    def list_links(self, request: HttpRequest) -> list[Link]:
        if not request.user.has_perm(REVIEW):
            return []
        offered = [("review", _("Review the list")), ("withdraw", _("Take an objection back"))]
        return [Link(label, reverse(f"admin:accounts_suppression_{name}")) for name, label in offered]

    def review_view(self, request: HttpRequest) -> HttpResponse:
        """Shows what the list holds, and records that somebody looked (RT33)."""
        if not request.user.has_perm(REVIEW):
            raise PermissionDenied
        if request.method == "POST":
            count = review_objections(now=timezone.now())
            text = ngettext("%(count)d objection reviewed.", "%(count)d objections reviewed.", count)
            self.message_user(request, text % {"count": count}, messages.SUCCESS)
            return self._to_list()
        rows = Suppression.objects.standing().values("channel", "reason").annotate(count=Count("id"))
        channels, reasons = dict(Suppression.Channel.choices), dict(Suppression.Reason.choices)
        counts = [
            (channels[row["channel"]], reasons[row["reason"]], row["count"])
            for row in rows.order_by("channel", "reason")
        ]
        context = {**self.page_context(request, None, _("Review the list")), "counts": counts}
        return TemplateResponse(request, "admin/accounts/review.html", context)

    def withdraw_view(self, request: HttpRequest) -> HttpResponse:
        """Takes an objection back for who asks it in so many words."""
        if not request.user.has_perm(REVIEW):
            raise PermissionDenied
        form = ObjectionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            email = form.cleaned_data["email"]
            if withdraw_objection(email=email, address=form.address, now=timezone.now()):
                self.message_user(request, _("The objection was taken back."), messages.SUCCESS)
            else:
                self.message_user(request, _("There was no objection of this address."), messages.WARNING)
            return self._to_list()
        context = {**self.page_context(request, None, _("Take an objection back")), "form": form}
        return TemplateResponse(request, "admin/accounts/withdraw.html", context)

    def _to_list(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:accounts_suppression_changelist"))


def objections_today(now: datetime) -> list[today.Figure]:
    """How many objections stand, and how many wait for their yearly look (RT33)."""
    url = reverse("admin:accounts_suppression_changelist")
    waiting = Suppression.objects.to_review(now).count()
    return [
        today.Figure(count=Suppression.objects.standing().count(), label=_("objections to advertising"), url=url),
        today.Figure(
            count=waiting,
            label=_("objections to look at again after a year"),
            url=reverse("admin:accounts_suppression_review"),
            tone=today.Tone.WORK if waiting else today.Tone.CALM,
        ),
    ]


today.register(today.Panel(title=_("Advertising"), permission=REVIEW, figures=objections_today))
