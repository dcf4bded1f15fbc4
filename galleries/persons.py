"""What codes prove, of a visit or on a card that staff saw: that they hold these, and nothing about an address or an
account."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from common.requests import VisitorRequest
from galleries.access import code_typed, open_codes
from privacy.audit import log_access
from privacy.people import Person


def codes_of(request: HttpRequest, now: datetime) -> Person:
    """The codes of this visit that open something now."""
    return Person(code_ids=frozenset(code.id for code in open_codes(cast("VisitorRequest", request), now=now)))


@sensitive_variables("typed")
def holder_of(request: HttpRequest, typed: str, now: datetime) -> Person:
    """Who holds the card of this code; that staff looked it up is in the access log (P08). Raises `EntryRefused`."""
    code = code_typed(request, typed=typed, now=now)
    log_access(user=request.user, kind="galleries.logincode", object_id=code.pk, action="open", now=now)
    return Person(code_ids=frozenset({code.pk}))
