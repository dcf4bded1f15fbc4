"""The codes a customer keeps in their account."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.at_work import person_of
from accounts.persons import is_left_alone
from common.requests import VisitorRequest

from ..access import new_viewer, open_codes, open_saved, set_viewer, viewer_of
from ..actions.saving import forget_code, save_code
from ..models import LoginCode, SavedCode
from ..registry import code_entered
from .visits import pick


@never_cache
@require_POST
@login_required
def save(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """Keep a code of this visit in the account."""
    now = timezone.now()
    code = pick(open_codes(request, now=now), code_id)
    user = person_of(request)
    if code is None or user.is_staff:
        messages.warning(request, _("Type your code again to go on."))
    elif save_code(user_id=user.pk, code_id=code.id, now=now):
        messages.success(request, _("The code is in your account. You can open its photos here without the card."))
    else:
        messages.warning(request, _("Your account is full. Take out a code you no longer need."))
    return redirect("accounts:home")


@never_cache
@require_POST
@login_required
def open_from_account(request: HttpRequest, saved_id: UUID) -> HttpResponse:
    """Open the photos of a saved code in this visit, as if it was typed: the same three weeks (RT30)."""
    now = timezone.now()
    saved = get_object_or_404(SavedCode, public_id=saved_id, user=person_of(request))
    row = LoginCode.objects.open(now).filter(pk=saved.code_id).first()
    if row is None:
        messages.warning(request, _("The photos of this code are gone."))
        return redirect("accounts:home")
    visitor = cast("VisitorRequest", request)
    known = bool(visitor.session.get("codes"))
    open_saved(visitor, row, now=now)
    for find in code_entered:
        find(visitor, now=now)
    response = redirect("galleries:gallery", row.public_id)
    set_viewer(request, response, (known and viewer_of(request)) or new_viewer(), now=now)
    return response


@never_cache
@require_POST
@login_required
def forget(request: HttpRequest, saved_id: UUID) -> HttpResponse:
    """Take a code out of the account."""
    user = person_of(request)
    # An account that is left alone keeps its codes; its page says why.
    if not is_left_alone(user) and forget_code(user_id=user.pk, saved_id=saved_id, now=timezone.now()):
        messages.success(request, _("The code is out of your account. The card still opens the photos."))
    return redirect("accounts:home")
