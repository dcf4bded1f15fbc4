"""Pictures we draw ourselves. Pure: no database, no Django."""

import segno


def qr_picture(text: str) -> str:
    """A QR code as SVG markup without any inline style, so the strict policy lets it through."""
    drawn: str = segno.make(text, error="m", micro=False).svg_inline(scale=6, border=4, light="#fff", dark="#000")
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
