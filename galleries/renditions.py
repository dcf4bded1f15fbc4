"""Thumbnail and watermarked preview of a camera's JPEG, from one scaled decode. Pure: no Django, so that the spawned
workers start fast and small.

Entropy decoding is the floor of the cost; everything after it works on the smallest frame that is sharp enough:
libjpeg scales by 1/2, 1/4 or 1/8 while it decodes, and a frame whose long edge falls between 1400 and 1600 pixels
(1/4 of 6000) is the preview as it is. Orientation is applied after the shrink, the watermark is pasted only where it
has ink, and the thumbnail comes from the same frame.
"""

import io
import random
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import IO, cast

from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFont
from PIL.JpegImagePlugin import JpegImageFile

from . import jpeg

THUMBNAIL_EDGE = 400
PREVIEW_EDGES = (1400, 1600)
QUALITY = 82

# What a file may ask of a worker. A larger one is a mistake or an attack: cameras stay far below.
MAX_BYTES = 80_000_000
MAX_PIXELS = 89_000_000  # just under where Pillow itself warns of a bomb
# A picture in several scans has to be held whole, two bytes a coefficient, and every scan passes over all of it.
MAX_COEFFICIENT_BYTES = 160_000_000
MAX_SCANS = 40
MAX_PROFILE_BYTES = 4_000_000

# The watermark, in pixels of the preview.
FONT_SIZE, RIM, GAP, CELL, SLANT = 30, 1, 6, 90, 20
INK_ALPHA, RIM_ALPHA = 120, 90
_Cell = tuple[int, int, Image.Image, Image.Image]

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refusal(StrEnum):
    """Why a file becomes no photo."""

    EMPTY = "empty"
    NOT_JPEG = "not_jpeg"
    UNSUPPORTED = "unsupported"
    DAMAGED = "damaged"
    TRUNCATED = "truncated"
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    TOO_SLOW = "too_slow"
    UNREADABLE = "unreadable"


class RefusedImageError(Exception):
    """The file is not, or not wholly, a picture a camera makes."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Renditions:
    """Width and height of the upright original in pixels, and the two smaller copies as JPEG files."""

    width: int
    height: int
    thumbnail: bytes
    preview: bytes


def render(data: bytes, *, watermark: str) -> Renditions:
    """Thumbnail (400 px) and preview (1400-1600 px, smaller where the original is) of one JPEG file, upright, in sRGB,
    without any metadata; `watermark` is written over the whole preview. Raises `RefusedImageError`."""
    header = check(data)
    frame = upright(decode(data, header), header)
    thumbnail = encode(shrink(frame, THUMBNAIL_EDGE))
    stamp(frame, watermark)
    turned = header.orientation > 4
    width, height = (header.height, header.width) if turned else (header.width, header.height)
    return Renditions(width=width, height=height, thumbnail=thumbnail, preview=encode(frame))


def check(data: bytes) -> jpeg.Header:
    """The header of a file that is what its name says and asks for no more than a camera's picture would; nothing is
    decoded yet. Raises `RefusedImageError`."""
    if not data:
        raise RefusedImageError(Refusal.EMPTY)
    if len(data) > MAX_BYTES:
        raise RefusedImageError(Refusal.TOO_LARGE)
    if not data.startswith(b"\xff\xd8\xff"):
        raise RefusedImageError(Refusal.NOT_JPEG)
    try:
        header = jpeg.read_header(data)
        _check_demands(data, header)
    except jpeg.TruncatedJpegError as error:
        raise RefusedImageError(Refusal.TRUNCATED) from error
    except jpeg.JpegError as error:
        raise RefusedImageError(Refusal.DAMAGED) from error
    if data.rfind(b"\xff\xd9") < header.scan_start:
        raise RefusedImageError(Refusal.TRUNCATED)
    return header


def decode(data: bytes, header: jpeg.Header) -> Image.Image:
    """The picture as it lies in the file, in RGB (the file's own profile taken into account), its long edge within
    the preview's band or below. Raises `RefusedImageError` for pixels that are missing or make no sense."""
    frame = _decode(data, header)
    # A picture in several scans that lost the end of one is whole everywhere, only less fine: always look.
    if (header.coefficient_bytes or _may_be_padded(frame)) and _is_padded(data, header, frame):
        raise RefusedImageError(Refusal.TRUNCATED)
    frame = _to_srgb(frame, header.icc)
    return shrink(frame, PREVIEW_EDGES[1])


def whole(data: bytes) -> Image.Image:
    """The picture at its full size, upright, in RGB, with nothing of the file but its pixels. Raises
    `RefusedImageError`."""
    header = check(data)
    return upright(_to_srgb(_decode(data, header, at_full_size=True), header.icc), header)


def upright(frame: Image.Image, header: jpeg.Header) -> Image.Image:
    """`frame` as the camera was held."""
    turn = _TURNS.get(header.orientation)
    return frame if turn is None else frame.transpose(turn)


def shrink(frame: Image.Image, edge: int) -> Image.Image:
    """`frame` with its long edge at most `edge` pixels; never larger than it was."""
    long = max(frame.size)
    if long <= edge:
        return frame
    width, height = (max(1, round(side * edge / long)) for side in frame.size)
    return frame.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=1.5)


