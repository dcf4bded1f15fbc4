"""What staff fill in about who wants no advertising, and who does again."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import typed

from .mailboxes import PostalAddress


class ObjectionForm(forms.Form):
    """The mailbox, and the house when they name it: post stops too."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    street = forms.CharField(
        label=_("Street and house number"),
        required=False,
        max_length=120,
        help_text=_("For post. Leave it empty if they did not say: what we know is used then."),
    )
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=12)

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(typed(data))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(said.get("street")) != bool(said.get("postcode")):
            raise forms.ValidationError(_("Fill in both the street and the postcode, or neither."), code="half")
        return said

    @property
    def address(self) -> PostalAddress | None:
        """The house, None when they did not name it."""
        street, postcode = self.cleaned_data["street"], self.cleaned_data["postcode"]
        return PostalAddress(street=street, postcode=postcode, city="") if street else None
