"""What forms of several apps share: what was typed as a database keeps it, and the field for an address we answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .texts import storable


def typed(data: Mapping[str, Any] | None) -> dict[str, str] | None:
    """What was sent, each value storable; None for a form that was only opened."""
    return None if data is None else {name: storable(str(value)) for name, value in data.items()}


def email_field(help_text: Any = "") -> forms.EmailField:
    """An address somebody has to give, with the keyboard and the words for it."""
    return forms.EmailField(
        label=_("E-mail address"),
        help_text=help_text,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("Fill in an e-mail address such as name@example.com."),
        },
    )
