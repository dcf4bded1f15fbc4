"""What staff fill in about a removal request: when one comes in, and when it is decided."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.periods import local_date
from common.texts import storable
from galleries.models.channels import RECORDED
from galleries.renditions import MAX_BYTES

LONGEST_NOTE = 500
LONGEST_EXPLANATION = 2000


class _StorableForm(forms.Form):
    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(None if data is None else {name: storable(value) for name, value in data.items()}, files)


class RecordedRequestForm(_StorableForm):
    """A request that came another way than with a code: no form is required of anybody (P22, P92)."""

    channel = forms.ChoiceField(label=_("How it was asked"), choices=[("", "–"), *RECORDED])
    reference = forms.CharField(
        label=_("Reference of the request"),
        help_text=_("Where it stands: the number of the message, or the day and hour of the call. No name."),
        max_length=120,
    )
    received_on = forms.DateField(
        label=_("Received on"),
        help_text=_("The day it reached us, also when nobody read it yet: the three working days run from there."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    note = forms.CharField(
        label=_("Who it is about"),
        help_text=_("Where on the photo, and whatever else helps to find them. No name."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=_("E-mail address for our answer"),
        help_text=_("Without one you tell them yourself. It goes with the request, twelve months after the answer."),
        required=False,
        max_length=254,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    # Which form this is: sent twice, it is one request.
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > local_date(timezone.now()):
            raise ValidationError(_("This day is still to come."), code="future")
        return day


class DecisionForm(_StorableForm):
    """What who asked reads with the decision."""

    explanation = forms.CharField(
        label=_("Explanation"),
        help_text=_("Who asked reads this with our answer. Name nobody else."),
        required=False,
        max_length=LONGEST_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReasonForm(DecisionForm):
    """Nothing changes: then the reason is the answer."""

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        self.fields["explanation"].required = True
        self.fields["explanation"].label = _("Why nothing changes")


def _percent(label: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"})
    return forms.DecimalField(label=label, min_value=0, max_value=100, max_digits=4, decimal_places=1, widget=widget)


class MaskForm(DecisionForm):
    """The rectangle to make unrecognisable, in percent of the photo; drawn on it where there is a script."""

    left = _percent(_("From the left (%)"))
    top = _percent(_("From the top (%)"))
    width = _percent(_("Width (%)"))
    height = _percent(_("Height (%)"))

    field_order = ("left", "top", "width", "height", "explanation")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for start, size in (("left", "width"), ("top", "height")):
            if not {start, size} <= cleaned.keys():
                continue
            if cleaned[size] < 1:
                self.add_error(size, _("Draw a rectangle of at least one percent."))
            elif cleaned[start] + cleaned[size] > 100:
                self.add_error(size, _("The rectangle reaches beyond the photo."))
        return cleaned


class ReplaceForm(DecisionForm):
    """Another file for the photo."""

    file = forms.FileField(
        label=_("The new photo"),
        help_text=_("A JPEG file at full size. The file that is there now is deleted at once."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg"}),
    )

    field_order = ("file", "explanation")

    def clean_file(self) -> "UploadedFile[Any]":
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            raise ValidationError(_("This file is larger than any camera's picture."), code="large")
        return file
