"""Money is whole cents, everywhere. Pure: no database, no clock."""

from django.utils.translation import get_language


def format_cents(cents: int) -> str:
    """`cents` as the reader's language writes money: "€ 12,50" in Dutch, "€12.50" in English.

    The space is one that no line breaks at: an amount stays with its sign.
    """
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    amount = f"{euros:,}.{rest:02d}"
    if (get_language() or "").startswith("en"):
        return f"{sign}€{amount}"
    dutch = amount.translate(str.maketrans(",.", ".,"))
    return f"{sign}€\N{NO-BREAK SPACE}{dutch}"


def vat_inside(total_cents: int, rate: int) -> int:
    """The VAT in cents contained in `total_cents` (VAT included), halves rounded up.

    `rate` is percent times hundred: 2100 is 21 %. Raises ValueError for a negative total or rate (L17).
    """
    if total_cents < 0 or rate < 0:
        raise ValueError("VAT is taken from an amount of zero or more, at a rate of zero or more.")
    whole = 10_000 + rate
    return (2 * total_cents * rate + whole) // (2 * whole)
