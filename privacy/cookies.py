"""The cookies and browser storage of the site: whoever sets one registers it, in `<app>/cookies.py` (P80, L27).

The cookie page is made from this list, and a test in a real browser finds any that is not on it. All of them are needed
for what the visitor asked, so nothing asks for consent and there is no banner.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext_lazy as _

from .declarations import Label


class Kind(models.TextChoices):
    COOKIE = "cookie", _("cookie")
    LOCAL = "local", _("local storage")


@dataclass(frozen=True, kw_only=True)
class Cookie:
    """One cookie: its name in the browser, what it is for, how long it stays, and on which pages it is set."""

    name: str
    purpose: Label
    lifetime: Label
    where: Label
    kind: Kind = Kind.COOKIE


_cookies: dict[tuple[Kind, str], Cookie] = {}


def register(*cookies: Cookie) -> None:
    """Add cookies to the page, each once."""
    for cookie in cookies:
        if (cookie.kind, cookie.name) in _cookies:
            raise ImproperlyConfigured(f"The cookie {cookie.name} is registered twice.")
        _cookies[cookie.kind, cookie.name] = cookie


def registered() -> list[Cookie]:
    """All of them, by kind and name."""
    return [_cookies[key] for key in sorted(_cookies)]


_END_OF_VISIT = _("until you close the browser")

register(
    Cookie(
        name=settings.SESSION_COOKIE_NAME,
        purpose=_("Remembers that you entered a code or logged in, and what is in your basket."),
        lifetime=_("three weeks at most, or until you leave"),
        where=_("after you enter a code or log in"),
    ),
    Cookie(
        name=settings.CSRF_COOKIE_NAME,
        purpose=_("Makes sure that a form was sent by you, and not by another website in your name."),
        lifetime=_END_OF_VISIT,
        where=_("on every page"),
    ),
    Cookie(
        name=settings.LANGUAGE_COOKIE_NAME,
        purpose=_("Remembers the language you chose."),
        lifetime=_END_OF_VISIT,
        where=_("when you choose a language"),
    ),
    Cookie(
        name="messages",
        purpose=_("Carries a short notice to the next page, such as “It is in your basket.”"),
        lifetime=_("until the next page"),
        where=_("after you changed something"),
    ),
)
