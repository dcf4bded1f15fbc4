"""Keeping portraits 48 months longer, and withdrawing that as easily as it was given (P26-P31)."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from galleries.access import OpenCode, new_viewer, viewer_of
from galleries.actions.extending import CannotExtend, keep_longer, stop_keeping
from galleries.forms import KeepForm, WithdrawForm
from galleries.keeping import keeping_of

from .deleting import show_receipt
from .visits import behind_code, private


@sensitive_post_parameters("email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@behind_code
def keep(request: HttpRequest, code: OpenCode, *, now: datetime) -> HttpResponse:
    """What the holder of this code asked, until when, and the form to ask it."""
    if request.method != "POST":
        return _page(request, code, KeepForm(), now=now)
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _page(request, code, form, now=now, status=422)
    try:
        keep_longer(
            code_id=code.id,
            capacity=form.cleaned_data["capacity"],
            email=form.cleaned_data["email"],
            language=get_language() or "nl",
            now=now,
        )
    except CannotExtend as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, gettext("Your consent is recorded. The photos stay longer."))
    return redirect("galleries:keep", code.public_id)


@sensitive_post_parameters("email")
@never_cache
@require_POST
@behind_code
def withdraw(request: HttpRequest, code: OpenCode, *, now: datetime) -> HttpResponse:
    """Withdraw the consent of this code, when what follows is still what the page said."""
    keeping = keeping_of(subject_id=code.subject_id, code_id=code.id, now=now)
    if keeping is None:
        raise Http404
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, code, KeepForm(), form, now=now, status=422)
    if request.POST.get("going") != str(keeping.going):
        messages.warning(request, gettext("This page was out of date. See again what follows, and confirm."))
        return _page(request, code, KeepForm(), form, now=now, status=409)
    email, language = form.cleaned_data["email"], get_language() or "nl"
    receipt = stop_keeping(code_id=code.id, email=email, language=language, now=now)
    if receipt:
        return show_receipt(request, code, receipt)
    messages.success(request, gettext("Your consent is withdrawn. You can also delete the photos now."))
    return redirect("galleries:gallery", code.public_id)


def _page(
    request: HttpRequest,
    code: OpenCode,
    form: KeepForm,
    withdrawal: WithdrawForm | None = None,
    *,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    keeping = keeping_of(subject_id=code.subject_id, code_id=code.id, now=now)
    if keeping is None:
        raise Http404
    withdrawal = withdrawal or WithdrawForm()
    # At most one of the two was sent; its errors stand on top.
    sent = withdrawal if withdrawal.is_bound else form
    context = {"code": code, "form": form, "withdrawal": withdrawal, "sent": sent, "keeping": keeping}
    viewer = viewer_of(request) or new_viewer()
    return private(request, "galleries/keep.html", context, viewer=viewer, now=now, status=status)
