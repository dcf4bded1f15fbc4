"""Coming in and going out: a new account, the link that proves its address, a login."""

from datetime import datetime

from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.utils import get_next_redirect_url
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import links
from common.requests import client_address

from .. import actions, throttle
from ..emails import CONFIRM_PURPOSE, LINK_MAX_AGE
from ..forms.entry import LoginForm, OwnPasswordForm, RegisterForm
from ..models import User
from ..visits import let_in
from .counted import counted


@sensitive_post_parameters("new_password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@counted
def register(request: HttpRequest) -> HttpResponse:
    """Make an account, on consent (P44, P45). Whether the address has one already, only its mailbox learns."""
    if request.user.is_authenticated:
        return redirect("accounts:home")
    now = timezone.now()
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _page(request, "account/signup.html", form)
    said = form.cleaned_data
    if not throttle.may_mail(email=said["email"], address=client_address(request)):
        form.add_error(None, _("We mailed this address often in a short time. Look for our mail, or try again later."))
        return _page(request, "account/signup.html", form, status=429)
    actions.register(email=said["email"], password=said["new_password"], language=get_language() or "nl", now=now)
    return redirect("account_email_verification_sent")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """That a mail is on its way, whatever address was typed."""
    return render(request, "account/verification_sent.html")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link in the mail to a new account: with the password it proves the owner, and lets them in (P44)."""
    now = timezone.now()
    user = _unconfirmed(token)
    if user is None:
        return render(request, "account/email_confirm.html", {"user_found": None}, status=410)
    form = OwnPasswordForm(request.POST if request.method == "POST" else None, request=request, user=user)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "user_found": user}
        return render(request, "account/email_confirm.html", context, status=422 if form.is_bound else 200)
    actions.confirm_address(user_id=user.pk, now=now)
    messages.success(request, _("Your address is confirmed. This is your account."))
    return _enter(request, user)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@counted
def log_in(request: HttpRequest) -> HttpResponseBase:
    """E-mail and password; a second factor, where there is one, comes after."""
    way_on = get_next_redirect_url(request)
    if request.user.is_authenticated:
        return redirect(way_on or "accounts:home")
    stage = get_pending_stage(request)
    if request.method != "POST" and stage is not None and stage.urlname:
        return redirect(stage.urlname)
    form = LoginForm(request.POST if request.method == "POST" else None, request=request)
    if not form.is_bound or not form.is_valid() or form.user is None:
        return _page(request, "account/login.html", form, way_on=way_on)
    if not form.user.may_log_in:
        return _mail_again(request, form.user, now=timezone.now())
    return let_in(request, form.user, way_on=way_on)


@never_cache
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session and forget it in the browser too: photos that were looked at, and the codes that were entered."""
    auth.logout(request)
    response = redirect("account_login")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _unconfirmed(token: str) -> User | None:
    public_id = links.read(CONFIRM_PURPOSE, token, max_age=LINK_MAX_AGE)
    if public_id is None:
        return None
    return User.objects.filter(public_id=public_id, is_staff=False, confirmed_at=None, is_active=True).first()


def _mail_again(request: HttpRequest, user: User, *, now: datetime) -> HttpResponse:
    """The password is right and the address was never proved: the link is what is missing."""
    if throttle.may_mail(email=user.email, address=client_address(request)):
        actions.mail_link_again(user_id=user.pk, now=now)
    return redirect("account_email_verification_sent")


def _enter(request: HttpRequest, user: User) -> HttpResponseBase:
    if request.user.is_authenticated and request.user.pk != user.pk:
        auth.logout(request)
    return let_in(request, user, way_on=None)


def _page(
    request: HttpRequest,
    template: str,
    form: RegisterForm | LoginForm,
    *,
    way_on: str | None = None,
    status: int | None = None,
) -> HttpResponse:
    context = {"form": form, "way_on": way_on or ""}
    return render(request, template, context, status=status or (422 if form.is_bound else 200))
