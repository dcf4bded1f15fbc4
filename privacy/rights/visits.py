"""An address proven by a mailed link, for the hour its page stays open; and what somebody asked in this visit."""

from datetime import datetime

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from common.requests import VisitorRequest, end_visit_by
from privacy.people import Person

from .deadlines import VISIT

REQUESTS_PER_SESSION = 20


def open_address(request: VisitorRequest, email: str, *, now: datetime) -> None:
    """Let this browser see what we hold about an address. A visit that held nothing else ends with it."""
    session = request.session
    session.cycle_key()
    end = now + VISIT
    if not session.get("codes") and "_auth_user_id" not in session:
        end_visit_by(session, end, now=now)
    session["address"] = {"email": email.lower(), "until": end.isoformat()}


def close_address(request: VisitorRequest) -> None:
    """Forget the address, and what was asked with it."""
    request.session.pop("address", None)
    request.session.pop("requests", None)


def proven_address(request: HttpRequest, now: datetime) -> Person:
    """The address that this visit proved by a mailed link, while its hour lasts."""
    said = request.session.get("address", {})
    until = parse_datetime(said.get("until", ""))
    return Person(email=said["email"]) if until and now < until else Person()


def account_of(request: HttpRequest, now: datetime) -> Person:
    """The account this visit is in with."""
    return Person(user_id=request.user.pk) if request.user.is_authenticated else Person()


def remember_request(request: VisitorRequest, public_id: object) -> None:
    """Show a request on the page of the visit it was made in, whatever becomes of the proof."""
    known: list[str] = request.session.get("requests", [])
    if str(public_id) not in known:
        request.session["requests"] = [*known, str(public_id)][-REQUESTS_PER_SESSION:]
