"""VAT rates of the Netherlands, by the day they hold from. Pure.

A new rate is a new line here; an order keeps the rate of its own day (L18: which product carries which rate is the
accountant's answer and stands on the product).
"""

from datetime import date

# Percent times hundred. Oldest first.
RATES: dict[str, tuple[tuple[date, int], ...]] = {
    "standard": ((date(2001, 1, 1), 1900), (date(2012, 10, 1), 2100)),
    "reduced": ((date(2001, 1, 1), 600), (date(2019, 1, 1), 900)),
}


def rate_on(kind: str, day: date) -> int:
    """The rate of `kind` ("standard" or "reduced") on the local date `day`, percent times hundred.

    Raises LookupError for an unknown kind or a day before the first rate we know.
    """
    for start, rate in reversed(RATES[kind]):
        if start <= day:
            return rate
    raise LookupError("There is no VAT rate for this day.")
