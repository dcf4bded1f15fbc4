"""Coming in: a new account, a login, a proved address."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from common.fields import typed

from ..models import User
from ..wording import CONSENT, CONSENT_HINT
from .fields import check_new_password, email_field, new_password_field, password_field


class RegisterForm(forms.Form):
    """The least an account needs: an address, a password and the customer's own consent, which nobody ticked (P45)."""

    email = email_field()
    new_password = new_password_field()
    consent = forms.BooleanField(
        label=CONSENT,
        help_text=CONSENT_HINT,
        error_messages={
            "required": _("Without your consent we cannot keep an account for you. Tick the box if you agree.")
        },
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(typed(data))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("new_password"):
            try:
                check_new_password(cleaned["new_password"], User(email=cleaned.get("email", "")))
            except forms.ValidationError as error:
                self.add_error("new_password", error)
        return cleaned


class LoginForm(forms.Form):
    """E-mail and password. Unknown and wrong get one answer, and so does an account that is full of failures."""

    email = email_field()
    password = password_field()

    def __init__(self, data: QueryDict | None = None, *, request: HttpRequest) -> None:
        super().__init__(typed(data))
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self.user = _with_password(self.request, cleaned["email"], cleaned["password"])
        return cleaned


class OwnPasswordForm(forms.Form):
    """The password of the account a mailed link is about: link and password together prove the owner, so neither who
    typed somebody else's address nor who read the mail alone gets in."""

    password = password_field(help_text=_("The password you chose when you made the account."))

    def __init__(self, data: QueryDict | None = None, *, request: HttpRequest, user: User) -> None:
        super().__init__(typed(data))
        self.request, self.user = request, user

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        _with_password(self.request, self.user.email, password)
        return password


class NewAddressForm(forms.Form):
    """The address to log in with from now on."""

    email = email_field()

    def __init__(self, data: QueryDict | None = None, *, user: User) -> None:
        super().__init__(typed(data))
        self.fields["email"].label = _("New e-mail address")
        self.user = user

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if email == self.user.email:
            raise forms.ValidationError(_("You log in with this address already."), code="same")
        return email


def _with_password(request: HttpRequest, email: str, password: str) -> User:
    """Raises the one sentence every wrong pair gets."""
    adapter = get_adapter(request)
    user: User | None = adapter.authenticate(request, email=email, password=password)
    if user is None:
        raise adapter.validation_error("email_password_mismatch")
    return user
