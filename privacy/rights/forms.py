"""What staff fill in about a request, and what a person fills in to use a right."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.periods import local_date
from common.texts import storable
from privacy.models import RequestChannel, Right

from .states import OUTCOMES

LONGEST_TEXT = 5000


class RecordForm(forms.Form):
    """A request that came another way than our own pages: no form is required of anybody (P92)."""

    right = forms.ChoiceField(label=_("What is asked"), choices=Right.choices)
    channel = forms.ChoiceField(
        label=_("How it came"), choices=[one for one in RequestChannel.choices if one[0] != RequestChannel.SITE]
    )
    received_on = forms.DateField(
        label=_("Received on"),
        help_text=_("The day it reached us, also when nobody read it yet: the month runs from there."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("We confirm the request and mail the answer to it. Without one you tell them yourself."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    text = forms.CharField(
        label=_("Request"),
        help_text=_("In their own words. Write no more about anybody than the answer needs."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    # Which form this is: sent twice, it is one request.
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > local_date(timezone.now()):
            raise forms.ValidationError(_("This day is still to come."), code="future")
        if day.year < 2018:
            raise forms.ValidationError(_("These rights exist since 2018. Check the year."), code="past")
        return day


class AnswerForm(forms.Form):
    """The answer, as who asked will read it."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[("", "–"), *((state.value, state.label) for state in OUTCOMES)]
    )
    text = forms.CharField(
        label=_("Explanation"),
        help_text=_(
            "What you did, or why not and on which ground. The way to the authority and the court is added by itself. "
            "Without an address, write down what you told them."
        ),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class ExtendForm(forms.Form):
    """Why two months more are needed."""

    reason = forms.CharField(
        label=_("Why it takes longer"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6})
    )


class SeenForm(forms.Form):
    """What staff saw of who asks: the card, that an address is theirs, or both. Each proves what hangs on it."""

    code = forms.CharField(
        label=_("Code on the card"),
        help_text=_("As they read it to you from their card, or show it. It is not kept."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Only when you saw that it is theirs; empty it otherwise."),
        required=False,
        max_length=254,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["code"] and not cleaned["email"]:
            raise forms.ValidationError(_("Type the code of their card, their address, or both."), code="nobody")
        return cleaned


class AddressForm(forms.Form):
    """The address to mail a link to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("Fill in an e-mail address such as name@example.com."),
        },
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(_clean(data), **kwargs)


class AskForm(forms.Form):
    """What somebody asks on their own page: which right, in their own words where that helps, and where we answer."""

    text = forms.CharField(
        label=_("What do you want to tell us about it?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send our answer to this address."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("Fill in an e-mail address such as name@example.com."),
        },
    )
    # Which form this is: sent twice, it is one request.
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, data: Any = None, *, right: str, email: str = "", **kwargs: Any) -> None:
        super().__init__(_clean(data), **kwargs)
        if email:
            # Proven already: the answer goes there, and nowhere else.
            del self.fields["email"]
        if right in {Right.RECTIFICATION, Right.OBJECTION}:
            self.fields["text"].required = True
            self.fields["text"].label = _WORDS[right]
            self.fields["text"].error_messages["required"] = _("Fill this in, in your own words.")
        else:
            del self.fields["text"]


_WORDS = {
    Right.RECTIFICATION.value: _("What is wrong, and what should it be?"),
    Right.OBJECTION.value: _("What do you object to, and why?"),
}


def _clean(data: Any) -> dict[str, str] | None:
    return None if data is None else {name: storable(str(value)) for name, value in data.items()}
