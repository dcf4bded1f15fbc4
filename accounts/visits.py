"""How long a login lasts, and who may go where with it."""

from datetime import datetime, timedelta

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.utils import perform_login
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from common.periods import Bound, Period, due
from common.requests import end_visit_by

from .actions import note_login
from .models import User

# A working day: a forgotten screen does not stay open for the three weeks a customer's session lasts.
STAFF_SESSION = timedelta(hours=12)
# RT30: three weeks at most from the login, and never longer than a code entered in the same browser gave it.
CUSTOMER_SESSION = Period(days=21)
# In the session, between the password and the code of a second factor: whose password it was, as Django proves it.
_BEGAN = "login_began"


def let_in(request: HttpRequest, user: User, *, way_on: str | None) -> HttpResponseBase:
    """Log somebody in whose password is right; who has a second factor is asked for it first, by django-allauth.

    `way_on` is an address of this site, checked by the caller; None is their own first page.
    """
    request.session[_BEGAN] = [user.pk, user.get_session_auth_hash()]
    answer: HttpResponseBase = perform_login(request, user, email_verification="none", redirect_url=way_on)
    return answer


def password_still_counts(request: HttpRequest, user: User) -> bool:
    """Whether the login that is about to end began with the password there is now: one that was changed while a code
    was asked for lets nobody in, as it ended every open session. True for a passkey, which needs no password."""
    pk, proof = request.session.pop(_BEGAN, (None, ""))
    return pk != user.pk or constant_time_compare(proof, user.get_session_auth_hash())


def ask_still_them(request: HttpRequest) -> None:
    """Break off with the page that asks for the password, or a second factor, when that was not asked just now."""
    if is_reauthentication_required(request, app="allauth.account"):
        raise ReauthenticationRequired


def begin_visit(request: HttpRequest, user: User, *, now: datetime) -> None:
    """The session that just began ends in time, and the account counts its five years from now."""
    end = now + STAFF_SESSION if user.is_staff else due(now, CUSTOMER_SESSION, Bound.AT_MOST)
    end_visit_by(request.session, end, now=now)
    note_login(user_id=user.pk, now=now)


def needs_second_factor(user: User) -> bool:
    """Whether this colleague has to set up a second factor before any page of the back office. One query."""
    if not settings.STAFF_NEEDS_SECOND_FACTOR:
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user=user, type__in=kinds).exists()