def stamp(frame: Image.Image, text: str) -> None:
    """Write `text` all over `frame`, in place: light letters with a dark rim, so that they show on any picture."""
    cells, (step_x, step_y) = _watermark(text)
    for top in range(0, frame.height, step_y):
        for left in range(0, frame.width, step_x):
            for x, y, ink, mask in cells:
                if left + x < frame.width and top + y < frame.height:
                    frame.paste(ink, (left + x, top + y), mask)


def encode(frame: Image.Image) -> bytes:
    """`frame` as a JPEG file that holds pixels and nothing else."""
    # Pillow writes back the comment it read; a frame without what was read beside the pixels has none.
    frame.info.clear()
    target = io.BytesIO()
    frame.save(target, "JPEG", quality=QUALITY)
    return target.getvalue()


def _check_demands(data: bytes, header: jpeg.Header) -> None:
    if header.frame not in {jpeg.BASELINE, jpeg.EXTENDED, jpeg.PROGRESSIVE} or header.precision != 8:
        raise RefusedImageError(Refusal.UNSUPPORTED)
    if header.components not in {1, 3, 4}:
        raise RefusedImageError(Refusal.UNSUPPORTED)
    if header.width * header.height > MAX_PIXELS:
        raise RefusedImageError(Refusal.TOO_LARGE)
    if header.coefficient_bytes > MAX_COEFFICIENT_BYTES:
        raise RefusedImageError(Refusal.TOO_LARGE)
    if header.coefficient_bytes and jpeg.scans(data) > MAX_SCANS:
        raise RefusedImageError(Refusal.TOO_COMPLEX)


def _decode(data: bytes, header: jpeg.Header, *, at_full_size: bool = False) -> Image.Image:
    try:
        picture = JpegImageFile(cast("IO[bytes]", jpeg.Bare(data)))
        # Whole numbers of the exact shape: with a square box Pillow would choose the scale by the short edge.
        scale = 1 if at_full_size else _scale(max(picture.size))
        picture.draft(None, (max(1, picture.width // scale), max(1, picture.height // scale)))
        picture.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise RefusedImageError(Refusal.TRUNCATED if "truncated" in str(error) else Refusal.DAMAGED) from error
    return picture


def _scale(long_edge: int) -> int:
    return next((scale for scale in (8, 4, 2) if -(-long_edge // scale) >= PREVIEW_EDGES[0]), 1)


def _may_be_padded(frame: Image.Image) -> bool:
    # Where coded pixels end too soon, libjpeg fills up with the middle of the range and says nothing.
    last = frame.crop((frame.width - 1, frame.height - 1, frame.width, frame.height)).tobytes()
    return all(126 <= band <= 130 for band in last)


def _is_padded(data: bytes, header: jpeg.Header, frame: Image.Image) -> bool:
    """Whether `frame` changes when more coded pixels follow: then the file had fewer than it needs."""
    *_, end = jpeg.parts(data)
    more = random.Random(0).choices(range(1, 255), k=4096)  # noqa: S311 - filling, not a secret
    longer = _decode(data[: end.start] + bytes(more) + data[end.start : end.end], header)
    return ImageChops.difference(frame, longer).getbbox() is not None


def _to_srgb(frame: Image.Image, profile: bytes) -> Image.Image:
    transform = _transform(profile, frame.mode) if 0 < len(profile) <= MAX_PROFILE_BYTES else None
    if transform is None:
        return frame if frame.mode == "RGB" else frame.convert("RGB")
    return ImageCms.applyTransform(frame, transform) or frame


@lru_cache(maxsize=8)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From a file's own colours to sRGB; None where they are sRGB already or the profile is unusable."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return None
        return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (OSError, ImageCms.PyCMSError):
        return None


@lru_cache(maxsize=2)
def _watermark(text: str) -> tuple[list[_Cell], tuple[int, int]]:
    """One tile of the watermark, cut into cells of which only those with ink are kept, and the tile's size."""
    ink, mask = _tile(text)
    cells: list[_Cell] = []
    for y in range(0, mask.height, CELL):
        for x in range(0, mask.width, CELL):
            inked = mask.crop((x, y, x + CELL, y + CELL)).getbbox()
            if inked is not None:
                box = (x + inked[0], y + inked[1], x + inked[2], y + inked[3])
                cells.append((box[0], box[1], ink.crop(box), mask.crop(box)))
    return cells, mask.size


def _tile(text: str) -> tuple[Image.Image, Image.Image]:
    font = ImageFont.load_default(FONT_SIZE)
    left, top, right, bottom = (round(side) for side in font.getbbox(text, stroke_width=RIM))
    letters = Image.new("LA", (right - left, bottom - top), (0, 0))
    pen = ImageDraw.Draw(letters)
    pen.text((-left, -top), text, font=font, fill=(0, RIM_ALPHA), stroke_width=RIM, stroke_fill=(0, RIM_ALPHA))
    pen.text((-left, -top), text, font=font, fill=(255, INK_ALPHA))
    slanted = letters.rotate(SLANT, Image.Resampling.BICUBIC, expand=True)
    # Twice in a tile, like bricks; what hangs over an edge comes back in at the other side.
    width, height = slanted.width + GAP, slanted.height + GAP
    tile = Image.new("LA", (width, 2 * height), (0, 0))
    for x, y in [(0, 0), (-width // 2, height), (width - width // 2, height)]:
        tile.paste(slanted, (x, y), slanted.getchannel("A").point(lambda alpha: 255 if alpha else 0))
    ink, mask = tile.split()
    return Image.merge("RGB", (ink, ink, ink)), mask
