import io

import pytest
from PIL import Image


@pytest.fixture
def phone_photo() -> bytes:
    """A small JPEG as a phone writes it: on its side, with a place and a maker in it."""
    image = Image.new("RGB", (64, 48), "teal")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "NEEDLE-PHONE"
    exif.get_ifd(0x8825)[2] = (51.0, 45.0, 30.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"NEEDLE-COMMENT")
    return out.getvalue()
