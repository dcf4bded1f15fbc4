"""What a visitor fills in, and what staff answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.fields import email_field, typed
from common.periods import add_months, local_date
from common.texts import storable
from privacy.models import Right
from shop.models import Order

from .deadlines import OPEN_COMPLAINT
from .models import Channel, Outcome, Reason, ReplyTemplate, Topic
from .pictures import NotAPicture, clean_picture
from .wording import PLACEHOLDERS, unknown_placeholders

LONGEST_TEXT = 5000
WHOLE_ORDER = "order"
SHOWN_PLACEHOLDERS = " ".join(f"{{{name}}}" for name in PLACEHOLDERS)
# Ways a complaint comes by itself, which nobody records.
_BY_ITSELF = {Channel.FORM.value, Channel.ORDER.value}


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
    email = email_field(_("We send our answer and a copy of your message to this address."))
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
        super().__init__(typed(data), **kwargs)


class OrderComplaintForm(forms.Form):
    """A complaint from the page of an order. Who complains is known: name and address are not asked again (P67)."""

    line = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what your complaint is about."),
            "invalid_choice": _("Choose what your complaint is about."),
        },
    )
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong."), "invalid_choice": _("Choose what is wrong.")},
    )
    text = forms.CharField(
        label=_("Tell us more"),
        help_text=_("What happened, and what would solve it for you?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Tell us what happened.")},
    )
    picture = forms.FileField(
        label=_("Photo of what is wrong"),
        help_text=_(
            "JPEG, PNG or WebP, at most 15 MB. We keep no place and time with it, and delete it with the case."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "empty": _("This file is empty. Choose another photo, or send the form without one."),
            "invalid": _("Choose the photo once more, or send the form without one."),
        },
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        lines: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(typed(data), files)
        self.fields["line"].choices = [*lines, (WHOLE_ORDER, _("The whole order"))]  # type: ignore[attr-defined]

    def clean_picture(self) -> bytes | None:
        """The photo as we keep it; its name and what it says it is are forgotten here."""
        upload = self.cleaned_data["picture"]
        if not upload:
            return None
        try:
            return clean_picture(upload)
        except NotAPicture as error:
            message = _("We cannot read this photo. Choose a JPEG, PNG or WebP of at most 15 MB, or send none.")
            raise forms.ValidationError(message, code="picture") from error


class ReplyTemplateForm(forms.ModelForm):  # type: ignore[type-arg]
    """The texts of a template, in which only what can be filled in stands in braces."""

    class Meta:
        model = ReplyTemplate
        fields = ("title", "text_nl", "text_en", "is_active")
        help_texts = {
            "text_nl": format_lazy(_("Name nobody. These are filled in: {names}"), names=SHOWN_PLACEHOLDERS),
        }

    def clean_text_nl(self) -> str:
        return self._checked("text_nl")

    def clean_text_en(self) -> str:
        return self._checked("text_en")

    def _checked(self, name: str) -> str:
        text = storable(self.cleaned_data[name])
        odd = unknown_placeholders(text)
        if odd:
            message = _("%(odd)s cannot be filled in. These can: %(names)s")
            values = {"odd": ", ".join(odd), "names": SHOWN_PLACEHOLDERS}
            raise forms.ValidationError(message, code="placeholder", params=values)
        return text


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
        label=_("How it came"), choices=[choice for choice in Channel.choices if choice[0] not in _BY_ITSELF]
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
    order = forms.CharField(
        label=_("Order number"), required=False, max_length=20, help_text=_("Only when it is about an order.")
    )
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

    def clean_order(self) -> int | None:
        number = storable(self.cleaned_data["order"])
        if not number:
            return None
        found = Order.objects.within_term(timezone.now()).filter(number__iexact=number).values_list("pk", flat=True)
        order_id = found.first()
        if order_id is None:
            raise forms.ValidationError(_("There is no order with this number."), code="unknown")
        return order_id


class OutcomeForm(forms.Form):
    """What came of a complaint, and what we tell who complained."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "–"), *Outcome.choices])
    text = forms.CharField(
        label=_("Explanation"),
        help_text=_("Mailed to who complained; without an address, write down what you told them."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
