"""The first page: typing a code, asking for help, and leaving."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from common.requests import VisitorRequest
from galleries.access import EntryRefused, TooManyTries, Typo, enter_code, leave, new_viewer, set_viewer, viewer_of
from galleries.forms import CodeForm
from galleries.registry import code_entered
from galleries.throttle import WINDOW_SECONDS


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The code field, and a way back to the photos that are open in this visit."""
    return _home(request, CodeForm(), status=200)


@sensitive_post_parameters("code")
@sensitive_variables("form")
@never_cache
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Let a visitor in with the code of their card. The code comes in the body, never in an address (P25)."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _home(request, form, status=422)
    now = timezone.now()
    visitor = cast("VisitorRequest", request)
    known = bool(visitor.session.get("codes"))
    try:
        public_id = enter_code(visitor, typed=form.cleaned_data["code"], now=now)
    except TooManyTries as refusal:
        response = render(request, "429.html", status=refusal.status)
        response["Retry-After"] = str(WINDOW_SECONDS)
        return response
    except EntryRefused as refusal:
        form.add_error("code", str(refusal.message))
        return _home(request, form, status=refusal.status)
    for find in code_entered:
        find(visitor, now=now)
    response = redirect("galleries:gallery", public_id)
    # A cookie from before this visit may be known to somebody else, so a visit starts with a fresh one.
    set_viewer(request, response, (known and viewer_of(request)) or new_viewer(), now=now)
    return response


@never_cache
@require_POST
def leave_visit(request: HttpRequest) -> HttpResponse:
    """Forget the codes of this visit, here and in the browser."""
    response = redirect("galleries:home")
    leave(request, response)
    return response


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What to do about a code that is lost, wrong or expired."""
    phone = "".join(character for character in settings.STUDIO_PHONE if character in "+0123456789")
    return render(request, "galleries/help.html", {"phone_link": phone})


def _home(request: HttpRequest, form: CodeForm, *, status: int) -> HttpResponse:
    galleries: list[str] = request.session.get("galleries", [])
    context = {"form": form, "typo": Typo.message, "last_gallery": galleries[-1] if galleries else ""}
    return render(request, "galleries/home.html", context, status=status)
