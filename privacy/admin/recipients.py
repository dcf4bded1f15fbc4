"""Who receives data from us, under which agreement, and what went to an authority because a law said so (P82-P84)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from common.periods import local_date
from privacy import today
from privacy.actions.recipients import record_disclosure, save_recipient
from privacy.backoffice import BackofficeAdmin, person_id
from privacy.declarations import Recipient
from privacy.models import DataRecipient, LegalDisclosure, ProcessorTold
from privacy.recipient_forms import DisclosureForm, RecipientForm

from .named import kind_named

# Whom a shop that prints and sends cannot do without: nobody of this kind is an alarm, as is one without agreement.
_NEEDED = (Recipient.HOST, Recipient.MAIL_PROVIDER, Recipient.PRINT_LAB, Recipient.CARRIER)
_SOON = timedelta(days=60)
# What clients get to object in, unless another day is filled in (article 5 of the processing agreement).
_TO_OBJECT = timedelta(days=14)


@admin.register(DataRecipient)
class DataRecipientAdmin(BackofficeAdmin):
    is_personal = False  # companies and agreements
    form = RecipientForm
    heading_field = "name"
    list_display = ("name", "category", "capacity", "country", "standing", "valid_until", "ends_on")
    list_filter = ("category", "capacity")
    ordering = ("category", "name")
    readonly_fields = ("told",)
    fieldsets = (
        (None, {"fields": ("name", "category", "capacity", "task_nl", "task_en", "begins_on", "ends_on", "told")}),
        (_("Agreement"), {"fields": ("agreement_reference", "agreed_on", "valid_until")}),
        (_("Where"), {"fields": ("country", "is_outside_eea", "safeguard")}),
    )

    @admin.display(description=_("may receive data"), boolean=True)
    def standing(self, recipient: DataRecipient) -> bool:
        """Asked per row: there are as many as companies we work with."""
        return DataRecipient.objects.with_agreement(_day()).filter(pk=recipient.pk).exists()

    @admin.display(description=_("clients told"))
    def told(self, recipient: DataRecipient) -> str:
        """When clients were last told of this company, and how many contact persons."""
        telling = ProcessorTold.objects.filter(recipient=recipient.pk).order_by("pk").last()
        if telling is None:
            return "–"
        return f"{date_format(localtime(telling.started_at))}: {telling.told}"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"begins_on": _day() + _TO_OBJECT, "country": "Nederland"}

    def save_model(self, request: HttpRequest, obj: DataRecipient, form: Any, change: bool) -> None:
        if change and not form.has_changed():
            # Sent twice, or saved as it was: nothing to write down and nobody to tell.
            return
        obj.pk = save_recipient(facts=form.facts(), recipient_id=obj.pk, now=timezone.now()).pk


@admin.register(LegalDisclosure)
class LegalDisclosureAdmin(BackofficeAdmin):
    """Recorded once: what was said stays as it was said."""

    form = DisclosureForm
    list_display = ("disclosed_at", "authority", "legal_reference", "what", kind_named, "object_id")
    ordering = ("-disclosed_at",)
    fields = ("disclosed_at", "authority", "legal_reference", "what", "kind", "object_id")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: LegalDisclosure, form: Any, change: bool) -> None:
        obj.pk = record_disclosure(**form.cleaned_data, decided_by_id=person_id(request), now=timezone.now()).pk


def agreements_today(now: datetime) -> list[today.Figure]:
    """Companies that may receive nothing, kinds we have nobody for, and agreements that end within sixty days."""
    day = local_date(now)
    rows = DataRecipient.objects.with_agreement(day)
    covered = set(rows.filter(category__in=_NEEDED).values_list("category", flat=True))
    missing = DataRecipient.objects.without_agreement(day).count() + len(set(_NEEDED) - covered)
    ending = rows.filter(valid_until__lte=day + _SOON).count()
    address = reverse("admin:privacy_datarecipient_changelist")
    return [
        today.Figure(
            count=missing,
            label=_("recipients of data without a valid agreement"),
            url=address,
            tone=today.Tone.ALARM if missing else today.Tone.CALM,
        ),
        today.Figure(
            count=ending,
            label=_("agreements that end within sixty days"),
            url=address,
            tone=today.Tone.WORK if ending else today.Tone.CALM,
        ),
    ]


def _day() -> date:
    return local_date(timezone.now())


today.register(
    today.Panel(title=_("Who receives data"), permission="privacy.change_datarecipient", figures=agreements_today)
)
