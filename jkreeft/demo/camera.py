"""The camera: a scene becomes a JPEG of 6000 x 4000 pixels with everything a real camera writes into it."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PIL.Image import Resampling, Transpose

_ORIENTATION, _MAKE, _MODEL, _TAKEN_BY, _TAKEN_AT, _GPS = 0x0112, 0x010F, 0x0110, 0x013B, 0x0132, 0x8825
_QUALITY = 88
_ENLARGE = 2

# How the sensor's frame lies for each EXIF orientation: what was done to the upright picture.
_TURNS: dict[int, Transpose | None] = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}
UPRIGHT, LYING = (6, 8, 5, 7), (1, 3, 2, 4)


@dataclass(frozen=True)
class Marks:
    """What the camera writes beside the pixels, and what may never reach a parent or a download."""

    taken_at: str
    photographer: str = "Demo Fotograaf"
    comment: str = "camera serial 000-DEMO"


def orientation_for(image: Image.Image, *, turn: int) -> int:
    """An EXIF orientation that fits the picture: upright ones lie on their side in a landscape sensor."""
    return (UPRIGHT if image.height > image.width else LYING)[turn % 4]


def shoot(image: Image.Image, path: Path, *, orientation: int, marks: Marks) -> None:
    """Write the upright `image` as the camera would: enlarged to the sensor, turned, with EXIF, GPS and a comment.

    The same picture always gives the same bytes. The file appears whole or not at all.
    """
    turn = _TURNS[orientation]
    frame = image if turn is None else image.transpose(turn)
    # Drawn at half size, so plain doubling is enough: a preview never shows a single pixel of the sensor.
    frame = frame.resize((frame.width * _ENLARGE, frame.height * _ENLARGE), Resampling.NEAREST)
    partial = path.with_suffix(".part")
    frame.save(partial, "JPEG", quality=_QUALITY, exif=_exif(orientation, marks), comment=marks.comment.encode())
    partial.rename(path)


def _exif(orientation: int, marks: Marks) -> Image.Exif:
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif[_MAKE] = "Demo"
    exif[_MODEL] = "Demo 6000"
    exif[_TAKEN_BY] = marks.photographer
    exif[_TAKEN_AT] = marks.taken_at
    # Somewhere in the Haringvliet: no school stands there.
    exif.get_ifd(_GPS).update({1: "N", 2: (51.0, 46.0, 30.0), 3: "E", 4: (4.0, 10.0, 12.0)})
    return exif
