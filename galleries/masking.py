"""Making somebody on a photo unrecognisable: a rectangle of it is reduced to a few blocks and blurred, at full size, so
that nothing of the face is left in any copy. Pure: no Django, no storage."""

import io
from dataclasses import dataclass

from PIL import Image, ImageFilter

from . import renditions

# So many blocks along the longer side of the rectangle; a face of six blocks is nobody's.
BLOCKS = 6
# What the photo is kept at: it is printed from.
QUALITY = 93


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in percent of the upright photo, from its left and top edge."""

    left: float
    top: float
    width: float
    height: float

    def pixels(self, size: tuple[int, int]) -> tuple[int, int, int, int]:
        """The rectangle in pixels of a photo of this size: never smaller than was drawn, never beyond the photo."""
        across, down = size
        left, top = int(across * self.left / 100), int(down * self.top / 100)
        right = -int(-across * (self.left + self.width) // 100)
        bottom = -int(-down * (self.top + self.height) // 100)
        return left, top, min(right, across), min(bottom, down)


def mask(data: bytes, box: Box) -> bytes:
    """The same JPEG photo, upright and without metadata, with what is inside `box` made unrecognisable for good.
    Raises `galleries.renditions.RefusedImageError`."""
    frame = renditions.whole(data)
    area = box.pixels(frame.size)
    piece = frame.crop(area)
    longest = max(piece.size)
    few = tuple(max(1, round(side * BLOCKS / longest)) for side in piece.size)
    # The mean of each block: what was inside it cannot be found again.
    blocks = piece.resize((few[0], few[1]), Image.Resampling.BOX).resize(piece.size, Image.Resampling.NEAREST)
    frame.paste(blocks.filter(ImageFilter.GaussianBlur(longest / (4 * BLOCKS))), area[:2])
    frame.info.clear()
    out = io.BytesIO()
    frame.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()
