"""The photo that comes with a complaint: looked at before it is decoded, made smaller, and written anew, so that
nothing is kept of what a phone wrote beside it (place, moment, serial number). Pure: no Django."""

import io
import struct
from typing import IO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 15_000_000
# A phone's largest; more is a mistake or an attack, and is never decoded.
MAX_PIXELS = 60_000_000
EDGE = 2000
QUALITY = 85
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, struct.error, Image.DecompressionBombError, MemoryError)


class NotAPicture(Exception):
    """The file is no photo we can look at: another type, broken, or far too large."""


def clean_picture(file: IO[bytes]) -> bytes:
    """The picture as a JPEG of our own making, upright and at most `EDGE` pixels long. What the file is called and says
    it is counts for nothing: its bytes do. Raises NotAPicture."""
    if file.seek(0, io.SEEK_END) > MAX_BYTES:
        raise NotAPicture
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise NotAPicture
            opened.draft("RGB", (EDGE, EDGE))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((EDGE, EDGE))
            plain = Image.new("RGB", upright.size, "white")
            plain.paste(upright, mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    except _BROKEN as error:
        raise NotAPicture from error
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
