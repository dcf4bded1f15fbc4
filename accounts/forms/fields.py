"""The fields that several forms about an account share, and how they look."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

# The hash reads all of it: a longer one only costs time.
LONGEST_PASSWORD = 256


def email_field(**given: Any) -> forms.EmailField:
    """The address somebody logs in with."""
    return forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "inputmode": "email"}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("Fill in an e-mail address such as name@example.com."),
        },
        **given,
    )


def password_field(**given: Any) -> forms.CharField:
    """The password there is."""
    return forms.CharField(
        label=given.pop("label", _("Password")),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Fill in your password.")},
        **given,
    )


def new_password_field() -> forms.CharField:
    """A password to begin with; one field, as browsers can show what was typed."""
    return forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        help_text=_("At least twelve characters. A sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": "12"}),
        error_messages={"required": _("Choose a password.")},
    )


def check_new_password(password: str, user: Any = None) -> str:
    """Raises the sentences of what is wrong with it."""
    password_validation.validate_password(password, user)
    return password


def code_field() -> forms.CharField:
    """Six digits of an app, or a recovery code."""
    return forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Fill in the code.")},
    )


class DeviceAnswerField(forms.JSONField):
    """What a device answered, as the script of the page wrote it: data, or refused like a wrong answer."""

    widget = forms.HiddenInput
    default_error_messages = {"invalid": _("That did not work. Try again.")}

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValueError as error:
            # A number of thousands of digits, which is no JSON to Python.
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
