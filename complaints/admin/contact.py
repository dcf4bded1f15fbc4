"""Messages from the contact form in the back office: read, answered, passed on. Nobody writes one here."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.at_work import staff_of
from privacy import today
from privacy.backoffice import Link, Page, ReadOnlyAdmin, without_restricted
from privacy.erasure import Held

from ..actions import MessageGone, answer_message, change_topic, erase_message, mark_handled, mark_spam, move_to_request
from ..forms import AnswerForm, RightForm, TopicForm
from ..models import HANDLED, SPAM, WAITING, ContactMessage, Topic
from ..replies import begin_answer
from .shown import HELD, LetterInline, offered_templates

ANSWER = "complaints.answer_messages"
ANSWER_PRIVACY = "complaints.answer_privacy_requests"
ERASE = "complaints.erase_messages"
STATES = {"waiting": (_("to answer"), WAITING), "handled": (_("dealt with"), HANDLED), "spam": (_("spam"), SPAM)}


def topics_for(request: HttpRequest) -> set[str]:
    """The topics whose messages this person reads: privacy requests are for the privacy owner alone (P08)."""
    asked = {Topic.PRIVACY.value} if request.user.has_perm(ANSWER_PRIVACY) else set()
    return asked | (set(Topic.values) - {Topic.PRIVACY.value} if request.user.has_perm(ANSWER) else set())


class StateFilter(admin.SimpleListFilter):
    """What is to be done with a message."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, label) for key, (label, _condition) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ContactMessage]) -> QuerySet[ContactMessage]:
        chosen = STATES.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


