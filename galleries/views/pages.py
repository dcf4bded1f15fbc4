"""The wall of one code, and the page of one photo."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.requests import VisitorRequest
from galleries.access import OpenCode, new_viewer, open_codes, viewer_of
from galleries.models import Photo
from galleries.proofs import image_url
from galleries.registry import photo_panels
from galleries.terms import last_day
from galleries.wall import photo_alt, photos_of, wall_html

from .asking import asked_with
from .visits import behind_code, gone, pick, private


@never_cache
@require_safe
def gallery(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """The photos of one code of this visit: session, codes, and photos when they are not in the cache."""
    now = timezone.now()
    codes = open_codes(request, now=now)
    code = pick(codes, code_id)
    if code is None:
        return gone(request, code_id)
    viewer = viewer_of(request) or new_viewer()
    context = {
        "wall": wall_html(code, viewer=viewer, now=now),
        "code": code,
        "codes": codes if len(codes) > 1 else [],
        "asked": asked_with(code),
    }
    return private(request, "galleries/gallery.html", context, viewer=viewer, now=now)


@never_cache
@require_safe
@behind_code
def photo(request: HttpRequest, code: OpenCode, *, now: datetime, photo_id: UUID) -> HttpResponse:
    """One photo, its neighbours, and what the upper apps offer with it."""
    photos = sorted(photos_of(code, now=now), key=lambda photo: (photo.group_id is not None, photo.pk))
    position = next((index for index, one in enumerate(photos) if one.public_id == photo_id), None)
    if position is None:
        raise Http404
    viewer = viewer_of(request) or new_viewer()
    context = _photo_context(request, code, photos, position, viewer=viewer, now=now)
    return private(request, "galleries/photo.html", context, viewer=viewer, now=now)


def _photo_context(
    request: HttpRequest, code: OpenCode, photos: list[Photo], position: int, *, viewer: str, now: datetime
) -> dict[str, object]:
    shown = photos[position]
    assert shown.expires_at is not None  # noqa: S101  (a visible photo has an end)
    panels = (panel(cast("VisitorRequest", request), code=code, photo=shown, now=now) for panel in photo_panels)
    return {
        "code": code,
        "photo": shown,
        "src": image_url(shown.preview_name, viewer=viewer, now=now, expires_at=shown.expires_at),
        "alt": photo_alt(position + 1, len(photos), is_group=shown.group_id is not None),
        "place": gettext("%(position)s of %(total)s") % {"position": position + 1, "total": len(photos)},
        "position": position + 1,
        "total": len(photos),
        "previous": _address(code, photos, position - 1),
        "next": _address(code, photos, position + 1),
        "last_day": last_day(shown.expires_at),
        "panels": [mark_safe(panel) for panel in panels if panel],  # noqa: S308  (rendered by a template)
    }


def _address(code: OpenCode, photos: list[Photo], index: int) -> str:
    """The page of a neighbour, "" beyond either end."""
    if not 0 <= index < len(photos):
        return ""
    return reverse("galleries:photo", args=[code.public_id, photos[index].public_id])
