"""Requests as our views see them."""

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest


class VisitorRequest(HttpRequest):
    """A request that went through the session middleware."""

    session: SessionBase
