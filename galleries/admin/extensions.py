"""Who asked to keep portraits longer, and how: to look up, and to record what came another way than the code (P28)."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.at_work import staff_of
from common.texts import storable
from galleries.actions.extending import CannotExtend, record_extension
from galleries.forms import KeepForm
from galleries.keeping import keeping_of
from galleries.models import Extension, LoginCode
from galleries.models.channels import RECORDED
from privacy.backoffice import BackofficeAdmin, ReadOnlyAdmin
from privacy.models import Consent

from .restricted import THROUGH_CODE

RECORD = "galleries.record_extension"


class RecordForm(forms.Form):
    """An extension somebody asked of us. Nothing is chosen or ticked beforehand (P29, P30)."""

    channel = forms.ChoiceField(label=_("How it was asked"), choices=[("", "–"), *RECORDED])
    reference = forms.CharField(
        label=_("Reference of the request"),
        help_text=_("Where it stands: the number of the message, or the day and hour of the call. No name."),
        max_length=120,
    )
    capacity = forms.ChoiceField(
        label=_("Who asks"),
        help_text=_("As they say themselves. Ask no proof: who has the code, may decide."),
        choices=[("", "–"), *Consent.Capacity.choices],
    )
    consent = forms.BooleanField(label=_("They agreed to these words"))
    email = forms.EmailField(
        label=_("E-mail address for a receipt"),
        required=False,
        help_text=_("We use it for this one message only. Two weeks after it was sent we delete message and address."),
        max_length=254,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, data: Any = None) -> None:
        super().__init__(None if data is None else {name: storable(value) for name, value in data.items()})
        # The very words of the parent's own page: read aloud or copied into a letter, and agreed to.
        self.fields["consent"].help_text = KeepForm.base_fields["consent"].label or ""


class StandingFilter(admin.SimpleListFilter):
    """Whether it still keeps anything."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("standing", _("stands")), ("ended", _("ended"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Extension]) -> QuerySet[Extension]:
        if self.value() == "standing":
            return queryset.filter(ended_at=None)
        return queryset.exclude(ended_at=None) if self.value() == "ended" else queryset


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin):
    restricted_through = THROUGH_CODE
    list_display = ("created_at", "number", "assignment_title", "capacity", "channel", "reference", "ended_at")
    list_filter = (StandingFilter, "channel")
    list_select_related = ("subject__assignment", "consent")
    search_fields = ("=subject__number",)
    search_help_text = _("The number of a subject")
    ordering = ("-created_at",)
    date_hierarchy = "created_at"
    fields = ("number", "assignment_title", "capacity", "wording", "channel", "reference", "created_at", "ended_at")
    readonly_fields = ("number", "assignment_title", "capacity", "wording")

    @admin.display(description=_("subject"), ordering="subject__number")
    def number(self, extension: Extension) -> str:
        return extension.subject.number

    @admin.display(description=_("assignment"))
    def assignment_title(self, extension: Extension) -> str:
        return extension.subject.assignment.title

    @admin.display(description=_("asked as"))
    def capacity(self, extension: Extension) -> str:
        return extension.consent.get_capacity_display()

    @admin.display(description=_("version of the words"))
    def wording(self, extension: Extension) -> str:
        return extension.consent.wording


def record_view(screen: BackofficeAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Says until when the portraits of a code are kept and would be, and records that its holder asked it (P28)."""
    code: LoginCode = screen.opened(request, object_id, RECORD)
    now = timezone.now()
    keeping = keeping_of(subject_id=code.subject_id, code_id=code.pk, now=now)
    form = RecordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        del said["consent"]
        try:
            record_extension(code_id=code.pk, **said, by=staff_of(request), now=now)
        except CannotExtend as refusal:
            form.add_error(None, str(refusal.message))
        else:
            screen.message_user(request, _("The extension was recorded."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:galleries_logincode_change", args=[code.pk]))
    context = {**screen.page_context(request, code, _("Record an extension")), "form": form, "keeping": keeping}
    return TemplateResponse(request, "admin/galleries/extend.html", context)