@admin.register(ContactMessage)
class ContactMessageAdmin(ReadOnlyAdmin):
    list_display = ("received_at", "topic", "state", "email", "name")
    list_filter = (StateFilter, "topic")
    ordering = ("-received_at",)
    date_hierarchy = "received_at"
    readonly_fields = ("state",)
    fields = ("received_at", "topic", "state", "handled_at", "name", "email", "text")
    inlines = (LetterInline,)
    actions = ("handled", "spam", "no_spam")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ContactMessage]:
        rows: QuerySet[ContactMessage] = super().get_queryset(request)
        living = ContactMessage.objects.alive(timezone.now()).values("pk")
        return rows.filter(pk__in=living, topic__in=topics_for(request))

    def has_answer_permission(self, request: HttpRequest) -> bool:
        return bool(topics_for(request))

    @admin.display(description=_("state"))
    def state(self, message: ContactMessage) -> Any:
        if message.is_spam:
            return STATES["spam"][0]
        return STATES["handled" if message.handled_at else "waiting"][0]

    def pages(self) -> list[Page]:
        return [
            Page("<int:object_id>/answer/", "answer", self.answer_view),
            Page("<int:object_id>/topic/", "topic", self.topic_view),
            Page("<int:object_id>/right/", "right", self.right_view),
            Page("<int:object_id>/erase/", "erase", self.erase_view),
        ]

    def links(self, request: HttpRequest, row: ContactMessage) -> list[Link]:
        if not self.has_answer_permission(request):
            return []
        pages = (
            [("topic", _("Change the topic"))]
            if row.is_spam
            else [("answer", _("Answer")), ("topic", _("Change the topic"))]
        )
        if request.user.has_perm(ANSWER_PRIVACY) and not row.is_spam:
            pages.append(("right", _("Handle as a privacy request")))
        if request.user.has_perm(ERASE):
            pages.append(("erase", _("Erase at once")))
        return [Link(label, reverse(f"admin:complaints_contactmessage_{name}", args=[row.pk])) for name, label in pages]

    def answer_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Shows what was written, and mails the answer."""
        message = self.opened(request, object_id, self._permission(request))
        begun = begin_answer(request.GET.get("template", ""), message)
        form = AnswerForm(request.POST or None, initial={"text": begun})
        if request.method == "POST" and form.is_valid():
            try:
                answer_message(
                    message_id=message.pk, text=form.cleaned_data["text"], by=staff_of(request), now=timezone.now()
                )
            except MessageGone:
                self.message_user(request, _("This message cannot be answered: it is spam, or gone."), messages.ERROR)
            else:
                self.message_user(request, _("The answer is on its way."), messages.SUCCESS)
            return self._to_list()
        context = {**self.page_context(request, message, _("Answer")), "form": form, **offered_templates()}
        return TemplateResponse(request, "admin/complaints/answer.html", context)

    def topic_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Passes a message on to who answers that topic."""
        message = self.opened(request, object_id, self._permission(request))
        form = TopicForm(request.POST or None, initial={"topic": message.topic})
        if request.method == "POST" and form.is_valid():
            try:
                change_topic(message_id=message.pk, topic=form.cleaned_data["topic"], now=timezone.now())
            except Held:
                self.message_user(request, HELD, messages.ERROR)
            else:
                self.message_user(request, _("The topic was changed."), messages.SUCCESS)
            return self._to_list()
        context = {**self.page_context(request, message, _("Change the topic")), "form": form}
        return TemplateResponse(request, "admin/complaints/topic.html", context)

    def right_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Moves a message to the privacy requests, with its words and its day."""
        message = self.opened(request, object_id, ANSWER_PRIVACY)
        form = RightForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                moved = move_to_request(message_id=message.pk, right=form.cleaned_data["right"], now=timezone.now())
            except (Held, MessageGone) as refusal:
                said = HELD if isinstance(refusal, Held) else _("This message is spam, or gone.")
                self.message_user(request, said, messages.ERROR)
                return self._to_list()
            return HttpResponseRedirect(reverse("admin:privacy_rightsrequest_change", args=[moved.pk]))
        context = {**self.page_context(request, message, _("Handle as a privacy request")), "form": form}
        return TemplateResponse(request, "admin/complaints/right.html", context)

    def erase_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Says what goes, and erases the message at once when asked (P87)."""
        message = self.opened(request, object_id, ERASE)
        if request.method == "POST":
            try:
                erase_message(message_id=message.pk, now=timezone.now())
            except Held:
                self.message_user(request, HELD, messages.ERROR)
            else:
                self.message_user(request, _("The message was erased."), messages.SUCCESS)
            return self._to_list()
        context = self.page_context(request, message, _("Erase at once"))
        return TemplateResponse(request, "admin/complaints/erase_message.html", context)

    @admin.action(description=_("Mark the selected messages as dealt with"), permissions=["answer"])
    def handled(self, request: HttpRequest, rows: QuerySet[ContactMessage]) -> None:
        self._say(request, mark_handled(message_ids=_keys(rows), now=timezone.now()))

    @admin.action(description=_("Mark the selected messages as spam"), permissions=["answer"])
    def spam(self, request: HttpRequest, rows: QuerySet[ContactMessage]) -> None:
        self._say(request, mark_spam(message_ids=_keys(rows), is_spam=True, now=timezone.now()))

    @admin.action(description=_("The selected messages are no spam"), permissions=["answer"])
    def no_spam(self, request: HttpRequest, rows: QuerySet[ContactMessage]) -> None:
        try:
            self._say(request, mark_spam(message_ids=_keys(rows), is_spam=False, now=timezone.now()))
        except Held:
            self.message_user(request, HELD, messages.ERROR)

    def _permission(self, request: HttpRequest) -> str:
        return ANSWER_PRIVACY if request.user.has_perm(ANSWER_PRIVACY) else ANSWER

    def _say(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)d message changed.", "%(count)d messages changed.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.WARNING)

    def _to_list(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:complaints_contactmessage_changelist"))


def _keys(rows: QuerySet[ContactMessage]) -> Iterable[int]:
    return list(rows.values_list("pk", flat=True))


def messages_today(now: datetime) -> list[today.Figure]:
    """Questions, complaints and other messages that wait for an answer."""
    others = [topic for topic in Topic if topic != Topic.PRIVACY]
    return [_figure(now, others, _("messages to answer"), "?state=waiting")]


def requests_today(now: datetime) -> list[today.Figure]:
    """Privacy requests that wait for an answer; the month of the law runs from their receipt (P93)."""
    return [_figure(now, [Topic.PRIVACY], _("messages about privacy to answer"), "?state=waiting&topic__exact=privacy")]


def _figure(now: datetime, topics: Sequence[Topic], label: today.Text, query: str) -> today.Figure:
    count = without_restricted(ContactMessage.objects.waiting(now).filter(topic__in=topics), {}).count()
    tone = today.Tone.WORK if count else today.Tone.CALM
    url = reverse("admin:complaints_contactmessage_changelist") + query
    return today.Figure(count=count, label=label, url=url, tone=tone)


today.register(today.Panel(title=_("Messages"), permission=ANSWER, figures=messages_today))
today.register(today.Panel(title=_("Messages about privacy"), permission=ANSWER_PRIVACY, figures=requests_today))
