"""Deleting an account: first a page that says what goes, what stays and until when; then it is done (P46, P47)."""

from datetime import datetime

from allauth.account.decorators import reauthentication_required
from django.contrib import auth
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from privacy.erasure import Held, ProtectedRows

from .. import actions
from ..at_work import person_of
from ..forms.ending import DeleteForm
from ..models import User
from ..persons import is_left_alone


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
def delete(request: HttpRequest) -> HttpResponse:
    """What the end of the account means, with every choice left to its owner; and the end itself."""
    now, user = timezone.now(), person_of(request)
    if user.is_staff:
        raise Http404
    if is_left_alone(user):
        # That page says why, and what ends it.
        return redirect("accounts:home")
    ending = actions.ending_of(user, now=now)
    form = DeleteForm(request.POST if request.method == "POST" else None, choices=ending.choices)
    if form.is_bound and form.is_valid():
        answer = _delete(request, user, form, now=now)
        if answer is not None:
            return answer
    context = {"form": form, "ending": ending, "email": user.email}
    return render(request, "accounts/delete.html", context, status=422 if form.is_bound else 200)


@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """That it is done."""
    return render(request, "accounts/deleted.html")


def _delete(request: HttpRequest, user: User, form: DeleteForm, *, now: datetime) -> HttpResponse | None:
    try:
        actions.delete_account(user_id=user.pk, chosen=form.chosen(), now=now)
    except (Held, ProtectedRows):
        form.add_error(
            None,
            _(
                "We cannot delete your account now: we have to keep a part of it a while longer for a legal reason. "
                "Nothing was deleted. Ask us what the reason is and how long it lasts."
            ),
        )
        return None
    auth.logout(request)
    response = redirect("accounts:deleted")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
