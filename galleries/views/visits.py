"""What the pages behind a code share: which code they are about, what an ended one answers, and who may keep them."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from galleries.access import OpenCode, open_codes, set_viewer, viewer_of, was_opened_here

NOT_FOR_SEARCH_ENGINES = "noindex, nofollow"


def behind_code(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about one code: the view is called with that code, open in this visit now, and with the moment that was
    asked of the clock; without it the visitor reads that the code has ended, or that there is nothing here."""

    @wraps(view)
    def opened(request: HttpRequest, code_id: UUID, **rest: UUID) -> HttpResponse:
        now = timezone.now()
        code = pick(open_codes(request, now=now), code_id)
        return view(request, code, now=now, **rest) if code else gone(request, code_id)

    return opened


def pick(codes: list[OpenCode], code_id: UUID) -> OpenCode | None:
    """The code of this visit that the address names."""
    return next((code for code in codes if code.public_id == code_id), None)


def gone(request: HttpRequest, code_id: UUID) -> HttpResponse:
    """A code that was entered in this visit has ended; any other is unknown here, existing or not (P36)."""
    if not was_opened_here(request, code_id):
        raise Http404
    return render(request, "galleries/gone.html", status=410)


def private(
    request: HttpRequest, template: str, context: dict[str, object], *, viewer: str, now: datetime, status: int = 200
) -> HttpResponse:
    """A page for this visit only: no search engine keeps it, and its images are bound to this browser."""
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = NOT_FOR_SEARCH_ENGINES
    if viewer != viewer_of(request):
        set_viewer(request, response, viewer, now=now)
    return response
