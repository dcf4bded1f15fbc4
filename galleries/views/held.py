"""What we hold about a code, for who holds it: no account needed (P85)."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.requests import VisitorRequest
from galleries.access import OpenCode, new_viewer, viewer_of
from galleries.held import held_about
from galleries.wall import photos_of

from .visits import behind_code, private


@never_cache
@require_safe
@behind_code
def held(request: HttpRequest, code: OpenCode, *, now: datetime) -> HttpResponse:
    """Each kind of data with why, on which ground, since when and until when; to read, or to print."""
    context = {
        "code": code,
        "now": now,
        "topics": held_about(cast("VisitorRequest", request), code, now=now),
        "has_portraits": photos_of(code, now=now).filter(subject_id=code.subject_id).exists(),
    }
    return private(request, "galleries/held.html", context, viewer=viewer_of(request) or new_viewer(), now=now)
