"""Forms of the back office about the people who work here."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.requests import client_address

from .. import throttle
from ..models import User
from ..roles import Role


class StaffLoginForm(AdminAuthenticationForm):
    """Login by e-mail address. Unknown, wrong, inactive and not-staff get one answer, and so does a full counter."""

    error_messages = {
        "invalid_login": _("This e-mail address and password do not belong together, or you may not enter here."),
        "unavailable": _("We cannot check logins at this moment. Try again in a few minutes."),
        "throttled": _("There were too many failed tries. Wait a quarter of an hour and try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.EmailField(
            label=_("E-mail address"),
            max_length=254,
            widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"}),
        )

    def clean(self) -> dict[str, Any]:
        who = {
            "email": str(self.cleaned_data.get("username", "")),
            "address": client_address(self.request) if self.request else "",
        }
        try:
            return self._counted(who)
        except throttle.CannotCount as error:
            raise ValidationError(self.error_messages["unavailable"], code="unavailable") from error

    def _counted(self, who: dict[str, str]) -> dict[str, Any]:
        if throttle.is_blocked(**who):
            raise ValidationError(self.error_messages["throttled"], code="throttled")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            throttle.note_failure(**who, now=timezone.now())
            raise
        if self.user_cache is not None:
            throttle.note_success(email=who["email"])
        return cleaned


class StaffForm(forms.ModelForm):  # type: ignore[type-arg]
    """A member of staff: who, which roles, and a password to begin with or to begin again."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Give only what the work asks for. The superuser makes staff and gives roles."),
    )
    new_password = forms.CharField(
        label=_("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least twelve characters. Leave it empty to keep the password as it is."),
    )

    class Meta:
        model = User
        fields = ("email", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["roles"].initial = sorted(self.instance.roles)
        else:
            self.fields["new_password"].required = True
            self.fields["new_password"].help_text = _("At least twelve characters.")

    def clean_email(self) -> str:
        """One account per address, whatever its case."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is an account with this e-mail address already."), code="taken")
        return email

    def clean_new_password(self) -> str:
        password = str(self.cleaned_data["new_password"])
        if password:
            password_validation.validate_password(password, self.instance)
        return password
