"""Forms of the back office about holds and restrictions."""

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Hold, Restriction
from .registry import registry


class _OneRowForm(forms.ModelForm):  # type: ignore[type-arg]
    """Names one row by its kind and number; a row that is not there cannot be kept or restricted."""

    kind = forms.ChoiceField(label=_("Kind"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "object_id" not in self.fields:
            # A row that stands is only shown.
            return
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (model._meta.label_lower, model._meta.verbose_name) for model in self.kinds()
        ]
        self.fields["object_id"].help_text = _("The number of the row, as the address of its page in this admin ends.")
        self.fields["reason"].help_text = _("No names: this text is not erased with the row.")

    def kinds(self) -> list[type[Model]]:
        """What may be named."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "kind" in cleaned and "object_id" in cleaned:
            rows = apps.get_model(cleaned["kind"])._base_manager
            if not rows.filter(pk=cleaned["object_id"]).exists():
                raise ValidationError(_("There is no such row."), code="missing")
        return cleaned


class HoldForm(_OneRowForm):
    class Meta:
        model = Hold
        fields = ("kind", "object_id", "reason", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The admin shows date and time as two fields under one label, which only one of them would have.
        widget = self.fields["until"].widget if "until" in self.fields else None
        for part, label in zip(getattr(widget, "widgets", ()), (_("Until: date"), _("Until: time")), strict=False):
            part.attrs["aria-label"] = label

    def kinds(self) -> list[type[Model]]:
        own = {"accounts", "complaints", "galleries", "shop"}
        return [model for model in apps.get_models() if not model._meta.proxy and model._meta.app_label in own]

    def clean_until(self) -> Any:
        """A hold without an end in the future is no hold (A18)."""
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise ValidationError(_("A hold ends in the future."), code="past")
        return until


class RestrictionForm(_OneRowForm):
    class Meta:
        model = Restriction
        fields = ("kind", "object_id", "reason")

    def kinds(self) -> list[type[Model]]:
        """An order, not its line or its file: what is restricted is out of sight as a whole."""
        return list(registry.restrictable)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        row = {"kind": cleaned.get("kind"), "object_id": cleaned.get("object_id")}
        if row["kind"] and row["object_id"] is not None:
            model = apps.get_model(row["kind"])
            if not model._base_manager.filter(registry.restrictable[model], pk=row["object_id"]).exists():
                raise ValidationError(_("This row cannot be restricted."), code="needed")
        if Restriction.objects.filter(**row, lifted_at__isnull=True).exists():
            raise ValidationError(_("This row is restricted already."), code="restricted")
        return cleaned
