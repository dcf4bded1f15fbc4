"""Asking us to take a group photo away, and seeing what became of that (P22, P32, A7)."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from common.periods import local_date
from common.workdays import add_working_days
from galleries.access import OpenCode, new_viewer, viewer_of
from galleries.actions.asking import WORKING_DAYS, CannotAsk, ask_removal
from galleries.forms import RemovalForm
from galleries.models import Photo, RemovalCase
from galleries.proofs import image_url
from galleries.wall import photos_of

from .visits import behind_code, private


@sensitive_post_parameters("note", "email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@behind_code
def ask(request: HttpRequest, code: OpenCode, *, now: datetime, photo_id: UUID) -> HttpResponse:
    """What happens when somebody asks this group photo away, and the form that asks it."""
    asked = RemovalCase.objects.filter(code=code.id, photo__public_id=photo_id).order_by("-pk").first()
    if asked and not _group_photo(code, photo_id, now=now):
        # The same form sent twice, or an old page: it was asked before.
        return redirect("galleries:case", code.public_id, asked.public_id)
    if request.method != "POST":
        return _page(request, code, photo_id, RemovalForm(), now=now)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        return _page(request, code, photo_id, form, now=now, status=422)
    try:
        case = ask_removal(
            code_id=code.id,
            photo_id=photo_id,
            note=form.cleaned_data["note"],
            email=form.cleaned_data["email"],
            language=get_language() or "nl",
            form_token=form.cleaned_data["token"],
            now=now,
        )
    except CannotAsk as refusal:
        raise Http404 from refusal
    return redirect("galleries:case", code.public_id, case.public_id)


@never_cache
@require_safe
@behind_code
def case(request: HttpRequest, code: OpenCode, *, now: datetime, case_id: UUID) -> HttpResponse:
    """What was asked with this code, until when we decide, and what we decided. Not what was typed, or by whom: a card
    may be in two hands."""
    found = RemovalCase.objects.filter(code=code.id, public_id=case_id).first()
    if found is None:
        raise Http404
    viewer = viewer_of(request) or new_viewer()
    return private(request, "galleries/case.html", {"code": code, "case": found}, viewer=viewer, now=now)


def asked_with(code: OpenCode) -> list[RemovalCase]:
    """The requests of the holder of this code, newest first; no query where there are none."""
    return list(RemovalCase.objects.filter(code=code.id).order_by("-pk")) if code.has_asked else []


def _group_photo(code: OpenCode, photo_id: UUID, *, now: datetime) -> Photo | None:
    return photos_of(code, now=now).filter(group__isnull=False, public_id=photo_id).first()


def _page(
    request: HttpRequest, code: OpenCode, photo_id: UUID, form: RemovalForm, *, now: datetime, status: int = 200
) -> HttpResponse:
    photo = _group_photo(code, photo_id, now=now)
    if photo is None or photo.expires_at is None:
        raise Http404
    viewer = viewer_of(request) or new_viewer()
    context = {
        "code": code,
        "photo": photo,
        "form": form,
        "token": form.sent_token,
        "src": image_url(photo.preview_name, viewer=viewer, now=now, expires_at=photo.expires_at),
        "due_on": add_working_days(local_date(now), WORKING_DAYS),
    }
    return private(request, "galleries/ask.html", context, viewer=viewer, now=now, status=status)
