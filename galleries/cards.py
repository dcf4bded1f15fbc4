"""What stands on a code card: the typed code, and the same as a QR. Pure: no database, no Django."""

from dataclasses import dataclass

import segno

from .codes import entry_link, written


@dataclass(frozen=True, slots=True)
class Card:
    """One card for one subject. `qr` is SVG markup without any inline style, so the strict policy lets it through."""

    number: str
    group: str
    code: str
    qr: str


def make_card(*, number: str, group: str, code: str, site_url: str) -> Card:
    """The card of a code as `reprint` gives it; the QR opens the site with the code in the fragment, which no server
    logs (P25)."""
    image = segno.make(entry_link(site_url, code), error="m", micro=False)
    return Card(number=number, group=group, code=written(code), qr=image.svg_inline(omitsize=True, svgclass="qr"))
