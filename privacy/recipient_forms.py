"""Forms of the back office about who receives data."""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .actions.recipients import RecipientFacts, RecipientRefused, refuse_nonsense
from .models import DataRecipient, LegalDisclosure
from .registry import registry


class RecipientForm(forms.ModelForm):  # type: ignore[type-arg]
    """One company; what does not fit together is said at the field to mend."""

    class Meta:
        model = DataRecipient
        fields = tuple(RecipientFacts.__dataclass_fields__)
        help_texts = {
            "begins_on": _(
                "Clients with a running assignment are mailed when a processor is added or changes, and may object "
                "before this day."
            )
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                refuse_nonsense(self.facts())
            except RecipientRefused as refusal:
                self.add_error(refusal.field, ValidationError(refusal.message, code="refused"))
        return cleaned

    def facts(self) -> RecipientFacts:
        return RecipientFacts(**{name: self.cleaned_data[name] for name in RecipientFacts.__dataclass_fields__})


class DisclosureForm(forms.ModelForm):  # type: ignore[type-arg]
    """What went to an authority, and which law or ruling said so; the person is a row, not a name."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)

    class Meta:
        model = LegalDisclosure
        fields = ("disclosed_at", "authority", "legal_reference", "what", "kind", "object_id")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "what" not in self.fields:
            # A row that stands is only shown.
            return
        # The admin shows date and time as two fields under one label, which only one of them would have.
        parts = getattr(self.fields["disclosed_at"].widget, "widgets", ())
        for part, label in zip(parts, (_("Disclosed: date"), _("Disclosed: time")), strict=False):
            part.attrs["aria-label"] = label
        kinds = [(model._meta.label_lower, model._meta.verbose_name) for model in registry.restrictable]
        self.fields["kind"].choices = [("", "–"), *kinds]  # type: ignore[attr-defined]
        self.fields["what"].help_text = _("No names: say which kind of data, and give the row below.")
        self.fields["legal_reference"].help_text = _("The article, or the number of the ruling or demand.")

    def clean_disclosed_at(self) -> Any:
        moment = self.cleaned_data["disclosed_at"]
        if moment > timezone.now():
            raise ValidationError(_("This moment is still to come."), code="future")
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, object_id = cleaned.get("kind", ""), cleaned.get("object_id")
        if bool(kind) != (object_id is not None):
            raise ValidationError(_("Give the kind and the row, or neither."), code="half")
        if kind and not apps.get_model(kind)._base_manager.filter(pk=object_id).exists():
            raise ValidationError(_("There is no such row."), code="missing")
        return cleaned
