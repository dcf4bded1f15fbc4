"""What the privacy owner sees: the nights, the ledger, the logs, and the holds and restrictions they place."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from privacy import today
from privacy.actions.exceptions import (
    ExceptionRefused,
    announce_lifting,
    end_hold,
    lift_restriction,
    place_hold,
    restrict,
)
from privacy.actions.rules import release_paused
from privacy.backoffice import SEE_RESTRICTED, BackofficeAdmin, Link, Page, ReadOnlyAdmin, ReadOnlyInline, person_id
from privacy.breaker import paused_rules
from privacy.forms import HoldForm, RestrictionForm
from privacy.logged import Log
from privacy.mail import about_restricted
from privacy.models import (
    AccessLogEntry,
    Consent,
    Hold,
    LedgerEntry,
    OutgoingMail,
    Restriction,
    RuleRun,
    SecurityEvent,
    SweepRun,
)
from privacy.registry import registry

from .named import KindFilter, WordFilter, kind_column, kind_named, word_column

RELEASE = "privacy.release_rule"
# From one night to the next, with time to do the work.
_A_NIGHT_AND_SOME = timedelta(hours=26)


class RuleRunInline(ReadOnlyInline):
    model = RuleRun
    fields = ("rule", "what", "outcome", "erased", "residue", "forecast", "error")
    readonly_fields = ("what",)
    ordering = ("rule",)

    @admin.display(description=_("what"))
    def what(self, run: RuleRun) -> str:
        """What the rule is about, in the words of the public statement; a key alone says nothing."""
        rule = registry.rules.get(run.rule)
        return str(rule.title) if rule else ""


@admin.register(SweepRun)
class SweepRunAdmin(ReadOnlyAdmin):
    is_personal = False  # counts per rule
    list_display = ("started_at", "clock", "finished_at", "status")
    list_filter = ("status",)
    ordering = ("-started_at",)
    inlines = (RuleRunInline,)

    def pages(self) -> list[Page]:
        return [Page("release/", "release", self.release_view)]

    def list_links(self, request: HttpRequest) -> list[Link]:
        if not request.user.has_perm(RELEASE) or not paused_rules():
            return []
        return [Link(_("Release paused rules"), reverse("admin:privacy_sweeprun_release"))]

    def release_view(self, request: HttpRequest) -> HttpResponse:
        """Says which rules the circuit breaker paused, and lets the next night run them when asked."""
        if not request.user.has_perm(RELEASE):
            raise PermissionDenied
        if request.method == "POST":
            count = release_paused(by=person_id(request), now=timezone.now())
            text = ngettext("%(count)d rule runs again next night.", "%(count)d rules run again next night.", count)
            self.message_user(request, text % {"count": count}, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:privacy_sweeprun_changelist"))
        context = {**self.page_context(request, None, _("Release paused rules")), "rules": sorted(paused_rules())}
        return TemplateResponse(request, "admin/privacy/release.html", context)

    actions = ("release",)

    def has_release_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("privacy.release_rule")

    @admin.action(description=_("Release the rules that are paused now"), permissions=["release"])
    def release(self, request: HttpRequest, runs: QuerySet[SweepRun]) -> None:
        """Whatever is selected: what is paused is paused by the last night."""
        count = release_paused(by=person_id(request), now=timezone.now())
        text = ngettext("%(count)d rule released.", "%(count)d rules released.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


class RuleFilter(admin.SimpleListFilter):
    """By which rule something went, in the words of the public statement; what nobody's rule took is in no choice."""

    title = _("rule")
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(rule.key, f"{rule.key}: {rule.title}") for rule in registry.sorted_rules()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
        return queryset.filter(rule=self.value()) if self.value() else queryset


class EventFilter(WordFilter):
    log, title, parameter_name = Log.EVENT, _("event"), "event"


class ActionFilter(WordFilter):
    log, title, parameter_name = Log.ACTION, _("action"), "action"


class SecurityFilter(WordFilter):
    log, title, parameter_name = Log.SECURITY, _("event"), "event"


class MailFilter(WordFilter):
    log, title, parameter_name = Log.MAIL, _("kind"), "kind"


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    is_personal = False  # the ledger never says who
    what = word_column(Log.EVENT, "event", _("event"))
    about = kind_column
    why = word_column(Log.REASON, "reason", _("reason"))
    list_display = ("at", "what", "rule", "about", "count", "why")
    list_filter = (EventFilter, RuleFilter)
    ordering = ("-id",)
    fields = (*list_display, "digest")
    readonly_fields = ("what", "about", "why")


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    """The proof art. 7(1) GDPR asks for. It names nobody: a receipt tells its number to who gave it."""

    list_display = ("given_at", "kind", "wording", "capacity", "withdrawn_at", "ends_at")
    list_filter = ("kind", "wording")
    ordering = ("-given_at",)
    date_hierarchy = "given_at"
    fields = ("public_id", "kind", "wording", "capacity", "given_at", "withdrawn_at", "ends_at")
    readonly_fields = ("public_id",)


