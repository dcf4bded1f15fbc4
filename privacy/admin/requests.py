"""Requests of who uses a right: recorded from any channel, proven, extended and answered in time (P85-P93)."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from common.periods import day_start, local_date
from privacy import today
from privacy.actions.asking import carry_out, may_carry_out
from privacy.actions.requests import (
    RequestRefused,
    answer_request,
    ask_proof,
    extend_request,
    prove,
    receive_request,
    withdraw_request,
)
from privacy.backoffice import Link, Page, ReadOnlyAdmin, ReadOnlyInline, person_id
from privacy.models import Export, Proof, RequestLetter, RequestMove, Right, RightsRequest
from privacy.people import CodeRefused, Person, as_stored, card_readers, from_stored
from privacy.rights import deadlines
from privacy.rights.erasing import summary, verdicts
from privacy.rights.forms import AnswerForm, ExtendForm, RecordForm, SeenForm
from privacy.rights.states import OPEN_STATES
from privacy.rights.wording import EXPLAINED

RECORD = "privacy.record_request"
HANDLE = "privacy.handle_requests"


class OpenFilter(admin.SimpleListFilter):
    """Whether a request has its answer."""

    title = _("state")
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("to answer")), ("late", _("too late")), ("failed", _("file failed")), ("no", _("closed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RightsRequest]) -> QuerySet[RightsRequest]:
        if self.value() == "no":
            return queryset.filter(closed_at__isnull=False)
        if self.value() == "failed":
            return queryset.filter(export__in=Export.objects.failed(timezone.now()))
        if self.value() == "late":
            return queryset.filter(closed_at__isnull=True, answer_by__lt=local_date(timezone.now()))
        return queryset.filter(closed_at__isnull=True) if self.value() == "yes" else queryset


class RequestLetterInline(ReadOnlyInline):
    model = RequestLetter
    verbose_name_plural = _("what we wrote")
    fields = ("written_at", "kind", "text", "who")
    readonly_fields = ("who",)
    ordering = ("written_at", "id")

    @admin.display(description=_("by"))
    def who(self, letter: RequestLetter) -> str:
        return letter.by.get_short_name() if letter.by else "–"


class RequestMoveInline(ReadOnlyInline):
    model = RequestMove
    verbose_name_plural = _("what happened")
    fields = ("at", "left", "reached", "who")
    readonly_fields = ("left", "reached", "who")
    ordering = ("at", "id")

    @admin.display(description=_("from"))
    def left(self, move: RequestMove) -> str:
        return move.get_before_display()

    @admin.display(description=_("to"))
    def reached(self, move: RequestMove) -> str:
        return move.get_after_display()

    @admin.display(description=_("by"))
    def who(self, move: RequestMove) -> str:
        return move.by.get_short_name() if move.by else "–"


@admin.register(RightsRequest)
class RightsRequestAdmin(ReadOnlyAdmin):
    list_display = ("received_at", "right", "state", "answer_by", "left", "channel", "email", "name")
    list_filter = (OpenFilter, "right", "channel")
    ordering = ("answer_by", "pk")
    readonly_fields = ("left", "file")
    fieldsets = (
        (None, {"fields": ("right", "state", "channel", "received_at", "answer_by", "left", "extended_at", "file")}),
        (_("Who asks"), {"fields": ("name", "email", "proof")}),
        (_("The request"), {"fields": ("text", "closed_at")}),
    )
    inlines = (RequestLetterInline, RequestMoveInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RightsRequest]:
        rows: QuerySet[RightsRequest] = super().get_queryset(request)
        return rows.filter(pk__in=RightsRequest.objects.alive(timezone.now()).values("pk"))

    @admin.display(description=_("days left"), ordering="answer_by")
    def left(self, row: RightsRequest) -> str:
        if row.closed_at:
            return "–"
        days = (row.answer_by - local_date(timezone.now())).days
        return str(days) if days >= 0 else str(_("too late"))

    @admin.display(description=_("file with the data"))
    def file(self, row: RightsRequest) -> str:
        """Where the export of a request stands; what failed stands there with the way on."""
        export = Export.objects.filter(request=row).first()
        if export is None:
            return "–"
        if export.made_at:
            return str(_("made"))
        if row.closed_at:
            return str(_("not made"))
        if not _has_failed(row):
            return str(_("being made"))
        return str(_("failed, and not tried any more: find out why, then have it made again"))

    def pages(self) -> list[Page]:
        return [
            Page("record/", "record", self.record_view),
            Page("recorded/", "recorded", self.recorded_view),
            Page("<int:object_id>/answer/", "answer", self.answer_view),
            Page("<int:object_id>/carry-out/", "carry_out", self.carry_out_view),
            Page("<int:object_id>/extend/", "extend", self.extend_view),
            Page("<int:object_id>/proof/", "proof", self.proof_view),
            Page("<int:object_id>/withdraw/", "withdraw", self.withdraw_view),
        ]

    def list_links(self, request: HttpRequest) -> list[Link]:
        if not request.user.has_perm(RECORD):
            return []
        return [
            Link(_("Record a privacy request"), reverse("admin:privacy_rightsrequest_record")),
            Link(_("Privacy requests taken in"), reverse("admin:privacy_rightsrequest_recorded")),
        ]

    def links(self, request: HttpRequest, row: RightsRequest) -> list[Link]:
        if not request.user.has_perm(HANDLE) or row.state not in OPEN_STATES:
            return []
        today_is = local_date(timezone.now())
        in_time = deadlines.may_extend(local_date(row.received_at), today_is) and row.extended_at is None
        offered = [
            ("carry_out", may_carry_out(row), _("Make the file again") if _has_failed(row) else _("Carry out")),
            ("answer", True, _("Answer")),
            ("proof", not row.proof or from_stored(row.person).is_nobody, _("Find out who asks")),
            ("extend", in_time, _("Take longer")),
            ("withdraw", True, _("Taken back")),
        ]
        return [
            Link(label, reverse(f"admin:privacy_rightsrequest_{name}", args=[row.pk]))
            for name, is_possible, label in offered
            if is_possible
        ]

    def record_view(self, request: HttpRequest) -> HttpResponse:
        """Keeps a request that came by mail, phone, Facebook or post; the front desk may, and reads no other."""
        if not request.user.has_perm(RECORD):
            raise PermissionDenied
        form = RecordForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            said = dict(form.cleaned_data)
            token, day, now = said.pop("token"), said.pop("received_on"), timezone.now()
            taken = receive_request(
                **said,
                form_token=token,
                received_at=min(day_start(day), now),
                recorded_by_id=person_id(request),
                now=now,
            )
            told = _("The request was recorded as number %(number)d. The privacy owner answers it.")
            self.message_user(request, told % {"number": taken.pk}, messages.SUCCESS)
            if self.has_view_permission(request):
                return self._to_list()
            return HttpResponseRedirect(reverse("admin:privacy_rightsrequest_recorded"))
        context = {**self.page_context(request, None, _("Record a privacy request")), "form": form}
        return TemplateResponse(request, "admin/privacy/request_record.html", context)

    def recorded_view(self, request: HttpRequest) -> HttpResponse:
        """How what staff took in stands, for who may take in: by its number, without who asked or what they wrote."""
        if not request.user.has_perm(RECORD):
            raise PermissionDenied
        seen: Any = self.get_queryset(request)
        rows = seen.recorded().select_related("recorded_by")
        page = Paginator(rows, self.list_per_page).get_page(request.GET.get("page"))
        context = {**self.page_context(request, None, _("Privacy requests taken in")), "page": page}
        return TemplateResponse(request, "admin/privacy/requests_recorded.html", context)

    def answer_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Closes a request with its outcome, and tells who asked."""
        row = self.opened(request, object_id, HANDLE)
        form = AnswerForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            now, by = timezone.now(), person_id(request)
            return self._try(
                request, row, lambda: answer_request(request_id=row.pk, **form.cleaned_data, by_id=by, now=now)
            )
        return self._ask(request, row, _("Answer"), "request_answer", form=form)

    def carry_out_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says what carrying it out does, row by row, and does it when asked: by the same functions as on the site."""
        row = self.opened(request, object_id, HANDLE)
        now, by = timezone.now(), person_id(request)
        if request.method == "POST":
            return self._try(request, row, lambda: carry_out(request_id=row.pk, by_id=by, now=now))
        goes, stays = summary(verdicts(from_stored(row.person), now=now)) if row.right == Right.ERASURE else ([], [])
        facts = {"explained": EXPLAINED[row.right], "goes": goes, "stays": stays, "possible": may_carry_out(row)}
        return self._ask(request, row, _("Carry out"), "request_carry_out", **facts)

    def extend_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Tells who asked that it takes longer, and why."""
        row = self.opened(request, object_id, HANDLE)
        form = ExtendForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            now, by, reason = timezone.now(), person_id(request), form.cleaned_data["reason"]
            return self._try(request, row, lambda: extend_request(request_id=row.pk, reason=reason, by_id=by, now=now))
        until = deadlines.last_day(local_date(row.received_at), is_extended=True)
        return self._ask(request, row, _("Take longer"), "request_extend", form=form, until=until)

    @method_decorator(sensitive_post_parameters("code"))
    @sensitive_variables("form")
    def proof_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Mails the link that proves the address, or notes what staff saw otherwise: a card, an address, or both."""
        row = self.opened(request, object_id, HANDLE)
        now, by = timezone.now(), person_id(request)
        is_seen = "seen" in request.POST
        if request.method == "POST" and not is_seen:
            return self._try(request, row, lambda: ask_proof(request_id=row.pk, by_id=by, now=now))
        form = SeenForm(request.POST if is_seen else None, initial={"email": row.email})
        person = _seen(request, form, now=now) if form.is_valid() else Person()
        if not person.is_nobody:
            seen: dict[str, Any] = {"proof": Proof.STAFF, "person": as_stored(person)}
            return self._try(request, row, lambda: prove(request_id=row.pk, **seen, by_id=by, now=now))
        return self._ask(request, row, _("Find out who asks"), "request_proof", form=form)

    def withdraw_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Closes a request that was taken back."""
        row = self.opened(request, object_id, HANDLE)
        if request.method == "POST":
            now, by = timezone.now(), person_id(request)
            return self._try(request, row, lambda: withdraw_request(request_id=row.pk, by_id=by, now=now))
        return self._ask(request, row, _("Taken back"), "request_withdraw")

    def _ask(self, request: HttpRequest, row: RightsRequest, title: Any, page: str, **facts: Any) -> HttpResponse:
        context = {**self.page_context(request, row, title), **facts}
        return TemplateResponse(request, f"admin/privacy/{page}.html", context)

    def _try(self, request: HttpRequest, row: RightsRequest, step: Any) -> HttpResponse:
        """Take a step, say how it went, and go back to the request."""
        try:
            step()
        except RequestRefused as refusal:
            self.message_user(request, str(refusal.message), messages.ERROR)
        else:
            self.message_user(request, _("Done, and written down with the request."), messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:privacy_rightsrequest_change", args=[row.pk]))

    def _to_list(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:privacy_rightsrequest_changelist"))


@sensitive_variables("form")
def _seen(request: HttpRequest, form: SeenForm, *, now: datetime) -> Person:
    """Who holds the card and reads the mail that staff saw; nobody when the code opens nothing: the form says so."""
    said = form.cleaned_data
    try:
        holders = [read(request, said["code"], now) for read in card_readers] if said["code"] else []
    except CodeRefused as refusal:
        form.add_error("code", str(refusal.message))
        return Person()
    code_ids = frozenset(pk for holder in holders for pk in holder.code_ids)
    return Person(code_ids=code_ids, email=said["email"].lower())


def _has_failed(row: RightsRequest) -> bool:
    return Export.objects.failed(timezone.now()).filter(request=row).exists()


def recorded_today(now: datetime) -> list[today.Figure]:
    """Requests that staff took in and that wait for their answer, for who may only take them in."""
    waiting = RightsRequest.objects.open().recorded().count()
    url = reverse("admin:privacy_rightsrequest_recorded")
    return [today.Figure(count=waiting, label=_("privacy requests taken in, not answered yet"), url=url)]


def requests_today(now: datetime) -> list[today.Figure]:
    """Requests that wait, and those whose month is nearly or wholly over (P06, L1)."""
    url = reverse("admin:privacy_rightsrequest_changelist")
    waiting, near, late, failed = (
        RightsRequest.objects.open().count(),
        RightsRequest.objects.near(now).count(),
        RightsRequest.objects.late(now).count(),
        Export.objects.failed(now).count(),
    )
    calm, work, alarm = today.Tone.CALM, today.Tone.WORK, today.Tone.ALARM
    near -= late
    return [
        today.Figure(count=waiting, label=_("privacy requests"), url=f"{url}?open=yes", tone=work if waiting else calm),
        today.Figure(
            count=near, label=_("of them due within a week"), url=f"{url}?open=yes", tone=alarm if near else calm
        ),
        today.Figure(count=late, label=_("of them too late"), url=f"{url}?open=late", tone=alarm if late else calm),
        today.Figure(
            count=failed, label=_("files that failed"), url=f"{url}?open=failed", tone=alarm if failed else calm
        ),
    ]


today.register(today.Panel(title=_("Rights of persons"), permission=HANDLE, figures=requests_today))
today.register(today.Panel(title=_("Privacy requests taken in"), permission=RECORD, figures=recorded_today))
