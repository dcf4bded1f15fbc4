"""The mailbox in which every mail of the demo can be read. Never mounted in production."""

import re
from uuid import UUID

from csp.decorators import csp
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from privacy.mail_page import MAIL_POLICY
from privacy.models import OutgoingMail

_PER_PAGE = 25
_ADDRESS = re.compile(r"(https?://\S+)")


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail the demo wrote, the newest first."""
    mails = OutgoingMail.objects.only("public_id", "to", "subject", "created_at").order_by("-created_at", "-id")
    page = Paginator(mails, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/mail.html", {"page": page})


@never_cache
@require_safe
def message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One mail: to whom, when, and its text."""
    mail = get_object_or_404(OutgoingMail, public_id=public_id)
    return render(request, "demo/message.html", {"mail": mail, "parts": _parts(mail.text)})


@never_cache
@require_safe
@csp(MAIL_POLICY)  # type: ignore[arg-type]  # the package types views without arguments only
def message_html(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The HTML of one mail as a mail program shows it, shut off from the site."""
    mail = get_object_or_404(OutgoingMail, public_id=public_id)
    return HttpResponse(mail.html)


def _parts(text: str) -> list[tuple[bool, str]]:
    """The text in pieces, each with whether it is an address: every other one is."""
    return [(bool(place % 2), part) for place, part in enumerate(_ADDRESS.split(text))]