@admin.register(AccessLogEntry)
class AccessLogEntryAdmin(ReadOnlyAdmin):
    what = word_column(Log.ACTION, "action", _("action"))
    about = kind_column
    list_display = ("at", "who", "what", "about", "object_id")
    list_select_related = ("user",)
    fields = list_display
    readonly_fields = ("who", "what", "about")
    list_filter = (ActionFilter, KindFilter)
    ordering = ("-at",)
    date_hierarchy = "at"

    @admin.display(description=_("who"), ordering="user")
    def who(self, entry: AccessLogEntry) -> str:
        return entry.user.get_short_name() if entry.user else "–"


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnlyAdmin):
    is_personal = False  # what happened and how often, not who did it
    what = word_column(Log.SECURITY, "event", _("event"))
    list_display = ("at", "what", "count")
    list_filter = (SecurityFilter,)
    ordering = ("-at",)
    fields = list_display
    readonly_fields = ("what",)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """Whether a message went out, to answer "I got no mail". What it says is nobody's business here."""

    what = word_column(Log.MAIL, "kind", _("kind"))
    list_display = ("created_at", "what", "to", "status", "attempts", "sent_at")
    list_filter = ("status", MailFilter)
    ordering = ("-created_at",)
    fields = ("what", "to", "status", "attempts", "created_at", "sent_at")
    readonly_fields = ("what",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        rows: QuerySet[OutgoingMail] = super().get_queryset(request)
        if not request.user.has_perm(SEE_RESTRICTED):
            rows = rows.exclude(about_restricted())
        return rows.defer("subject", "text", "html", "unsubscribe_url")


class _ExceptionAdmin(BackofficeAdmin):
    """Placed once and ended by an action: what was said stays as it was said."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().add_view(request, *args, **kwargs)
        except ExceptionRefused as refusal:
            # The form found the row; a sweep erased it, or a colleague was first, in the moment between.
            self.message_user(request, str(refusal.message), messages.ERROR)
            return HttpResponseRedirect(request.path)


@admin.register(Hold)
class HoldAdmin(_ExceptionAdmin):
    form = HoldForm
    list_display = (kind_named, "object_id", "reason", "held_by", "created_at", "until")
    list_select_related = ("owner",)
    list_filter = (KindFilter,)
    ordering = ("-created_at",)
    actions = ("end",)

    @admin.display(description=_("owner"), ordering="owner")
    def held_by(self, hold: Hold) -> str:
        return str(hold.owner.get_short_name()) if hold.owner else "–"

    def save_model(self, request: HttpRequest, obj: Hold, form: Any, change: bool) -> None:
        owner_id = person_id(request)
        obj.pk = place_hold(**form.cleaned_data, owner_id=owner_id, now=timezone.now()).pk

    @admin.action(description=_("End the selected holds now"), permissions=["change"])
    def end(self, request: HttpRequest, rows: QuerySet[Hold]) -> None:
        now = timezone.now()
        count = sum(end_hold(hold_id=pk, now=now) for pk in rows.values_list("pk", flat=True))
        text = ngettext("%(count)d hold ended.", "%(count)d holds ended.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


@admin.register(Restriction)
class RestrictionAdmin(_ExceptionAdmin):
    form = RestrictionForm
    list_display = (kind_named, "object_id", "reason", "created_at", "lifts_on", "lifted_at")
    list_filter = (KindFilter,)
    ordering = ("-created_at",)
    actions = ("announce", "lift")

    def save_model(self, request: HttpRequest, obj: Restriction, form: Any, change: bool) -> None:
        obj.pk = restrict(**form.cleaned_data, now=timezone.now()).pk

    @admin.action(description=_("Announce that the selected restrictions end in a week"), permissions=["change"])
    def announce(self, request: HttpRequest, rows: QuerySet[Restriction]) -> None:
        """Who asked for them hears of it first; a week later they are lifted by themselves (art. 18(3) GDPR)."""
        ids = list(rows.values_list("pk", flat=True))
        count = announce_lifting(restriction_ids=ids, now=timezone.now())
        text = ngettext("%(count)d lifting announced.", "%(count)d liftings announced.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)

    @admin.action(description=_("Lift the selected restrictions now"), permissions=["change"])
    def lift(self, request: HttpRequest, rows: QuerySet[Restriction]) -> None:
        now = timezone.now()
        try:
            count = sum(lift_restriction(restriction_id=pk, now=now) for pk in rows.values_list("pk", flat=True))
        except ExceptionRefused as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)
            return
        text = ngettext("%(count)d restriction lifted.", "%(count)d restrictions lifted.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


def last_night(now: datetime) -> list[today.Figure]:
    """The last sweep that ended: what its rules erased, left and could not do; and no sweep at all is an alarm."""
    sweep = SweepRun.objects.exclude(finished_at=None).order_by("-started_at").first()
    nights = reverse("admin:privacy_sweeprun_changelist")
    if sweep is None or now - sweep.started_at > _A_NIGHT_AND_SOME:
        return [today.Figure(count=0, label=_("sweeps in the last day"), url=nights, tone=today.Tone.ALARM)]
    rules = list(sweep.rules.all())
    trouble = sum(run.outcome != RuleRun.Outcome.DONE or run.residue != 0 for run in rules)
    page = reverse("admin:privacy_sweeprun_change", args=[sweep.pk])
    return [
        today.Figure(count=sum(run.erased for run in rules), label=_("rows erased last night"), url=page),
        today.Figure(
            count=trouble,
            label=_("rules that left something, paused or failed"),
            url=page,
            tone=today.Tone.ALARM if trouble or sweep.status != SweepRun.Status.GREEN else today.Tone.CALM,
        ),
        today.Figure(
            count=Hold.objects.filter(until__gt=now).count(),
            label=_("holds in force"),
            url=reverse("admin:privacy_hold_changelist"),
        ),
    ]


today.register(today.Panel(title=_("Last night"), permission="privacy.view_sweeprun", figures=last_night))
