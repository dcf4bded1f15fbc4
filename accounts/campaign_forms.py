"""What staff write in a campaign, and to whom."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import typed

from .actions.campaigns import Letter
from .models import Campaign


class CampaignForm(forms.ModelForm):  # type: ignore[type-arg]
    """Both languages of the message, the product it is about, and the selection."""

    # Which form this is: sent twice, it is one campaign.
    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    class Meta:
        model = Campaign
        fields = tuple(Letter.__dataclass_fields__)
        help_texts = {
            "category": _("We may write about our own photo products only, those like what somebody bought."),
            "text_nl": _("To many people at once: name nobody. A link may stand in it, whole, with https://"),
            "subject_en": _("Leave the English empty and everybody gets the Dutch."),
            "ordered_from": _("Empty: from two years ago, the longest we keep anybody."),
            "ordered_until": _("Empty: until today."),
            "postcode_starts": _("One to four digits, such as 32. Empty: everywhere."),
        }
        widgets = {
            "subject_nl": forms.TextInput(attrs={"size": 70}),
            "subject_en": forms.TextInput(attrs={"size": 70}),
            "text_nl": forms.Textarea(attrs={"rows": 12, "cols": 70}),
            "text_en": forms.Textarea(attrs={"rows": 12, "cols": 70}),
            "ordered_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "ordered_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def __init__(self, data: Mapping[str, str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(typed(data), *args, **kwargs)

    def clean_postcode_starts(self) -> str:
        digits = str(self.cleaned_data["postcode_starts"]).strip()
        if digits and not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("Fill in one to four digits, such as 32."), code="digits")
        return digits

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(said.get("subject_en")) != bool(said.get("text_en")) and not self.errors:
            self.add_error("subject_en", _("Write the subject and the text in English, or neither."))
        first, last = said.get("ordered_from"), said.get("ordered_until")
        if first and last and first > last:
            self.add_error("ordered_until", _("This day comes before the first one."))
        return said

    @property
    def letter(self) -> Letter:
        return Letter(**{name: self.cleaned_data[name] for name in Letter.__dataclass_fields__})

    @property
    def form_token(self) -> UUID:
        return self.cleaned_data.get("token") or uuid4()
