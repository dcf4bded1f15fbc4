"""What makes a photo good, in numbers, and what may be kept of them: means over many subjects (P19, P20, A28).

Pure: pixels in, numbers out. The figures of one photo live in the memory of the job that measures, and nowhere else.
Each lies between 0 and 100, so that they can be read beside each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from statistics import fmean, pstdev
from typing import IO, cast

from PIL import Image, ImageFilter, ImageStat
from PIL.JpegImagePlugin import JpegImageFile

from . import jpeg
from .renditions import Refusal, RefusedImageError, check, shrink, upright

# Large enough to see what is out of focus, small enough that libjpeg skips most of the work.
EDGE = 1000
_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
_BLACK, _WHITE = 2, 253
Box = tuple[float, float, float, float]
# Parts of an upright portrait: where its subject is, and the wall on both sides of the head.
_MIDDLE: Box = (0.3, 0.15, 0.7, 0.65)
_WALL: tuple[Box, ...] = ((0.0, 0.0, 0.2, 0.35), (0.8, 0.0, 1.0, 0.35))


@dataclass(frozen=True, slots=True)
class Features:
    """One photo: how fine its middle is drawn, how even the background (100: one grey), how light it is (0 black, 100
    white), and the percentage of pixels without drawing, all black or all white."""

    sharpness: float
    background: float
    exposure: float
    clipping: float


NAMES = tuple(field.name for field in fields(Features))


@dataclass(frozen=True, slots=True)
class Summary:
    """What may be kept: how many subjects, and for each feature the mean and the spread (standard deviation) over
    them."""

    subjects: int
    means: dict[str, float]
    spreads: dict[str, float]


def measured(data: bytes) -> Features:
    """The features of one JPEG file, from its lightness alone. Raises `RefusedImageError`."""
    frame = _grey(data)
    drawn = ImageStat.Stat(_part(frame, _MIDDLE).filter(_LAPLACE)).stddev[0]
    wall = [sum(counts) for counts in zip(*(_part(frame, box).histogram() for box in _WALL), strict=True)]
    uneven = ImageStat.Stat(wall).stddev[0]
    counts = frame.histogram()
    flat = sum(counts[: _BLACK + 1]) + sum(counts[_WHITE:])
    return Features(
        sharpness=_percent(drawn / 255),
        background=_percent(1 - uneven / 127.5),
        exposure=_percent(ImageStat.Stat(frame).mean[0] / 255),
        clipping=_percent(flat / (frame.width * frame.height)),
    )


def summed_up(subjects: Sequence[Sequence[Features]], *, fewest: int) -> Summary | None:
    """Mean and spread over subjects, each of whom counts once however many photos there are of them. None below
    `fewest` subjects with a photo: then nothing may be kept (P20)."""
    people = [photos for photos in subjects if photos]
    if len(people) < fewest:
        return None
    means, spreads = {}, {}
    for name in NAMES:
        values = [fmean(getattr(photo, name) for photo in photos) for photos in people]
        means[name], spreads[name] = fmean(values), pstdev(values)
    return Summary(subjects=len(people), means=means, spreads=spreads)


def _grey(data: bytes) -> Image.Image:
    """The upright picture in grey, its long edge at most `EDGE`."""
    header = check(data)
    try:
        picture = JpegImageFile(cast("IO[bytes]", jpeg.Bare(data)))
        scale = next((scale for scale in (8, 4, 2) if max(picture.size) // scale >= EDGE), 1)
        picture.draft("L", (max(1, picture.width // scale), max(1, picture.height // scale)))
        picture.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise RefusedImageError(Refusal.DAMAGED) from error
    frame: Image.Image = picture if picture.mode == "L" else picture.convert("L")
    return upright(shrink(frame, EDGE), header)


def _part(frame: Image.Image, box: Box) -> Image.Image:
    left, top, right, bottom = box
    x, y = round(left * frame.width), round(top * frame.height)
    # At least a pixel, however small the picture.
    return frame.crop((x, y, max(x + 1, round(right * frame.width)), max(y + 1, round(bottom * frame.height))))


def _percent(share: float) -> float:
    return 100 * min(1.0, max(0.0, share))
