"""The one mail before photos go: leaving an address for it, and having it forgotten (A6, RT31)."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from common import links
from galleries.access import OpenCode, new_viewer, viewer_of
from galleries.actions.reminding import CannotRemind, MustKeep, forget_address, leave_address
from galleries.actions.reminding import forget_addresses as forget_all
from galleries.emails import FORGET_MAX_AGE, FORGET_PURPOSE
from galleries.forms import ReminderForm
from galleries.models import Reminder
from galleries.reminding import reminding_of

from .visits import behind_code, private


@sensitive_post_parameters("email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@behind_code
def remind(request: HttpRequest, code: OpenCode, *, now: datetime) -> HttpResponse:
    """Whether a mail will come, and the one field to ask for it."""
    if request.method != "POST":
        return _page(request, code, ReminderForm(), now=now)
    form = ReminderForm(request.POST)
    if not form.is_valid():
        return _page(request, code, form, now=now, status=422)
    email = form.cleaned_data["email"]
    try:
        leave_address(code_id=code.id, email=email, language=get_language() or "nl", now=now)
    except CannotRemind as refusal:
        form.add_error("email", str(refusal.message))
        return _page(request, code, form, now=now, status=409)
    messages.success(request, gettext("We mail you before the photos go, and forget your address when they are gone."))
    return redirect("galleries:remind", code.public_id)


@never_cache
@require_POST
@behind_code
def forget_addresses(request: HttpRequest, code: OpenCode, *, now: datetime) -> HttpResponse:
    """Forget what was left with this code."""
    try:
        count = forget_all(code_id=code.id, now=now)
    except MustKeep as refusal:
        messages.warning(request, str(refusal.message))
    else:
        text = ngettext("%(count)d address is forgotten.", "%(count)d addresses are forgotten.", count)
        messages.success(request, text % {"count": count})
    return redirect("galleries:remind", code.public_id)


# The link proves itself and a mail program that unsubscribes for its reader has no cookie of ours (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Forget the address a mail was sent to: looking changes nothing, the button does."""
    public_id = links.read(FORGET_PURPOSE, token, max_age=FORGET_MAX_AGE)
    if public_id is None:
        raise Http404
    refused = ""
    if request.method == "POST":
        # Answered here and not elsewhere: such a program follows no redirect.
        try:
            forget_address(public_id=UUID(public_id), now=timezone.now())
        except MustKeep as refusal:
            refused = str(refusal.message)
    is_known = Reminder.objects.filter(public_id=public_id).exists()
    context = {"is_known": is_known, "refused": refused}
    return render(request, "galleries/forget.html", context, status=409 if refused else 200)


def _page(
    request: HttpRequest, code: OpenCode, form: ReminderForm, *, now: datetime, status: int = 200
) -> HttpResponse:
    reminding = reminding_of(code_id=code.id, subject_id=code.subject_id, group_id=code.group_id, now=now)
    context = {"code": code, "form": form, "reminding": reminding}
    viewer = viewer_of(request) or new_viewer()
    return private(request, "galleries/remind.html", context, viewer=viewer, now=now, status=status)
