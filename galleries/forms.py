from collections.abc import Mapping
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from common.texts import storable
from privacy.models import Consent


class CodeForm(forms.Form):
    """The one field of the first page. What it holds is checked by `access.enter_code`, not here."""

    code = forms.CharField(
        label=_("Code on your card"),
        help_text=_("Ten letters and digits, such as XXXXX-XXXXX. Capitals, spaces and dashes do not matter."),
        max_length=60,
        strip=True,
        error_messages={"required": _("Fill in the code on your card.")},
        widget=forms.TextInput(
            attrs={
                "class": "code-input",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "enterkeyhint": "go",
            }
        ),
    )


class ReceiptForm(forms.Form):
    """Where a receipt goes, for who wants one. The address is used for that one message and kept nowhere else (P55)."""

    email = forms.EmailField(
        label=_("E-mail address for a receipt"),
        help_text=_("We use it for this one message only. Two weeks after it was sent we delete message and address."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": _("Fill in an e-mail address such as name@example.com, or nothing.")},
    )


class KeepForm(ReceiptForm):
    """The consent to keep photos longer (P30): nothing is chosen or ticked beforehand. A changed sentence here moves
    `privacy.documents.KEEP_LONGER_VERSION`."""

    capacity = forms.ChoiceField(
        label=_("Who are you?"),
        help_text=_("We ask no proof: who has the code, may decide."),
        choices=Consent.Capacity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you are."), "invalid_choice": _("Choose who you are.")},
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that you keep all portraits of this number 48 months longer, also portraits that are added later."
        ),
        help_text=_("You can withdraw this at any moment on this page. What was done before stays lawful."),
        error_messages={"required": _("Tick that you agree, or leave everything as it is.")},
    )

    field_order = ("capacity", "consent", "email")


class WithdrawForm(ReceiptForm):
    """Withdrawing that consent needs nothing (P31). It stands beside `KeepForm`, so its fields have their own ids."""

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, auto_id="withdraw_%s")


class ReminderForm(forms.Form):
    """The one address for the one mail before photos go (A6). Nothing is filled in beforehand."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("For this one mail and nothing else. We forget the address when the photos are gone."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Fill in the e-mail address we may write to."),
            "invalid": _("Fill in an e-mail address such as name@example.com."),
        },
    )


class RemovalForm(forms.Form):
    """Asking us to take a group photo away. Nothing has to be said: the code says whose portraits to compare with."""

    note = forms.CharField(
        label=_("Who is it about, and where on the photo?"),
        help_text=_("For example: back row, third from the left. We also compare with the portraits of your number."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=_("E-mail address for our answer"),
        help_text=_("We use it for this answer only, and delete it with your request, twelve months after the answer."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": _("Fill in an e-mail address such as name@example.com, or nothing.")},
    )
    # Which form this is: sent twice, it is one request.
    token = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This page was out of date. Send it once more."),
            "invalid": _("This page was out of date. Send it once more."),
        },
    )

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(None if data is None else {name: storable(value) for name, value in data.items()})

    @property
    def sent_token(self) -> UUID:
        """The token the form goes on with: its own, or a new one when what came was none."""
        known: UUID | None = self.cleaned_data.get("token") if self.is_bound else None
        return known or uuid4()
