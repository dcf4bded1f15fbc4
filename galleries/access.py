"""Who may see which gallery: the code entry, the codes of a session, and the cookie image addresses are bound to.

A session holds the codes that were entered in it (one family, several cards) for 21 days from the first, however
often it is used (RT30, A14). The code itself is never kept here, only the ids of its row.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from common.keys import digest_candidates
from common.periods import Bound, Period, due
from common.requests import VisitorRequest, client_address, end_visit_by
from privacy.people import CodeRefused

from .actions.codes import CODE_DIGEST, note_use
from .codes import parse
from .models import LoginCode, RemovalCase
from .proofs import VIEWER, VIEWER_COOKIE
from .querysets import any_restriction
from .throttle import Throttle, ThrottleUnavailable

SESSION_PERIOD = Period(days=21)
# More cards than a family or a teacher opens in one visit; it bounds the session and the query.
CODES_PER_SESSION = 20


class EntryRefused(CodeRefused):
    """The code was not accepted. `message` says what to do, `status` how the answer is sent."""

    message = _("This code does not open any photos. Check it on your card, or ask us for help.")
    status = 422


class Typo(EntryRefused):
    """The check character does not fit: nothing was looked up or counted."""

    message = _("There is a typo in this code. Compare it with your card: ten letters and digits.")


class TooManyTries(EntryRefused):
    """This code or this address tried too often."""

    message = _("There were too many tries with a wrong code. Wait fifteen minutes, or ask us for help.")
    status = 429


class CannotCheck(EntryRefused):
    """The counters against guessing are out of reach, so no code is checked."""

    message = _("We cannot check codes at this moment. Try again in a few minutes.")
    status = 503


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A code of this session that opens photos now, with what a page needs of its row."""

    id: int
    public_id: UUID
    subject_id: int
    number: str
    group_id: int | None
    group_name: str
    assignment_id: int
    revision: int
    expires_at: datetime | None
    # Whether its holder asked us to take a group photo away, now or before.
    has_asked: bool
    # Whether anything at all is restricted: then a kept page is not trusted.
    restrictions: bool


@sensitive_variables("typed", "code")
def enter_code(request: VisitorRequest, *, typed: str, now: datetime) -> UUID:
    """Let this session in with a code and return the public id of its row (P25).

    Raises what `code_typed` does.
    """
    row = code_typed(request, typed=typed, now=now)
    open_saved(request, row, now=now)
    return row.public_id


@sensitive_variables("typed", "code")
def code_typed(request: HttpRequest, *, typed: str, now: datetime) -> LoginCode:
    """The row of a code as somebody typed it, by the visitor or by staff for them; each try counts alike.

    Raises `Typo`, `TooManyTries`, `CannotCheck`, or `EntryRefused` for wrong, revoked and expired alike: one path, one
    query, one answer.
    """
    code = parse(typed)
    if code is None:
        raise Typo
    throttle = Throttle(code=code, address=client_address(request))
    try:
        if throttle.is_shut():
            raise TooManyTries
        row = LoginCode.objects.open(now).with_digest(digest_candidates(CODE_DIGEST, code)).first()
        if row is None:
            throttle.count_failure(now=now)
            raise EntryRefused
    except ThrottleUnavailable as error:
        raise CannotCheck from error
    return row


def open_saved(request: VisitorRequest, row: LoginCode, *, now: datetime) -> None:
    """Let this session in with a code that its account keeps: the same visit as if it was typed (P44)."""
    _remember(request, row, now=now)
    if row.last_used_at is None or row.last_used_at <= now - timedelta(days=1):
        note_use(code_id=row.pk, now=now)


def open_codes(request: HttpRequest, *, now: datetime) -> list[OpenCode]:
    """The codes of this session that open something now, in the order they were entered. One query, or none."""
    ids: list[int] = request.session.get("codes", [])
    if not ids:
        return []
    rows = (
        LoginCode.objects.open(now)
        .filter(pk__in=ids)
        .values_list(
            "pk",
            "public_id",
            "subject_id",
            "subject__number",
            "subject__group_id",
            Coalesce("subject__group__name", Value("")),
            "subject__assignment_id",
            "subject__assignment__revision",
            "expires_at",
            Exists(RemovalCase.objects.filter(code=OuterRef("pk"))),
            Exists(any_restriction()),
        )
    )
    return sorted((OpenCode(*row) for row in rows), key=lambda code: ids.index(code.id))


def entered_at(request: VisitorRequest) -> datetime:
    """When the first code of this session was entered: its three weeks, and those of its baskets, count from there,
    however late the others came and however early the session ends (A14)."""
    return datetime.fromisoformat(request.session["entered_at"])


def was_opened_here(request: HttpRequest, public_id: UUID) -> bool:
    """Whether this code was entered in this session, even if it opens nothing any more."""
    return str(public_id) in request.session.get("galleries", [])


def viewer_of(request: HttpRequest) -> str:
    """The random cookie of this browser, to which image addresses are bound; "" when it has none."""
    value = request.COOKIES.get(VIEWER_COOKIE, "")
    return value if VIEWER.fullmatch(value) else ""


def new_viewer() -> str:
    """A fresh value for that cookie."""
    return secrets.token_hex(16)


def set_viewer(request: HttpRequest, response: HttpResponse, viewer: str, *, now: datetime) -> None:
    """Give this browser its cookie, for as long as the session lives."""
    response.set_cookie(
        VIEWER_COOKIE,
        viewer,
        max_age=request.session.get_expiry_age(modification=now),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def leave(request: HttpRequest, response: HttpResponse) -> None:
    """Forget this visit, in our session and in the browser: a library computer keeps no child's photo."""
    request.session.flush()
    response.delete_cookie(VIEWER_COOKIE, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'


def _remember(request: VisitorRequest, row: LoginCode, *, now: datetime) -> None:
    session = request.session
    ids: list[int] = session.get("codes", [])
    session.cycle_key()
    if not ids:
        session["entered_at"] = now.isoformat()
        end_visit_by(session, due(now, SESSION_PERIOD, Bound.AT_MOST), now=now)
    if row.pk not in ids:
        session["codes"] = [*ids, row.pk][-CODES_PER_SESSION:]
        session["galleries"] = [*session.get("galleries", []), str(row.public_id)][-CODES_PER_SESSION:]
