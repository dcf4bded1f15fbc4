"""Another e-mail address to log in with: asked for here, proved by a link in its own mailbox (P86)."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common import links
from common.requests import client_address

from .. import actions, throttle
from ..at_work import person_of
from ..emails import CHANGE_PURPOSE, LINK_MAX_AGE
from ..forms.entry import NewAddressForm
from ..models import AddressChange
from ..persons import is_left_alone
from .counted import counted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
@counted
def change_address(request: HttpRequest) -> HttpResponse:
    """Ask for another address. What the page says is the same whether or not that address has an account."""
    user = person_of(request)
    if user.is_staff:
        messages.warning(request, _("The superuser changes the address of who works here."))
        return redirect("accounts:home")
    if is_left_alone(user):
        # That page says why.
        return redirect("accounts:home")
    form = NewAddressForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if throttle.may_mail(email=email, address=client_address(request)):
            actions.ask_address_change(user_id=user.pk, email=email, now=timezone.now())
            messages.success(request, _("We mailed a link to the new address. Until you use it, nothing changes."))
            return redirect("accounts:home")
        form.add_error(None, _("We mailed this address often in a short time. Look for our mail, or try again later."))
    context = {"form": form, "email": user.email}
    return render(request, "accounts/address.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def confirm_change(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the new mailbox, used by who is logged in to the account it is about."""
    user = person_of(request)
    public_id = links.read(CHANGE_PURPOSE, token, max_age=LINK_MAX_AGE)
    change = AddressChange.objects.filter(public_id=public_id, user=user).first() if public_id else None
    if is_left_alone(user):
        # That page says why.
        return redirect("accounts:home")
    if change is None:
        return render(request, "accounts/address_confirm.html", {"change": None}, status=410)
    if request.method != "POST":
        return render(request, "accounts/address_confirm.html", {"change": change})
    try:
        actions.change_address(change_id=change.pk, now=timezone.now())
    except actions.AddressTaken:
        return render(request, "accounts/address_confirm.html", {"change": None}, status=410)
    messages.success(request, _("From now on you log in with your new address."))
    return redirect("accounts:home")
