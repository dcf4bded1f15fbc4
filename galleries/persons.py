"""What a visit with codes proves: that they hold these, and nothing about an address or an account."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest

from common.requests import VisitorRequest
from galleries.access import open_codes
from privacy.people import Person


def codes_of(request: HttpRequest, now: datetime) -> Person:
    """The codes of this visit that open something now."""
    return Person(code_ids=frozenset(code.id for code in open_codes(cast("VisitorRequest", request), now=now)))
