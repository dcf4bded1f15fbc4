"""How long the shop keeps what, as data. Pure: the rules (`retention.py`) and every date shown to a person read the
same constants, so a due date on a page is the date the night uses.
"""

from datetime import date, datetime

from common.periods import Bound, Period, due, year_end

# RT05, A14, P52: a draft order, from the code entry that opened it.
DRAFT = Period(days=21)
# RT06, A11: an order nobody paid, and then its stub.
UNPAID = Period(days=21)
STUB = Period(days=60)
# RT07, RT08, P43: salutation and phone, and what the books never need.
EXTRAS = Period(months=6)
# RT09: a copy to print, 30 days after delivery; delivery counts as at the latest three months after payment.
PRINT_COPY = Period(days=30)
LATEST_DELIVERY = Period(months=3)
# RT29: a guest's bought file, from payment.
DOWNLOAD = Period(days=30)
# RT10, A10, L15: the books, from the end of the financial year.
BOOKS = Period(months=7 * 12)
BOOKS_WITH_OSS = Period(months=10 * 12)
# The demo provider's own books.
DEMO_PAYMENT = Period(days=30)


def books_period(*, uses_oss: bool) -> Period:
    """How long the books are kept: seven years, ten for a shop that uses the one stop shop (L15)."""
    return BOOKS_WITH_OSS if uses_oss else BOOKS


def draft_ends(opened_at: datetime) -> datetime:
    """Until when a basket opened at `opened_at` is kept (RT05)."""
    return due(opened_at, DRAFT, Bound.AT_MOST)


def unpaid_ends(placed_at: datetime) -> datetime:
    """Until when an order waits for its payment (RT06)."""
    return due(placed_at, UNPAID, Bound.AT_MOST)


def download_ends(paid_at: datetime) -> datetime:
    """Until when a bought file can be downloaded (RT29)."""
    return due(paid_at, DOWNLOAD, Bound.AT_MOST)


def file_ends(purpose: str, kept_from: datetime) -> datetime:
    """Until when the order's own copy of a photo is kept, by what it was made for (RT09, RT29)."""
    return due(kept_from, PRINT_COPY if purpose == "print" else DOWNLOAD, Bound.AT_MOST)


def print_kept_from(*, paid_at: datetime, delivered_at: datetime | None) -> datetime:
    """From when the thirty days of a print copy count: delivery, at the latest three months after payment (RT09)."""
    latest = due(paid_at, LATEST_DELIVERY, Bound.AT_MOST)
    return latest if delivered_at is None else min(delivered_at, latest)


def later_year_end(known: date, day: date) -> date:
    """The later of a known end of a financial year and the end of the year `day` falls in (A10)."""
    return max(known, year_end(day))


def archived_at(placed_at: datetime) -> datetime:
    """From when an order is in the fiscal archive: six months after it was placed (A12)."""
    return due(placed_at, EXTRAS, Bound.AT_MOST)
