"""Deleting one portrait or all of them: what goes is shown, confirmed, gone, and receipted (P32)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from common.requests import VisitorRequest
from galleries.access import OpenCode, new_viewer, open_codes, viewer_of
from galleries.actions.deleting import DeletionRefused, NothingToDelete, Receipt, delete_portraits
from galleries.forms import ReceiptForm
from galleries.models import Photo
from galleries.proofs import image_url
from galleries.registry import deletion_notes
from galleries.wall import photo_alt, photos_of

from .visits import gone, pick, private

RECEIPT = "deleted"


@sensitive_post_parameters("email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete_photos(request: HttpRequest, code_id: UUID, photo_id: UUID | None = None) -> HttpResponse:
    """Ask whether one portrait or all portraits of a code should go, and let them go. Exactly the photos that were
    shown go: one that came later is not deleted unseen."""
    now = timezone.now()
    code = pick(open_codes(request, now=now), code_id)
    if request.method == "POST" and _receipt_of(request, code_id) and not _shown(request, code, photo_id, now=now):
        # The same form sent twice: what it asked for was done.
        return redirect("galleries:deleted", code_id)
    if code is None:
        return gone(request, code_id)
    portraits = _portraits(code, photo_id, now=now)
    if not portraits:
        raise Http404
    if request.method == "POST":
        return _delete(request, code, portraits, now=now)
    return _ask(request, code, portraits, ReceiptForm(), now=now)


@never_cache
@require_safe
def deleted(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """The receipt of the last deletion of this visit, also when the code opens nothing any more."""
    receipt = _receipt_of(request, code_id)
    if receipt is None:
        raise Http404
    is_open = pick(open_codes(request, now=timezone.now()), code_id) is not None
    context = {"receipt": receipt, "code_id": code_id if is_open else None}
    return render(request, "galleries/deleted.html", context)


def _delete(request: HttpRequest, code: OpenCode, portraits: Sequence[Photo], *, now: datetime) -> HttpResponse:
    form = ReceiptForm(request.POST)
    chosen = _chosen(request, portraits)
    if not chosen:
        form.add_error(None, gettext("This page was out of date. See again what goes, and confirm."))
    if not form.is_valid():
        return _ask(request, code, portraits, form, now=now, status=422)
    try:
        receipt = delete_portraits(
            subject_id=code.subject_id,
            photo_ids=[photo.pk for photo in chosen],
            email=form.cleaned_data["email"],
            language=get_language() or "nl",
            now=now,
        )
    except NothingToDelete:
        return redirect("galleries:gallery", code.public_id)
    except DeletionRefused as refusal:
        form.add_error(None, str(refusal.message))
        return _ask(request, code, portraits, form, now=now, status=409)
    return show_receipt(request, code, receipt)


def show_receipt(request: HttpRequest, code: OpenCode, receipt: Receipt) -> HttpResponse:
    """Remember a receipt for this visit, also when its code opens nothing any more, and go to its page."""
    request.session[RECEIPT] = {**asdict(receipt), "at": receipt.at.isoformat(), "code": str(code.public_id)}
    return redirect("galleries:deleted", code.public_id)


def _ask(
    request: HttpRequest,
    code: OpenCode,
    portraits: Sequence[Photo],
    form: ReceiptForm,
    *,
    now: datetime,
    status: int = 200,
) -> HttpResponse:
    viewer = viewer_of(request) or new_viewer()
    visitor = cast("VisitorRequest", request)
    context = {
        "code": code,
        "form": form,
        "count": len(portraits),
        "tiles": _tiles(portraits, viewer=viewer, now=now),
        "notes": [sentence for note in deletion_notes for sentence in note(visitor, photos=portraits, now=now)],
    }
    return private(request, "galleries/delete.html", context, viewer=viewer, now=now, status=status)


def _tiles(portraits: Sequence[Photo], *, viewer: str, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "public_id": photo.public_id,
            "src": image_url(
                photo.thumbnail_name, viewer=viewer, now=now, expires_at=cast("datetime", photo.expires_at)
            ),
            "alt": photo_alt(position, len(portraits), is_group=False),
            "shape": " tile-wide" if photo.width > photo.height else "",
        }
        for position, photo in enumerate(portraits, 1)
    ]


def _portraits(code: OpenCode, photo_id: UUID | None, *, now: datetime) -> list[Photo]:
    """What may be deleted here: portraits only, as others stand on a group photo too (A7)."""
    portraits = photos_of(code, now=now).filter(subject_id=code.subject_id).order_by("pk")
    return list(portraits if photo_id is None else portraits.filter(public_id=photo_id))


def _chosen(request: HttpRequest, portraits: Sequence[Photo]) -> list[Photo]:
    asked = set(request.POST.getlist("photo"))
    return [photo for photo in portraits if str(photo.public_id) in asked]


def _shown(request: HttpRequest, code: OpenCode | None, photo_id: UUID | None, *, now: datetime) -> list[Photo]:
    return _chosen(request, _portraits(code, photo_id, now=now)) if code else []


def _receipt_of(request: HttpRequest, code_id: UUID) -> Receipt | None:
    kept: dict[str, Any] = request.session.get(RECEIPT, {})
    if kept.get("code") != str(code_id):
        return None
    return Receipt(number=kept["number"], at=datetime.fromisoformat(kept["at"]), count=kept["count"])
