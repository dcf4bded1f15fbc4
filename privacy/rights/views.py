"""The pages on which a person uses a right. Everything here is about who they proved to be, and about nobody else."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common import links
from privacy.actions.requests import NotOpen, prove
from privacy.models import Proof, RightsRequest

from .emails import PROOF_LASTS, PROOF_PURPOSE


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove_request(request: HttpRequest, token: str) -> HttpResponse:
    """The link that asks whether an address is theirs: a button, as programs open links in mails too."""
    row = _request_of(token)
    if request.method != "POST" or row.closed_at:
        return _page(request, "privacy/prove.html", {"row": row})
    try:
        prove(
            request_id=row.pk,
            proof=Proof.LINK,
            by_id=None,
            person={"email": row.email.lower()},
            now=timezone.now(),
        )
    except NotOpen:
        row.refresh_from_db()
    return _page(request, "privacy/prove.html", {"row": row, "is_proven": row.closed_at is None})


def _request_of(token: str) -> RightsRequest:
    public_id = links.read(PROOF_PURPOSE, token, max_age=PROOF_LASTS)
    row = RightsRequest.objects.alive(timezone.now()).filter(public_id=UUID(public_id)).first() if public_id else None
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
