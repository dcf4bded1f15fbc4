"""What staff fill in about an assignment's contact persons, accepted terms and messages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from common.periods import local_date
from common.texts import storable
from galleries.attachments import MAX_BYTES, MAX_FILES, Attached, NotAccepted, accept
from galleries.models import Acceptance, AssignmentMessage, Contact
from privacy.backoffice import without_restricted

LONGEST_TEXT = 20_000
MOMENT = "%Y-%m-%dT%H:%M"


def usable(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Those who may be chosen: a restricted contact is kept and not used (art. 18 GDPR)."""
    return without_restricted(contacts, {}).order_by("name", "pk")


class ContactChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Contacts by name and role: their own text is a number, so that it says nothing where it is logged."""

    def label_from_instance(self, obj: Contact) -> str:
        return f"{obj.name} ({obj.role})" if obj.role else obj.name


class PaperForm(forms.Form):
    """A form of staff, without what no database keeps."""

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        if isinstance(data, MultiValueDict):
            typed = {name: [storable(value) for value in data.getlist(name)] for name in data}
            data = MultiValueDict(typed)
        super().__init__(data, *args, **kwargs)


class ContactFields(PaperForm):
    """Whom we speak to, and how."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    role = forms.CharField(
        label=_("Role at the client"), max_length=60, required=False, help_text=_("Such as administration or coach.")
    )
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )


class NewContactForm(ContactFields):
    """Somebody known from an earlier assignment of this client, or somebody new."""

    known = ContactChoice(
        label=_("Known contact person"),
        queryset=Contact.objects.none(),
        required=False,
        empty_label=_("Somebody new"),
        help_text=_("From other assignments of this client. Then leave the rest empty."),
    )
    field_order = ("known", "name", "role", "email", "phone")

    def __init__(self, *args: Any, known: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["known"].queryset = usable(known)  # type: ignore[attr-defined]
        if not self.fields["known"].queryset.exists():  # type: ignore[attr-defined]
            del self.fields["known"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("known") or self.errors:
            return cleaned
        if not cleaned.get("name"):
            raise ValidationError({"name": _("Fill in a name.")}, code="required")
        if not cleaned.get("email") and not cleaned.get("phone"):
            raise ValidationError({"email": _("Fill in an e-mail address or a phone number.")}, code="required")
        return cleaned


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """Correct a contact person."""

    class Meta:
        model = Contact
        fields = ("name", "role", "email", "phone")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("email") and not cleaned.get("phone") and "email" not in self.errors:
            raise ValidationError({"email": _("Fill in an e-mail address or a phone number.")}, code="required")
        return cleaned


class FindContactForm(PaperForm):
    """Part of a name, or a whole e-mail address or phone number."""

    q = forms.CharField(label=_("Name, e-mail address or phone number"), min_length=3, max_length=254)


class AcceptForm(PaperForm):
    """That the client accepted the terms."""

    contact = ContactChoice(label=_("Accepted by"), queryset=Contact.objects.none())
    means = forms.ChoiceField(label=_("How"), choices=Acceptance.Means.choices)
    accepted_on = forms.DateField(
        label=_("Accepted on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, contacts: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = usable(contacts)  # type: ignore[attr-defined]

    def clean_accepted_on(self) -> Any:
        day = self.cleaned_data["accepted_on"]
        if day > local_date(timezone.now()):
            raise ValidationError(_("This day is still to come."), code="future")
        return day


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files at once, each looked at by its bytes; what they are called is not kept."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        sent = [file for file in data or [] if isinstance(file, UploadedFile)]
        if len(sent) > MAX_FILES:
            raise ValidationError(_("Add at most %(max)d files at once."), params={"max": MAX_FILES}, code="many")
        if any((file.size or 0) > MAX_BYTES for file in sent):
            raise ValidationError(_("A file is larger than 10 MB. Make it smaller, or send it in parts."), code="large")
        return [file.read() for file in sent]


class MessageForm(PaperForm):
    """A message from or to a contact person, as it was written."""

    contact = ContactChoice(label=_("From or to"), queryset=Contact.objects.none())
    direction = forms.ChoiceField(label=_("Direction"), choices=AssignmentMessage.Direction.choices)
    at = forms.DateTimeField(
        label=_("Written on"), widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"})
    )
    text = forms.CharField(
        label=_("Text"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    attachments = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("PDF, JPEG, PNG or plain text, at most five of 10 MB. What they are called is not kept."),
        widget=FilesInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.txt"}),
    )
    names_nobody = forms.BooleanField(
        label=_("Nobody is named in these files"),
        required=False,
        help_text=_("Then they stay four years after completion, like the text. Otherwise they go after three."),
    )
    # Which form this is: sent twice, it is one message.
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, contacts: QuerySet[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = usable(contacts)  # type: ignore[attr-defined]

    def clean_at(self) -> datetime:
        at: datetime = self.cleaned_data["at"]
        if at > timezone.now():
            raise ValidationError(_("This moment is still to come."), code="future")
        return at

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        names_nobody = bool(cleaned.get("names_nobody"))
        sent = cleaned.get("attachments") or []
        try:
            cleaned["attached"] = [accept(data, names_nobody=names_nobody) for data in sent]
        except NotAccepted as refusal:
            text = _("A file is empty, or no PDF, JPEG, PNG or plain text.")
            raise ValidationError({"attachments": text}, code="kind") from refusal
        if not str(cleaned.get("text", "")).strip() and not sent and "attachments" not in self.errors:
            raise ValidationError({"text": _("Fill in the text, or add a file.")}, code="required")
        return cleaned

    @property
    def attached(self) -> list[Attached]:
        """The files as they are kept."""
        return list(self.cleaned_data["attached"])
