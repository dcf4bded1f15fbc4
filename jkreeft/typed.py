"""What somebody typed comes back with the page that could not take it: nobody loses their words to a visit that ended.

The pages of 403, 404, 410 and 429 show them (`components/_error_page.html`); a form that is sent after the login ended
gets a page of its own instead of a redirect, which would carry no words."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

# What proves something is never shown, and what a form carries unseen was never typed.
UNSHOWN = re.compile(r"password|token|csrf|^code$|^stamp$|^website$|^_|^next$")
# Words, an address or a sentence: what is chosen from a list has no space and no at sign.
TYPED = re.compile(r"\S[\s@]+\S")


def typed(request: HttpRequest) -> dict[str, object]:
    """For templates: `typed_words`, the words this request brought, as they were typed; none unless asked for."""
    return {"typed_words": lambda: words_of(request)}


def words_of(request: HttpRequest) -> list[str]:
    """The words of a form sent from a page of ours. Another site's words are never shown as ours."""
    if request.method != "POST" or not _is_ours(request):
        return []
    shown = (value for name, values in request.POST.lists() if not UNSHOWN.search(name) for value in values)
    return [value for value in shown if TYPED.search(value)]


def _is_ours(request: HttpRequest) -> bool:
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


class KeepWords:
    """A form sent after the login ended is answered with the words that were typed, and the way to log in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302:
            return response
        login = response.headers["Location"]
        if login.split("?")[0] not in {resolve_url(settings.LOGIN_URL), reverse("admin:login")} or not words_of(
            request
        ):
            return response
        ended = render(request, "login_ended.html", {"login_url": login}, status=403)
        add_never_cache_headers(ended)
        return ended
