"""The page behind the link in every advertising message."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from . import actions
from .models import Relation
from .unsubscribe import read_link


# The link is the proof, and a mail program that unsubscribes for its reader has no cookie (RFC 8058).
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End all advertising with one click (P66, P90). Looking changes nothing: programs that check links look too."""
    digest = read_link(token)
    if digest is None:
        raise Http404
    if request.method == "POST":
        # Answered here and not elsewhere: a mail program that unsubscribes follows no redirect.
        actions.unsubscribe(mailbox_digest=digest, now=timezone.now())
    # A legal hold or a restriction may keep the row, out of reach; then the page does not say that it is gone.
    is_forgotten = not Relation.objects.filter(mailbox_digest=digest).exists()
    context = {"is_done": request.method == "POST", "is_forgotten": is_forgotten}
    return render(request, "accounts/unsubscribe.html", context)
