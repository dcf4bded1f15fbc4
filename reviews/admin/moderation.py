"""Reviews in the back office: recorded from a messenger, published or refused by the stated rule, answered, withdrawn
on request. Nobody changes a word of one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.at_work import staff_of
from common.periods import local_date
from privacy import today
from privacy.backoffice import Link, Page, ReadOnlyAdmin, without_restricted

from ..actions import (
    AlreadyReviewed,
    Evidence,
    NotThere,
    Replaced,
    Words,
    answer_review,
    publish_review,
    record_review,
    refuse_review,
    withdraw_review,
)
from ..deadlines import decide_by
from ..emails import own_link
from ..forms import AnswerForm, RecordForm, RefusalForm
from ..models import Review

MODERATE = "reviews.moderate_reviews"
WITHDRAW = "reviews.withdraw_reviews"
LIST = "admin:reviews_review_changelist"
STATES = {
    "waiting": (_("to decide about"), Q(published_at__isnull=True, refused_at__isnull=True)),
    "published": (_("published"), Q(published_at__isnull=False)),
    "refused": (_("refused"), Q(refused_at__isnull=False)),
}
GONE = _("This review is gone: it was withdrawn, or its time ended.")
REPLACED = _("Its writer wrote another review after this one was refused. Only one of them can be on the site.")


class StateFilter(admin.SimpleListFilter):
    """Where a review stands."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, label) for key, (label, _condition) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Review]) -> QuerySet[Review]:
        chosen = STATES.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("written_at", "given", "state", "decide_before", "verified", "channel", "name")
    list_filter = (StateFilter, "stars", "channel", "is_verified")
    ordering = ("-written_at",)
    date_hierarchy = "written_at"
    readonly_fields = ("given", "state", "decide_before", "order_number", "link")
    fieldsets = (
        (None, {"fields": ("written_at", "given", "text", "name", "state", "decide_before", "refusal", "answer")}),
        (_("Who wrote it"), {"fields": ("channel", "is_verified", "order_number", "email", "link")}),
        (_("Consent on a messenger"), {"fields": ("consent_source", "consented_on", "consent_words")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Review]:
        rows: QuerySet[Review] = super().get_queryset(request)
        return rows.filter(pk__in=Review.objects.standing(timezone.now()).values("pk")).select_related("order")

    @admin.display(description=_("stars"), ordering="stars")
    def given(self, review: Review) -> str:
        return "★" * review.stars + "☆" * (5 - review.stars)

    @admin.display(description=_("state"))
    def state(self, review: Review) -> Any:
        if review.is_waiting:
            return STATES["waiting"][0]
        return STATES["published" if review.published_at else "refused"][0]

    @admin.display(description=_("verified"), boolean=True, ordering="is_verified")
    def verified(self, review: Review) -> bool:
        return review.is_verified

    @admin.display(description=_("decide before the end of"))
    def decide_before(self, review: Review) -> str:
        return date_format(decide_by(review.written_at)) if review.is_waiting else "–"

    @admin.display(description=_("order"))
    def order_number(self, review: Review) -> str:
        return review.order.number if review.order else "–"

    @admin.display(description=_("link to withdraw it"))
    def link(self, review: Review) -> str:
        """For who wrote on a messenger and left no address: staff send it there (A26)."""
        return own_link(review)

    def pages(self) -> list[Page]:
        return [
            Page("record/", "record", self.record_view),
            Page("<int:object_id>/publish/", "publish", self.publish_view),
            Page("<int:object_id>/refuse/", "refuse", self.refuse_view),
            Page("<int:object_id>/answer/", "answer", self.answer_view),
            Page("<int:object_id>/withdraw/", "withdraw", self.withdraw_view),
        ]

    def list_links(self, request: HttpRequest) -> list[Link]:
        if not request.user.has_perm(MODERATE):
            return []
        return [Link(_("Record a review from a messenger"), reverse("admin:reviews_review_record"))]

    def links(self, request: HttpRequest, row: Review) -> list[Link]:
        offered = [
            (MODERATE, row.published_at is None, "publish", _("Publish the review")),
            (MODERATE, row.refused_at is None, "refuse", _("Refuse the review")),
            (MODERATE, row.published_at is not None, "answer", _("Answer")),
            (WITHDRAW, True, "withdraw", _("Withdraw on request")),
        ]
        return [
            Link(label, reverse(f"admin:reviews_review_{name}", args=[row.pk]))
            for permission, is_possible, name, label in offered
            if is_possible and request.user.has_perm(permission)
        ]

    def record_view(self, request: HttpRequest) -> HttpResponse:
        """Keeps a review from a messenger with the evidence of its consent (P70, A27)."""
        if not request.user.has_perm(MODERATE):
            raise PermissionDenied
        form = RecordForm(request.POST.dict() if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                review = _record(form.cleaned_data, now=timezone.now())
            except AlreadyReviewed:
                form.add_error("order", _("A review of this order stands already."))
            else:
                self.message_user(request, _("The review was recorded. Decide about it now."), messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:reviews_review_change", args=[review.pk]))
        context = {**self.page_context(request, None, _("Record a review from a messenger")), "form": form}
        return TemplateResponse(request, "admin/reviews/record.html", context)

    def publish_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Shows the review once more, and puts it on the site."""
        review = self.opened(request, object_id, MODERATE)
        if request.method == "POST":
            return self._do(
                request,
                lambda: publish_review(review_id=review.pk, by=staff_of(request), now=timezone.now()),
                _("The review is on the site."),
            )
        context = {**self.page_context(request, review, _("Publish the review")), "stars": self.given(review)}
        return TemplateResponse(request, "admin/reviews/publish.html", context)

    def refuse_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Refuses the review for one of the stated reasons, and tells its writer."""
        review = self.opened(request, object_id, MODERATE)
        form = RefusalForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            return self._do(
                request,
                lambda: refuse_review(review_id=review.pk, reason=reason, by=staff_of(request), now=timezone.now()),
                _("The review is refused."),
            )
        context = {
            **self.page_context(request, review, _("Refuse the review")),
            "form": form,
            "stars": self.given(review),
        }
        return TemplateResponse(request, "admin/reviews/refuse.html", context)

    def answer_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Puts our answer below the review."""
        review = self.opened(request, object_id, MODERATE)
        form = AnswerForm(request.POST or None, initial={"text": review.answer})
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            return self._do(
                request,
                lambda: answer_review(review_id=review.pk, text=text, now=timezone.now()),
                _("The answer is saved."),
            )
        context = {**self.page_context(request, review, _("Answer")), "form": form, "stars": self.given(review)}
        return TemplateResponse(request, "admin/reviews/answer.html", context)

    def withdraw_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says what goes, and withdraws the review at once for who asks it (P72)."""
        review = self.opened(request, object_id, WITHDRAW)
        if request.method == "POST":
            withdraw_review(review_id=review.pk, reason="request", now=timezone.now())
            self.message_user(request, _("The review is withdrawn."), messages.SUCCESS)
            return HttpResponseRedirect(reverse(LIST))
        context = self.page_context(request, review, _("Withdraw on request"))
        return TemplateResponse(request, "admin/reviews/withdraw.html", context)

    def _do(self, request: HttpRequest, step: Callable[[], Review], said: Any) -> HttpResponse:
        try:
            step()
        except NotThere:
            self.message_user(request, GONE, messages.ERROR)
        except Replaced:
            self.message_user(request, REPLACED, messages.ERROR)
        else:
            self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse(LIST))


def _record(said: dict[str, Any], *, now: datetime) -> Review:
    words = Words(**{name: said[name] for name in ("stars", "text", "name", "email", "language")})
    evidence = Evidence(source=said["consent_source"], words=said["consent_words"], agreed_on=said["consented_on"])
    return record_review(
        form_token=said["token"],
        channel=said["channel"],
        words=words,
        evidence=evidence,
        order_id=said["order"],
        now=now,
    )


def reviews_today(now: datetime) -> list[today.Figure]:
    """Reviews to decide about, and those whose days for it are over."""
    url = reverse(LIST) + "?state=waiting"
    rows = without_restricted(Review.objects.waiting(now), {})
    waiting = list(rows.values_list("written_at", flat=True))
    late = sum(decide_by(written_at) < local_date(now) for written_at in waiting)
    calm, work, alarm = today.Tone.CALM, today.Tone.WORK, today.Tone.ALARM
    return [
        today.Figure(count=len(waiting), label=_("reviews to decide about"), url=url, tone=work if waiting else calm),
        today.Figure(count=late, label=_("reviews that waited too long"), url=url, tone=alarm if late else calm),
    ]


today.register(today.Panel(title=_("Reviews"), permission=MODERATE, figures=reviews_today))
