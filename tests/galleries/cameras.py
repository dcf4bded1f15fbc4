"""Small JPEGs as cameras, editors and attackers write them."""

import io
import random
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageDraw

from galleries import jpeg

NEEDLE = b"NEEDLE-in-a-photo"
WATERMARK = "JKreeft.com"
# Top left, top right, bottom right, bottom left, as the eye should see them.
CORNERS = ((200, 40, 40), (40, 180, 60), (50, 70, 200), (230, 210, 60))
# How the stored pixels lie when the camera was held so that the EXIF orientation says this.
AS_STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def corners(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Four colours, so that it shows which side is up."""
    picture = Image.new("RGB", size)
    pen = ImageDraw.Draw(picture)
    width, height = size
    boxes = [
        (0, 0, width // 2, height // 2),
        (width // 2, 0, width, height // 2),
        (width // 2, height // 2, width, height),
        (0, height // 2, width // 2, height),
    ]
    for box, colour in zip(boxes, CORNERS, strict=True):
        pen.rectangle(box, fill=colour)
    return picture


def noise(size: tuple[int, int], seed: int = 0) -> Image.Image:
    rng = random.Random(seed)
    return Image.frombytes("RGB", size, rng.randbytes(3 * size[0] * size[1]))


def saved(picture: Image.Image, **options: Any) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", **({"quality": 92} | options))
    return target.getvalue()


def held(upright: Image.Image, orientation: int, **options: Any) -> bytes:
    """The file a camera held like this writes of what looks like `upright`."""
    turn = AS_STORED.get(orientation)
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(upright if turn is None else upright.transpose(turn), exif=exif, **options)


def talkative(orientation: int = 6) -> bytes:
    """A file that says in every place there is who made it, where, and of whom: EXIF with GPS, serial number and an
    embedded picture, XMP, a comment, a colour profile's description, a maker's segment, and bytes behind its end."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = exif[0x013B] = NEEDLE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 45.0, 12.0), 29: NEEDLE.decode()})
    exif.get_ifd(0x8769).update({0xA431: NEEDLE.decode(), 0x927C: NEEDLE})
    plain = saved(corners(), exif=exif, comment=NEEDLE, icc_profile=profile())
    extra = [segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + NEEDLE), segment(0xED, NEEDLE), segment(0xFE, NEEDLE)]
    embedded = segment(0xE2, b"MPF\0" + NEEDLE + saved(corners((32, 32))))
    return plain[:2] + b"".join(extra) + embedded + plain[2:] + saved(corners((64, 64)), comment=NEEDLE)


def profile(*, description: bytes = NEEDLE) -> bytes:
    """A wide colour space with a description of our own."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # LittleCMS writes its descriptions as UTF-16; the needle takes the place of its copyright, which nothing reads.
    at = made.index("No copyright".encode("utf-16-be"))
    made[at : at + len(description)] = description
    return bytes(made)


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2, "big") + payload


def resized_header(data: bytes, width: int, height: int) -> bytes:
    """The same bytes, claiming another size."""
    frame = next(part for part in jpeg.parts(data) if part.marker in {0xC0, 0xC1, 0xC2})
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return data[: frame.start + 5] + size + data[frame.start + 9 :]


def shoot(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder with these files in it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
