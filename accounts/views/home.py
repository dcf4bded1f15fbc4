"""The account page: what a customer keeps with us, and what they can do with it."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.requests import VisitorRequest
from privacy.models import Consent

from .. import actions, deadlines
from ..at_work import person_of
from ..persons import is_left_alone
from ..registry import account_panels
from ..wording import LEFT_ALONE


@never_cache
@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Everything that hangs on an account, panel by panel, each from the app it belongs to (P44, P51)."""
    user, now = person_of(request), timezone.now()
    visitor = cast("VisitorRequest", request)
    panels = [panel(visitor, user=user, now=now) for panel in account_panels] if not user.is_staff else []
    left_alone = LEFT_ALONE if is_left_alone(user) else ""
    active_at = None if user.is_staff or left_alone else user.active_at
    ends = deadlines.idle_ends(active_at, was_reminded=True) if active_at else None
    consent = Consent.objects.filter(pk__in=actions.consent_ids([user])).order_by("given_at").first()
    context = {
        "consent": consent,
        "person": user,
        "panels": [panel for panel in panels if panel],
        "left_alone": left_alone,
        "ends": ends,
    }
    return render(request, "accounts/home.html", context)
