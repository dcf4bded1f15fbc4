"""A pen that draws smooth shapes in a figure's own units, wherever and however large the figure stands."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL.ImageDraw import ImageDraw

from .figures import Colour

Point = tuple[float, float]
_STEPS = 10


@dataclass(frozen=True)
class Pen:
    """Units: the head is a circle of about 1 around (0, 0); `unit` is its pixels; `tilt` turns around the neck."""

    draw: ImageDraw
    x: float
    y: float
    unit: float
    tilt: float = 0.0

    def upright(self) -> "Pen":
        """The same pen for the body, which does not tilt with the head."""
        return replace(self, tilt=0.0)

    def place(self, point: Point) -> Point:
        """Pixels of a point in units."""
        px, py = point[0], point[1] - _NECK
        sin, cos = math.sin(self.tilt), math.cos(self.tilt)
        return (self.x + self.unit * (px * cos - py * sin), self.y + self.unit * (px * sin + py * cos + _NECK))

    def blob(self, points: Sequence[Point], fill: Colour) -> None:
        """A closed smooth shape through the points."""
        self.draw.polygon([self.place(p) for p in _smooth(points, closed=True)], fill=fill)

    def mirrored(self, half: Sequence[Point], fill: Colour) -> None:
        """A closed smooth shape: the right half as given, from top to bottom, and its mirror image."""
        left = [(-x, y) for x, y in reversed(half) if x > 0]
        self.blob([*half, *left], fill)

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        """A shape with straight sides."""
        self.draw.polygon([self.place(p) for p in points], fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """A filled oval."""
        turn = [math.tau * step / 36 for step in range(36)]
        self.polygon([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in turn], fill)

    def ring(self, x: float, y: float, radius: float, width: float, fill: Colour) -> None:
        """The outline of a circle."""
        turn = [math.tau * step / 36 for step in range(37)]
        self.line([(x + radius * math.cos(a), y + radius * math.sin(a)) for a in turn], width, fill)

    def line(self, points: Sequence[Point], width: float, fill: Colour) -> None:
        """A smooth stroke through the points, with round ends."""
        path = [self.place(p) for p in _smooth(points, closed=False)]
        thick = max(1, round(width * self.unit))
        self.draw.line(path, fill=fill, width=thick, joint="curve")
        for x, y in (path[0], path[-1]):
            r = thick / 2
            self.draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)


_NECK = 1.2


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """`one` with `part` (0 to 1) of `other` in it."""
    return (
        round(one[0] + (other[0] - one[0]) * part),
        round(one[1] + (other[1] - one[1]) * part),
        round(one[2] + (other[2] - one[2]) * part),
    )


def _smooth(points: Sequence[Point], *, closed: bool) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    last = count if closed else count - 1
    path: list[Point] = []
    for i in range(last):
        if closed:
            a, b, c, d = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        path.extend(_between(a, b, c, d, step / _STEPS) for step in range(_STEPS))
    return path if closed else [*path, points[-1]]


def _between(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def axis(k: int) -> float:
        return 0.5 * (
            2 * b[k]
            + (c[k] - a[k]) * t
            + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
            + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t**3
        )

    return (axis(0), axis(1))
