"""How django-allauth works here: with our mails, our throttle, our sessions and our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as library
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from common.keys import decrypt, digest, encrypt
from common.requests import client_address

from . import emails, throttle
from .models import User
from .pictures import qr_picture
from .visits import begin_visit, password_still_counts

# What is said after a step, by the name of the library's template; everything else it would say is left out.
SAID = {
    "account/messages/password_changed.txt": _("Your new password works from now on."),
    "mfa/messages/totp_activated.txt": _("From now on you log in with a code from your app as well."),
    "mfa/messages/totp_deactivated.txt": _("You no longer need a code from your app to log in."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("These are your new recovery codes. Keep them in a safe place."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Logging in and out, passwords and mails."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "too_many_login_attempts": _("There were too many failed tries. Wait a quarter of an hour and try again."),
        "rate_limited": _("There were too many failed tries. Wait a quarter of an hour and try again."),
        "unavailable": _("We cannot check logins at this moment. Try again in a few minutes."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link no longer works."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one message that has no account behind it (`send_notification_mail` and the reset have their own)."""
        if template_prefix != "account/email/unknown_account":
            raise NotImplementedError(template_prefix)
        emails.mail_unknown(email, language=get_language() or "nl", now=timezone.now())

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        emails.mail_new_password_link(user, link=context["password_reset_url"], now=timezone.now())

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        emails.mail_notice(user, what=emails.NOTICES[template_prefix], now=timezone.now())

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, token = key.partition("-")
        return emails.address_of("account_reset_password_from_key", uidb36=uid, key=token)

    def add_message(  # noqa: PLR0917 - the library calls it so
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only what `SAID` has words for."""
        text = message or SAID.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def get_client_ip(self, request: HttpRequest) -> str:
        """For the library's counters only: they name nobody (RT30)."""
        return digest("login.address", client_address(request))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Who these credentials belong to. Without its counters nobody is let in, as guessing would have no end."""
        who = {"email": credentials.get("email", ""), "address": client_address(request)}
        try:
            if throttle.is_blocked(**who):
                raise self.validation_error("too_many_login_attempts")
            user: User | None = auth.authenticate(request, **credentials)
            if user is None:
                throttle.note_failure(**who, now=timezone.now())
            else:
                throttle.note_success(email=who["email"])
        except throttle.CannotCount as error:
            raise self.validation_error("unavailable") from error
        return user

    def reauthenticate(self, user: User, password: str) -> bool:
        known = self.authenticate(library.request, email=user.email, password=password)
        return known is not None and known.pk == user.pk

    def login(self, request: HttpRequest, user: User) -> None:
        if not password_still_counts(request, user):
            messages.warning(request, _("The password of this account was changed meanwhile. Log in again."))
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)
        # Who just logged in is not asked for the password again on the next page.
        record_authentication(request, user, method="login", reauthenticated=True)
        begin_visit(request, user, now=timezone.now())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:index" if isinstance(request.user, User) and request.user.is_staff else "accounts:home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the passkey script asks for data; every other page is a page, whatever a header says."""
        match = request.resolver_match
        return bool(match and match.url_name == "mfa_login_webauthn" and super().is_ajax(request))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Codes from an app, passkeys and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used before. Look at the newest one."),
        "cannot_generate_recovery_codes": _("Add a passkey or an app first: recovery codes are for when you lose it."),
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return settings.STUDIO_NAME

    def build_totp_svg(self, url: str) -> str:
        return qr_picture(url)

    def _get_site_name(self) -> str:
        return settings.STUDIO_NAME
