"""The checkout's fields: exactly those of A38, the opt-out of P65, the two ticks of L22 and the way to pay."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.fields import email_field

from .actions.baskets import TYPED_FIELDS
from .actions.orders import Buyer, Choices, Form
from .providers import payment_methods

POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Z]{2})", re.ASCII)
PHONE = re.compile(r"\+?[0-9]{9,15}", re.ASCII)


class CheckoutForm(forms.Form):
    """One page, one column. What does not apply to this basket is not asked: a note to the carrier without a print, a
    statement about files without a file."""

    salutation = forms.ChoiceField(
        label=_("Salutation"),
        required=False,
        choices=[("", _("No salutation")), ("mevrouw", _("Ms")), ("meneer", _("Mr"))],
        widget=forms.Select(attrs={"autocomplete": "honorific-prefix"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
        error_messages={"required": _("Fill in your name.")},
    )
    street = forms.CharField(
        label=_("Street and house number"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
        error_messages={"required": _("Fill in your street and house number.")},
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "autocapitalize": "characters"}),
        error_messages={"required": _("Fill in your postcode, such as 3241 AB.")},
    )
    city = forms.CharField(
        label=_("Town"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "autocapitalize": "words"}),
        error_messages={"required": _("Fill in your town.")},
    )
    email = email_field(_("We send the confirmation of your order to this address."))
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Only for questions about the delivery."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
        error_messages={"required": _("Fill in your phone number.")},
    )
    delivery_note = forms.CharField(
        label=_("Note for the delivery"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    payment_method = forms.ChoiceField(
        label=_("How do you want to pay?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to pay.")},
    )
    refused_marketing = forms.BooleanField(
        label=_("I do not want mail or post about photo products like these."),
        help_text=_(
            "Otherwise we keep your name, address and e-mail address until two years after your last order, to tell "
            "you about photo products of our own. Refusing costs nothing, and every message has a link to stop."
        ),
        required=False,
    )
    file_consent = forms.BooleanField(
        label=_("Deliver my digital files at once, as soon as I have paid."),
        error_messages={"required": _("Tick that we may deliver your digital files at once.")},
    )
    file_waiver = forms.BooleanField(
        label=_("I understand that I then can no longer cancel the purchase of these files."),
        error_messages={"required": _("Tick that you understand that you cannot cancel the purchase of the files.")},
    )
    # Which form this is and what it showed; the page writes them itself, so that they are never a stale copy.
    token = forms.UUIDField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, has_print: bool, has_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = settings.PHONE_REQUIRED
        methods = payment_methods()
        payment = self.fields["payment_method"]
        assert isinstance(payment, forms.ChoiceField)  # noqa: S101  (declared above)
        payment.choices = methods
        payment.initial = methods[0][0] if len(methods) == 1 else None
        if not has_print:
            del self.fields["delivery_note"]
        if not has_file:
            del self.fields["file_consent"], self.fields["file_waiver"]

    def clean_postcode(self) -> str:
        match = POSTCODE.fullmatch(" ".join(self.cleaned_data["postcode"].upper().split()))
        if match is None:
            raise forms.ValidationError(_("Fill in a Dutch postcode such as 3241 AB."))
        return f"{match[1]} {match[2]}"

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not PHONE.fullmatch(re.sub(r"[ ()./-]", "", phone)):
            raise forms.ValidationError(_("Fill in a phone number such as 06 12345678."))
        return phone

    def typed(self) -> dict[str, str]:
        """What was typed, right or wrong: nothing of it gets lost."""
        return {name: self.data.get(name, "") for name in TYPED_FIELDS}

    def buyer(self) -> Buyer:
        return Buyer(**{name: self.cleaned_data.get(name, "") for name in TYPED_FIELDS})

    def choices(self, *, language: str, account_id: int | None) -> Choices:
        data = self.cleaned_data
        return Choices(
            payment_method=data["payment_method"],
            refused_marketing=data["refused_marketing"],
            file_consent=data.get("file_consent", False),
            file_waiver=data.get("file_waiver", False),
            language=language,
            account_id=account_id,
        )

    def sent(self, *, viewer: str) -> Form:
        """Which form in which browser this was. A form without a proper token has none that placed an order."""
        data = self.cleaned_data
        return Form(token=str(data.get("token") or ""), viewer=viewer, shown=data.get("shown", ""))


class LineForm(forms.Form):
    """Which product of which photo, and how many."""

    code = forms.UUIDField()
    photo = forms.UUIDField()
    product = forms.UUIDField()
    quantity = forms.IntegerField(min_value=1, max_value=99, required=False)


class ChangeForm(forms.Form):
    """How many of one line; zero takes it out."""

    line = forms.UUIDField()
    quantity = forms.IntegerField(min_value=0, max_value=99)
