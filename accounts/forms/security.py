"""The forms django-allauth shows, in our words and with our fields."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from allauth.account.forms import ChangePasswordForm as LibraryChangeForm
from allauth.account.forms import ReauthenticateForm as LibraryReauthenticateForm
from allauth.account.forms import ResetPasswordForm as LibraryResetForm
from allauth.account.forms import ResetPasswordKeyForm as LibraryNewPasswordForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as LibraryCodeForm
from allauth.mfa.base.forms import ReauthenticateForm as LibraryCodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm as LibraryActivateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as LibraryAddKeyForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm as LibraryUseKeyForm
from allauth.mfa.webauthn.forms import LoginWebAuthnForm as LibraryLoginKeyForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm as LibraryKeyAgainForm
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.fields import typed
from common.requests import client_address

from .. import throttle
from ..models import User
from .fields import (
    DeviceAnswerField,
    check_new_password,
    code_field,
    email_field,
    new_password_field,
    password_field,
)


class _Storable(forms.Form):
    """A form that no control character breaks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("data") is not None and hasattr(kwargs["data"], "dict"):
            kwargs["data"] = typed(kwargs["data"])
        super().__init__(*args, **kwargs)


class ReauthenticateForm(_Storable, LibraryReauthenticateForm):  # type: ignore[misc]
    password = password_field()


class ForgottenForm(_Storable, LibraryResetForm):  # type: ignore[misc]
    """Whoever asks gets the same page; only the mailbox learns whether there is an account."""

    email = email_field()

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        can_log_in = Q(is_staff=True) | Q(confirmed_at__isnull=False)
        self.users = list(User.objects.filter(can_log_in, email=email, is_active=True))
        return email

    def save(self, request: Any, **kwargs: Any) -> str:
        """Mails that are asked for too often are left out without a word: the page is the same."""
        email = str(self.cleaned_data["email"])
        if throttle.may_mail(email=email, address=client_address(request)):
            super().save(request, **kwargs)
        return email


class _NewPassword(_Storable):
    """One new password instead of the library's two."""

    def clean_new_password(self) -> str:
        return check_new_password(self.cleaned_data["new_password"], self.user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # What the library reads.
        cleaned["password1"] = cleaned.get("new_password", "")
        return cleaned


class NewPasswordForm(_NewPassword, LibraryNewPasswordForm):  # type: ignore[misc]
    new_password = new_password_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"], self.fields["password2"]

    def save(self) -> None:
        """Who failed often before they asked for the link can log in with what they chose."""
        super().save()
        with suppress(throttle.CannotCount):
            throttle.note_success(email=self.user.email)


class ChangePasswordForm(_NewPassword, LibraryChangeForm):  # type: ignore[misc]
    oldpassword = password_field(label=_("Current password"))
    new_password = new_password_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"], self.fields["password2"]


class CodeForm(_Storable, LibraryCodeForm):  # type: ignore[misc]
    code = code_field()


class CodeAgainForm(_Storable, LibraryCodeAgainForm):  # type: ignore[misc]
    code = code_field()


class ActivateAppForm(_Storable, LibraryActivateForm):  # type: ignore[misc]
    code = code_field()


class AddKeyForm(_Storable, LibraryAddKeyForm):  # type: ignore[misc]
    """A passkey opens the account without a password, so it always asks for the finger, face or PIN of its owner."""

    name = forms.CharField(
        label=_("Name of this passkey"),
        help_text=_("So that you can tell them apart: “phone”, “key ring”."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = DeviceAnswerField()

    def clean(self) -> dict[str, Any]:
        with _only_passkeys():
            cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        return cleaned


class _KeyForm(_Storable):
    def clean_credential(self) -> Any:
        with _only_passkeys():
            return super().clean_credential()  # type: ignore[misc]


class UseKeyForm(_KeyForm, LibraryUseKeyForm):  # type: ignore[misc]
    """A passkey instead of a code, after the password."""

    credential = DeviceAnswerField()


class LoginKeyForm(_KeyForm, LibraryLoginKeyForm):  # type: ignore[misc]
    """A passkey instead of the password."""

    credential = DeviceAnswerField()

    def clean_credential(self) -> Any:
        authenticator = super().clean_credential()
        if not authenticator.user.may_log_in:
            raise get_adapter().validation_error("incorrect_code")
        return authenticator


class KeyAgainForm(_KeyForm, LibraryKeyAgainForm):  # type: ignore[misc]
    """A passkey to confirm that it is still the same person."""

    credential = DeviceAnswerField()


@contextmanager
def _only_passkeys() -> Iterator[None]:
    """What is no answer of a passkey at all is refused like a wrong one: the library takes its shape for granted."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise get_adapter().validation_error("incorrect_code") from error
