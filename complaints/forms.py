"""What a visitor fills in, and what staff answer."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.periods import add_months, local_date
from common.texts import storable
from privacy.models import Right

from .deadlines import OPEN_COMPLAINT
from .models import Channel, Outcome, Topic

LONGEST_TEXT = 5000


class ContactForm(forms.Form):
    """The least an answer needs: an address to answer to and the message; a name if you like (P67)."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Topic.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what your message is about."),
            "invalid_choice": _("Choose what your message is about."),
        },
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We send our answer and a copy of your message to this address."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("Fill in an e-mail address such as name@example.com."),
        },
    )
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Do not send us your login code: whoever has the code sees the photos."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Fill in your message.")},
    )
    # No person sees this field; a program fills in whatever it finds.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(None if data is None else {name: storable(value) for name, value in data.items()}, **kwargs)


class AnswerForm(forms.Form):
    """The answer, as the sender will read it."""

    text = forms.CharField(label=_("Your answer"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 12}))


class TopicForm(forms.Form):
    """What a message is really about."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)


class RightForm(forms.Form):
    """Which right somebody uses with a message."""

    right = forms.ChoiceField(label=_("What is asked"), choices=[("", "–"), *Right.choices])


class CaseForm(forms.Form):
    """A complaint that came another way than the contact form: no form is required of anybody (P92)."""

    channel = forms.ChoiceField(
        label=_("How it came"), choices=[choice for choice in Channel.choices if choice[0] != Channel.FORM]
    )
    submitted_on = forms.DateField(
        label=_("Received on"),
        help_text=_("The day it reached us, also when nobody read it yet."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("We confirm the complaint and mail the outcome to it. Without one you tell them yourself."),
        max_length=254,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    text = forms.CharField(label=_("Complaint"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8}))
    # Which form this is: sent twice, it is one complaint.
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_submitted_on(self) -> date:
        day: date = self.cleaned_data["submitted_on"]
        today = local_date(timezone.now())
        if day > today:
            raise forms.ValidationError(_("This day is still to come."), code="future")
        if add_months(day, OPEN_COMPLAINT.months) <= today:
            raise forms.ValidationError(_("We keep no complaint longer than a year."), code="past")
        return day


class OutcomeForm(forms.Form):
    """What came of a complaint, and what we tell who complained."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "–"), *Outcome.choices])
    text = forms.CharField(
        label=_("Explanation"),
        help_text=_("Mailed to who complained; without an address, write down what you told them."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
