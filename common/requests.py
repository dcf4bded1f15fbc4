"""Requests as our views see them."""

import ipaddress
from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest


class VisitorRequest(HttpRequest):
    """A request that went through the session middleware."""

    session: SessionBase


def end_visit_by(session: SessionBase, end: datetime, *, now: datetime) -> None:
    """Let a session end at `end`, or sooner if it was to end sooner: what shares a session shares its shortest term,
    so no later entry or login ever lengthens it (RT30)."""
    session.set_expiry(min(session.get_expiry_date(modification=now), end))


def client_address(request: HttpRequest) -> str:
    """Who asks, for throttling only, as our own proxy saw it; an IPv6 address by its /64, which is one household."""
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        # Only the last entry was written by our proxy; what stands before it is the visitor's own claim.
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
