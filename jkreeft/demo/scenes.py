"""Scenes: one figure before a studio backdrop, or a group in rows. Drawn at half the camera's size."""

from dataclasses import dataclass
from hashlib import shake_128

from PIL import Image, ImageChops, ImageDraw, ImageOps

from .clothes import draw_body
from .face import EXPRESSIONS, draw_face
from .figures import Colour, Figure, pick
from .hair import draw_back, draw_front
from .pen import Pen

LONG, SHORT = 3000, 2000

# Middle and edge of a backdrop.
BACKDROPS: tuple[tuple[Colour, Colour], ...] = (
    ((240, 222, 198), (186, 150, 120)),
    ((214, 222, 214), (138, 154, 148)),
    ((236, 208, 186), (170, 118, 96)),
    ((212, 218, 228), (130, 142, 164)),
    ((232, 224, 208), (160, 146, 124)),
    ((226, 206, 208), (150, 116, 126)),
)


@dataclass(frozen=True)
class Pose:
    """How somebody stands: where the head is (parts of the frame), its size, its tilt and its expression."""

    x: float
    y: float
    size: float
    tilt: float
    expression: str


def portrait(figure: Figure, *, shot: int, seed: str) -> Image.Image:
    """One figure; each shot has its own frame, backdrop, tilt and expression. Every third one is landscape."""
    lying = shot % 4 == 2
    size = (LONG, SHORT) if lying else (SHORT, LONG)
    image = _backdrop(size, (pick(seed, "backdrop", len(BACKDROPS)) + shot) % len(BACKDROPS))
    near = shot % 2 == 1
    pose = Pose(
        x=(0.36 if shot % 8 == 2 else 0.64) if lying else 0.5 + 0.03 * (pick(seed, f"x{shot}", 3) - 1),
        y=0.4 if lying or not near else 0.43,
        size=0.31 if near and not lying else 0.25,
        tilt=0.045 * (pick(seed, f"tilt{shot}", 5) - 2),
        expression=EXPRESSIONS[(pick(seed, "expression", 4) + shot) % 4],
    )
    _person(image, figure, pose)
    return image


def group(rows: list[list[Figure]], *, seed: str) -> Image.Image:
    """Rows of figures, the tallest row at the back, all looking into the same light."""
    image = _backdrop((LONG, SHORT), pick(seed, "backdrop", len(BACKDROPS)))
    for depth, row in enumerate(rows):
        size = 0.105 + 0.012 * depth
        y = 0.27 + (0.34 if len(rows) == 2 else 0.22) * depth
        step = min(0.8 / max(len(row), 1), 0.185)
        for position, figure in enumerate(row):
            name = f"{seed}/{depth}/{position}"
            pose = Pose(
                x=0.5 + step * (position - (len(row) - 1) / 2),
                y=y - (0.045 if figure.adult else 0.0) + 0.006 * (pick(name, "height", 5) - 2),
                size=size * (1.06 if figure.adult else 1.0),
                tilt=0.035 * (pick(name, "tilt", 5) - 2),
                expression=EXPRESSIONS[pick(name, "expression", 4)],
            )
            _person(image, figure, pose)
    return image


def _person(image: Image.Image, figure: Figure, pose: Pose) -> None:
    unit = pose.size * SHORT
    pen = Pen(ImageDraw.Draw(image), pose.x * image.width, pose.y * image.height, unit, pose.tilt)
    draw_back(pen, figure)
    draw_body(pen.upright(), figure)
    draw_face(pen, figure, pose.expression)
    draw_front(pen, figure)


def _backdrop(size: tuple[int, int], which: int) -> Image.Image:
    """A painted canvas: light in the middle, darker to the edges, a little uneven as cloth is."""
    middle, edge = BACKDROPS[which]
    small = (size[0] // 10, size[1] // 10)
    coarse = (small[0] // 24, small[1] // 24)
    light = Image.radial_gradient("L").resize(small, Image.Resampling.BILINEAR)
    # Always the same unevenness: a second run must make the same bytes, or the import would take them for new photos.
    grain = Image.frombytes("L", coarse, shake_128(b"%d" % which).digest(coarse[0] * coarse[1]))
    cloth = grain.point([96 + value // 4 for value in range(256)]).resize(small, Image.Resampling.BICUBIC)
    canvas = ImageOps.colorize(ImageChops.add(light, cloth, offset=-128), black=middle, white=edge)
    return canvas.resize(size, Image.Resampling.BICUBIC)
