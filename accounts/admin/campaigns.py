"""Campaigns in the back office: written, looked at, counted, sent, stopped and resumed."""

from datetime import datetime
from typing import Any

from csp.decorators import csp
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from privacy import today
from privacy.backoffice import BackofficeAdmin, Link, Page
from privacy.mail_page import MAIL_POLICY

from ..actions.campaigns import (
    CampaignRefused,
    change_campaign,
    count_reached,
    fingerprint,
    resume_campaign,
    start_campaign,
    stop_campaign,
    write_campaign,
)
from ..campaign_forms import CampaignForm
from ..campaign_mail import preview
from ..models import Campaign

SEND = "accounts.send_campaign"
VIEW = "accounts.view_campaign"
State = Campaign.State
# What may be done in each state, besides looking.
STEPS = {
    State.DRAFT: [("send", _("Send"))],
    State.SENDING: [("stop", _("Stop"))],
    State.STOPPED: [("resume", _("Go on sending"))],
    State.SENT: [],
}


@admin.register(Campaign)
class CampaignAdmin(BackofficeAdmin):
    is_personal = False  # what we say to all; who gets it is not shown
    form = CampaignForm
    list_display = ("subject_nl", "category", "state", "created_at", "started_at", "written_count")
    list_filter = ("state", "category")
    ordering = ("-created_at",)
    heading_field = "subject_nl"
    readonly_fields = ("state", "started_at", "ended_at", "written_count")
    fieldsets = (
        (None, {"fields": ("category", "subject_nl", "text_nl", "subject_en", "text_en")}),
        (_("Who gets it"), {"fields": ("ordered_from", "ordered_until", "postcode_starts")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if obj is None:
            return [*super().get_fieldsets(request), (None, {"fields": ["token"]})]
        return [(_("Sending"), {"fields": list(self.readonly_fields)}), *super().get_fieldsets(request, obj)]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What went out stays as it was."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == State.DRAFT)

    def save_model(self, request: HttpRequest, obj: Campaign, form: Any, change: bool) -> None:
        if not change:
            obj.pk = write_campaign(form_token=form.form_token, letter=form.letter, now=timezone.now()).pk
            return
        change_campaign(campaign_id=obj.pk, letter=form.letter)

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except CampaignRefused as refusal:
            # Somebody sent it between the opening of the page and this click.
            self.message_user(request, str(refusal.message), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def pages(self) -> list[Page]:
        return [
            Page("<int:object_id>/preview/", "preview", self.preview_view),
            Page("<int:object_id>/preview/<str:language>/", "message", self.message_view),
            Page("<int:object_id>/send/", "send", self.send_view),
            Page("<int:object_id>/stop/", "stop", self.stop_view),
            Page("<int:object_id>/resume/", "resume", self.resume_view),
        ]

    def links(self, request: HttpRequest, row: Campaign) -> list[Link]:
        steps = STEPS[State(row.state)] if request.user.has_perm(SEND) else []
        offered = [("preview", _("Preview")), *steps]
        return [Link(label, reverse(f"admin:accounts_campaign_{name}", args=[row.pk])) for name, label in offered]

    def preview_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Shows the message in both languages, as its readers get it."""
        campaign = self.opened(request, object_id, VIEW)
        now = timezone.now()
        shown = [(code, preview(campaign, language=code, now=now)) for code in _languages(campaign)]
        context = {**self.page_context(request, campaign, _("Preview")), "shown": shown}
        return TemplateResponse(request, "admin/accounts/preview.html", context)

    @method_decorator(csp(MAIL_POLICY))
    def message_view(self, request: HttpRequest, object_id: int, language: str) -> HttpResponse:
        """The message as a mail program shows it, shut off from the site."""
        campaign = self.opened(request, object_id, VIEW)
        return HttpResponse(preview(campaign, language=language, now=timezone.now()).html)

    def send_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says what goes to how many, and begins when asked."""
        campaign = self.opened(request, object_id, SEND)
        now = timezone.now()
        if request.method == "POST":
            shown = request.POST.get("shown", "")
            return self._step(
                request,
                campaign,
                lambda: start_campaign(campaign_id=campaign.pk, shown=shown, now=now),
                _("Sending began."),
            )
        context = {
            **self.page_context(request, campaign, _("Send")),
            "count": count_reached(campaign, now=now),
            "shown": fingerprint(campaign),
        }
        return TemplateResponse(request, "admin/accounts/send.html", context)

    def stop_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Asks whether to stop, and stops."""
        campaign = self.opened(request, object_id, SEND)
        if request.method == "POST":
            return self._step(request, campaign, lambda: stop_campaign(campaign_id=campaign.pk), _("Sending stopped."))
        return TemplateResponse(request, "admin/accounts/stop.html", self.page_context(request, campaign, _("Stop")))

    def resume_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Asks whether to go on, and goes on."""
        campaign = self.opened(request, object_id, SEND)
        now = timezone.now()
        if request.method == "POST":
            return self._step(
                request, campaign, lambda: resume_campaign(campaign_id=campaign.pk, now=now), _("Sending goes on.")
            )
        return TemplateResponse(
            request, "admin/accounts/resume.html", self.page_context(request, campaign, _("Go on sending"))
        )

    def _step(self, request: HttpRequest, campaign: Campaign, step: Any, done: Any) -> HttpResponse:
        try:
            step()
        except CampaignRefused as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)
        else:
            self.log_change(request, campaign, [{"changed": {"fields": ["state"]}}])
            self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:accounts_campaign_change", args=[campaign.pk]))


def _languages(campaign: Campaign) -> list[str]:
    return ["nl", "en"] if campaign.text_en else ["nl"]


def campaigns_today(now: datetime) -> list[today.Figure]:
    """Campaigns under way, and those somebody stopped."""
    url = reverse("admin:accounts_campaign_changelist") + "?state__exact="
    sending = Campaign.objects.filter(state=State.SENDING).count()
    stopped = Campaign.objects.filter(state=State.STOPPED).count()
    return [
        today.Figure(count=sending, label=_("campaigns being sent"), url=url + State.SENDING),
        today.Figure(
            count=stopped,
            label=_("campaigns that were stopped"),
            url=url + State.STOPPED,
            tone=today.Tone.WORK if stopped else today.Tone.CALM,
        ),
    ]


today.register(today.Panel(title=_("Campaigns"), permission=SEND, figures=campaigns_today))
