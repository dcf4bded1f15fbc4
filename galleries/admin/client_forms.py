"""What staff fill in about clients."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from galleries.actions.clients import NumbersRefused, check_numbers
from galleries.models import Client

CLIENT_FIELDS = ("kind", "name", "email", "street", "postcode", "city", "kvk_number", "vat_number")


class ClientForm(forms.ModelForm):  # type: ignore[type-arg]
    """A client: an address where post and invoices go, numbers for an organisation alone."""

    # As typed, with spaces and dots: what is kept has none.
    kvk_number = forms.CharField(
        label=_("KvK number"), max_length=20, required=False, help_text=_("Organisations only: eight digits.")
    )
    vat_number = forms.CharField(
        label=_("VAT number"), max_length=20, required=False, help_text=_("Organisations only: NL123456789B01.")
    )

    class Meta:
        model = Client
        fields = CLIENT_FIELDS

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = {name: cleaned.get(name, "") for name in ("kvk_number", "vat_number")}
        try:
            kept = check_numbers(kind=cleaned.get("kind", ""), **typed)
        except NumbersRefused as refusal:
            raise ValidationError({refusal.field: str(refusal.message)}) from refusal
        return {**cleaned, "kvk_number": kept.kvk, "vat_number": kept.vat}
