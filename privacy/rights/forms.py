"""What staff fill in about a request, and what a person fills in to use a right."""

from datetime import date
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.periods import local_date
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
