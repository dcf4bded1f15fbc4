"""Mails about an account. Links in them carry a proof and no address; whoever never asked can leave them unread."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from common import links
from privacy.mail import queue_mail
from privacy.models import OutgoingMail

from . import deadlines
from .models import AddressChange, User
from .registry import account_deleting

CONFIRM_PURPOSE = "accounts.confirm"
CHANGE_PURPOSE = "accounts.change"
LINK_MAX_AGE = deadlines.TO_CONFIRM.length

# What django-allauth tells the owner of an account afterwards, in our words: by the name of its template.
NOTICES: Mapping[str, object] = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("You chose a new password with the link we mailed you."),
    "mfa/email/totp_activated": _("You switched on logging in with an app that shows codes."),
    "mfa/email/totp_deactivated": _("You switched off logging in with an app that shows codes."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made. The old ones no longer work."),
}


def address_of(name: str, **given: object) -> str:
    """The full address of one of our pages, for a mail."""
    return settings.SITE_URL + reverse(name, kwargs=given)


def mail_confirmation(user: User, *, now: datetime) -> None:
    """The link with which somebody who just registered proves their address."""
    token = links.sign(CONFIRM_PURPOSE, str(user.public_id))
    context = {
        "link": address_of("accounts:confirm", token=token),
        "until": deadlines.confirm_before(user.created_at),
    }
    _mail("confirm", to=user.email, context=context, language=user.language, now=now)


def mail_already_known(email: str, *, language: str, now: datetime) -> None:
    """To who registers, or changes to, an address that has an account: only its mailbox learns so."""
    context = {"login": address_of("account_login"), "reset": address_of("account_reset_password")}
    _mail("known", to=email, context=context, language=language, now=now)


def mail_unknown(email: str, *, language: str, now: datetime) -> None:
    """To who asks for a new password of an address without an account: only its mailbox learns so."""
    _mail("unknown", to=email, context={"register": address_of("account_signup")}, language=language, now=now)


def mail_new_password_link(user: User, *, link: str, now: datetime) -> None:
    """The link with which somebody chooses a new password."""
    _mail("reset", to=user.email, context={"link": link}, language=user.language, now=now)


def mail_notice(user: User, *, what: object, now: datetime) -> None:
    """That something about the security of their account changed, so that they notice when it was not they."""
    context = {"what": what, "reset": address_of("account_reset_password")}
    _mail("notice", to=user.email, context=context, language=user.language, now=now)


def mail_change_link(change: AddressChange, *, now: datetime) -> None:
    """The link with which the new address of an account is proved."""
    token = links.sign(CHANGE_PURPOSE, str(change.public_id))
    context = {
        "link": address_of("accounts:confirm_change", token=token),
        "until": deadlines.confirm_before(change.asked_at),
    }
    _mail("change", to=change.email, context=context, language=change.user.language, now=now)


def mail_reminder(user: User, *, now: datetime) -> OutgoingMail:
    """That an account nobody logs in to ends soon, and which files go with it: a service message, never advertising
    (P50, P51)."""
    assert user.active_at is not None  # noqa: S101  (a confirmed account has one)
    with translation.override(user.language):
        files = [text for part in account_deleting for text, _url in part.describe(user=user, now=now).files]
    context = {
        "ends": deadlines.idle_ends(user.active_at, was_reminded=True),
        "active_at": user.active_at,
        "files": files,
        "login": address_of("account_login"),
    }
    # About the account: restricted meanwhile, it waits. What its owner asks for themselves is about nothing, and goes.
    return _mail("idle", to=user.email, context=context, language=user.language, now=now, about=user)


def mail_deleted(user: User, *, kept: Sequence[str], now: datetime) -> None:
    """The receipt of a deletion: what went, and what a law keeps until when (P46, A31)."""
    _mail("deleted", to=user.email, context={"at": now, "kept": kept}, language=user.language, now=now)


def mail_alarm(count: int, *, now: datetime) -> None:
    """To the privacy owner: accounts that end within a month although no reminder came through (A15)."""
    _mail("alarm", to=settings.PRIVACY_OWNER_EMAIL, context={"count": count}, language="nl", now=now)


def _mail(
    name: str, *, to: str, context: Mapping[str, object], language: str, now: datetime, about: User | None = None
) -> OutgoingMail:
    kind, template = f"accounts.{name}", f"accounts/{name}"
    return queue_mail(kind=kind, to=to, template=template, context=context, language=language, now=now, about=about)
