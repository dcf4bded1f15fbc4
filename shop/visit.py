"""What the shop keeps in a session: how full the basket is, and which orders this browser may open."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from common.periods import Bound, due
from common.requests import VisitorRequest, end_visit_by
from galleries.access import SESSION_PERIOD, OpenCode

from .basket import Basket

# More orders than one visit places; it bounds the session.
ORDERS_PER_SESSION = 20


def remember_basket(request: VisitorRequest, basket: Basket) -> int:
    """Put the number of lines in the header, without a query on other pages; returns how many went unasked since."""
    before: int = request.session.get("basket_count", 0)
    # What waits for a decision about its photo is still in the basket, which says so.
    count = len(basket.lines) + len(basket.withheld)
    if before != count:
        request.session["basket_count"] = count
    return max(0, before - count)


def count_lines(request: VisitorRequest, *, by: int) -> None:
    """Keep the number in the header right after a line was put in or taken out."""
    request.session["basket_count"] = max(0, request.session.get("basket_count", 0) + by)


def empty_basket(request: VisitorRequest, *, left: int) -> None:
    """The basket became an order; so many lines in it wait for a decision about their photo."""
    request.session["basket_count"] = left


def remember_order(request: VisitorRequest, public_id: UUID, *, now: datetime) -> None:
    """Let this browser open an order until its session ends: 21 days, however often it is used (RT30)."""
    session = request.session
    if not session.get("codes") and not session.get("orders"):
        end_visit_by(session, due(now, SESSION_PERIOD, Bound.AT_MOST), now=now)
    known: list[str] = session.get("orders", [])
    if str(public_id) not in known:
        session["orders"] = [*known, str(public_id)][-ORDERS_PER_SESSION:]


def may_open(request: VisitorRequest, public_id: UUID) -> bool:
    """Whether this browser placed the order or came by the link in its mail."""
    return str(public_id) in request.session.get("orders", [])


def ids(codes: Collection[OpenCode]) -> list[int]:
    """The row ids of the open codes."""
    return [code.id for code in codes]
