from django import forms
from django.utils.translation import gettext_lazy as _


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
