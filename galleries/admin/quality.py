"""The quality of assignments: measured from the page of one, shown as means that name nobody, and rewarded (P19-P21).

The photographer measures and reads; the administration, which keeps the books, decides on the reward (A29).
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from accounts.at_work import staff_of
from common.money import format_cents
from galleries.actions.quality import QualityRefused, ask_measurement, decide_reward, subjects_with_portraits
from galleries.models import Assignment, QualityAggregate
from galleries.models.quality import FEWEST_SUBJECTS
from galleries.quality import NAMES
from galleries.terms import client_end, in_client_term, last_day
from privacy.backoffice import BackofficeAdmin, Link, Page, ReadOnlyAdmin

from .forms import RewardForm
from .restricted import THROUGH_ASSIGNMENT

VIEW = "galleries.view_qualityaggregate"
MEASURE = "galleries.measure_quality"
REWARD = "galleries.reward_quality"

# What each figure is called, and what it says.
FIGURES = {
    "sharpness": (_("sharpness"), _("How finely the middle of the photo is drawn. Higher is sharper.")),
    "background": (_("even background"), _("100 is one even colour on both sides of the head.")),
    "exposure": (_("lightness"), _("0 is black, 100 is white.")),
    "clipping": (_("without drawing"), _("The percentage that is all black or all white. Lower is better.")),
}


def _written(mean: Any, spread: Any) -> str:
    return f"{number_format(mean, 1)} ± {number_format(spread, 1)}"


class QualityPages(BackofficeAdmin):
    """The two pages of an assignment about its quality."""

    def quality_pages(self) -> list[Page]:
        return [
            Page("<int:object_id>/quality/", "quality", self.quality_view),
            Page("<int:object_id>/reward/", "reward", self.reward_view),
        ]

    def quality_links(self, request: HttpRequest, row: Assignment) -> list[Link]:
        if not request.user.has_perm(VIEW):
            return []
        return [Link(_("Quality"), reverse("admin:galleries_assignment_quality", args=[row.pk]))]

    def quality_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """What was measured, or why not; and the button that starts it, for who may."""
        assignment = self.opened(request, object_id, MEASURE if request.method == "POST" else VIEW)
        now = timezone.now()
        if request.method == "POST":
            try:
                ask_measurement(assignment_id=assignment.pk, by=staff_of(request), now=now)
            except QualityRefused as refusal:
                self.message_user(request, refusal.message, messages.ERROR)
            else:
                text = _("The photos are being measured. Open this page again in a few minutes.")
                self.message_user(request, text, messages.SUCCESS)
            return _to_quality(assignment)
        published = assignment.published_at
        quality = QualityAggregate.objects.filter(assignment=assignment).first()
        facts = {
            "quality": quality,
            "figures": _figures(quality) if quality else [],
            "until": last_day(client_end(published, months=assignment.term_months)) if published else None,
            "is_in_term": in_client_term(published, assignment.term_months, now=now),
            "subjects": subjects_with_portraits(assignment_id=assignment.pk, now=now),
            "fewest": FEWEST_SUBJECTS,
            "may_measure": request.user.has_perm(MEASURE),
            "may_reward": request.user.has_perm(REWARD),
            "reward": format_cents(quality.reward_cents) if quality and quality.reward_cents is not None else "",
        }
        context = {**self.page_context(request, assignment, _("Quality")), **facts}
        return TemplateResponse(request, "admin/galleries/quality.html", context)

    def reward_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Asks for the amount, and decides on it."""
        assignment = self.opened(request, object_id, REWARD)
        form = RewardForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            cents = form.cleaned_data["amount"]
            try:
                decide_reward(assignment_id=assignment.pk, cents=cents, by=staff_of(request), now=timezone.now())
            except QualityRefused as refusal:
                form.add_error(None, str(refusal.message))
            else:
                text = _("The reward is recorded: %(amount)s.") % {"amount": format_cents(cents)}
                self.message_user(request, text, messages.SUCCESS)
                return _to_quality(assignment)
        context = {**self.page_context(request, assignment, _("Decide on the reward")), "form": form}
        return TemplateResponse(request, "admin/galleries/reward.html", context)


@admin.register(QualityAggregate)
class QualityAdmin(ReadOnlyAdmin):
    """The figures of all assignments beside each other."""

    # Means over at least twenty subjects: nobody can be read from them (P20).
    is_personal = False
    restricted_through = THROUGH_ASSIGNMENT
    fields_for = {REWARD: frozenset({"reward", "reward_decided_at"})}
    list_display = ("assignment_title", "measured_at", "subject_count", *NAMES, "reward")
    list_select_related = ("assignment",)
    ordering = ("-measured_at",)
    fields = ("assignment_title", "measured_at", "subject_count", *NAMES, "reward", "reward_decided_at")
    readonly_fields = ("assignment_title", *NAMES, "reward")

    def get_queryset(self, request: HttpRequest) -> QuerySet[QualityAggregate]:
        return super().get_queryset(request).filter(assignment__person_erased_at__isnull=True)

    @admin.display(description=_("assignment"), ordering="assignment__title")
    def assignment_title(self, quality: QualityAggregate) -> str:
        return quality.assignment.title

    @admin.display(description=FIGURES["sharpness"][0], ordering="sharpness_mean")
    def sharpness(self, quality: QualityAggregate) -> str:
        return _written(quality.sharpness_mean, quality.sharpness_spread)

    @admin.display(description=FIGURES["background"][0], ordering="background_mean")
    def background(self, quality: QualityAggregate) -> str:
        return _written(quality.background_mean, quality.background_spread)

    @admin.display(description=FIGURES["exposure"][0], ordering="exposure_mean")
    def exposure(self, quality: QualityAggregate) -> str:
        return _written(quality.exposure_mean, quality.exposure_spread)

    @admin.display(description=FIGURES["clipping"][0], ordering="clipping_mean")
    def clipping(self, quality: QualityAggregate) -> str:
        return _written(quality.clipping_mean, quality.clipping_spread)

    @admin.display(description=_("reward"), ordering="reward_cents")
    def reward(self, quality: QualityAggregate) -> str:
        if quality.reward_cents is None or quality.reward_decided_at is None:
            return "–"
        return f"{format_cents(quality.reward_cents)}, {date_format(timezone.localtime(quality.reward_decided_at))}"


def _figures(quality: QualityAggregate) -> list[dict[str, Any]]:
    return [
        {
            "name": FIGURES[name][0],
            "says": FIGURES[name][1],
            "mean": number_format(getattr(quality, f"{name}_mean"), 1),
            "spread": number_format(getattr(quality, f"{name}_spread"), 1),
        }
        for name in NAMES
    ]


def _to_quality(assignment: Assignment) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:galleries_assignment_quality", args=[assignment.pk]))
