"""The body below the neck, in the clothes of the day."""

from collections.abc import Callable

from .figures import Figure
from .pen import Pen, mix

_DARK = (34, 26, 34)
_WHITE = (246, 240, 230)
_BOTTOM = 7.0


def draw_body(pen: Pen, figure: Figure) -> None:
    """Neck, shoulders and clothes down to the waist."""
    wide = 2.12 if figure.adult else 1.86
    shade = mix(figure.skin, (96, 44, 40), 0.26)
    pen.polygon([(-0.36, 0.6), (0.36, 0.6), (0.4, 1.7), (-0.4, 1.7)], figure.skin)
    pen.blob([(-0.36, 0.78), (0, 1.06), (0.36, 0.78), (0.39, 1.2), (0.1, 1.3), (-0.2, 1.18)], shade)
    pen.polygon([(-0.4, 1.5), (0.4, 1.5), (0.46, 1.94), (0, 2.12), (-0.46, 1.94)], figure.skin)
    _torso(pen, figure, wide)
    _DETAILS[figure.garment](pen, figure)


def _torso(pen: Pen, figure: Figure, wide: float) -> None:
    half = [(0.44, 1.5), (0.95, 1.68), (wide - 0.22, 1.98), (wide, 2.6), (wide + 0.12, 4.0), (wide + 0.1, _BOTTOM)]
    neckline = [(-0.44, 1.5), (-0.3, 1.76), (0, 1.86), (0.3, 1.76)]
    pen.blob([*half, *[(-x, y) for x, y in reversed(half)], *neckline[1:]], figure.cloth)
    fold = mix(figure.cloth, _DARK, 0.16)
    for side in (-1, 1):
        pen.line(
            [(side * (wide - 0.52), 2.75), (side * (wide - 0.44), 3.4), (side * (wide - 0.46), _BOTTOM)], 0.05, fold
        )
    # The side away from the light.
    pen.blob([(wide - 0.3, 2.05), (wide, 2.6), (wide + 0.12, 4.0), (wide + 0.1, _BOTTOM), (wide - 0.2, 4.0)], fold)


def _round_neck(pen: Pen, colour: tuple[int, int, int]) -> None:
    pen.line([(-0.46, 1.52), (-0.3, 1.78), (0, 1.88), (0.3, 1.78), (0.46, 1.52)], 0.1, colour)


def _tee(pen: Pen, figure: Figure) -> None:
    _round_neck(pen, mix(figure.cloth, _DARK, 0.2))
    pen.oval(0, 3.2, 0.5, 0.5, figure.accent)
    pen.blob([(-0.26, 3.32), (-0.06, 2.92), (0.1, 3.16), (0.2, 3.04), (0.34, 3.36)], mix(figure.accent, _WHITE, 0.55))


def _hoodie(pen: Pen, figure: Figure) -> None:
    hood = mix(figure.cloth, _DARK, 0.14)
    for side in (-1, 1):
        pen.blob([(side * 0.34, 1.42), (side * 0.92, 1.4), (side * 1.0, 1.78), (side * 0.4, 2.16), (0, 2.16)], hood)
        pen.line([(side * 0.26, 2.1), (side * 0.3, 2.6), (side * 0.27, 2.95)], 0.05, _WHITE)
    pen.line([(-0.36, 1.5), (-0.2, 1.9), (0, 2.02), (0.2, 1.9), (0.36, 1.5)], 0.07, mix(figure.cloth, _DARK, 0.3))


def _collar(pen: Pen, figure: Figure) -> None:
    pen.line([(0, 1.95), (0, _BOTTOM)], 0.05, mix(figure.cloth, _DARK, 0.22))
    for y in (2.45, 3.15, 3.85):
        pen.oval(0.1, y, 0.055, 0.055, _WHITE)
    for side in (-1, 1):
        pen.polygon(
            [(side * 0.42, 1.42), (side * 0.74, 1.82), (side * 0.3, 2.16), (0, 1.88)], mix(figure.cloth, _WHITE, 0.4)
        )


def _stripes(pen: Pen, figure: Figure) -> None:
    for step in range(6):
        y = 2.42 + 0.5 * step
        pen.line([(-1.32, y - 0.04), (0, y + 0.06), (1.32, y - 0.04)], 0.2, figure.accent)
    _round_neck(pen, figure.accent)


def _dungarees(pen: Pen, figure: Figure) -> None:
    _round_neck(pen, mix(figure.cloth, _WHITE, 0.35))
    denim = (74, 98, 128) if figure.cloth != (70, 98, 132) else (150, 108, 74)
    for side in (-1, 1):
        pen.polygon([(side * 0.72, 1.62), (side * 1.02, 1.72), (side * 0.92, 3.1), (side * 0.62, 3.1)], denim)
    pen.blob([(-0.94, 2.86), (0, 2.9), (0.94, 2.86), (1.2, 4.2), (1.5, _BOTTOM), (-1.5, _BOTTOM), (-1.2, 4.2)], denim)
    pen.line([(-0.42, 3.5), (-0.42, 4.1), (0.42, 4.1), (0.42, 3.5)], 0.04, mix(denim, _WHITE, 0.35))
    for side in (-1, 1):
        pen.oval(side * 0.77, 3.02, 0.1, 0.1, (226, 190, 110))


def _sweater(pen: Pen, figure: Figure) -> None:
    for side in (-1, 1):
        pen.polygon([(side * 0.4, 1.4), (side * 0.62, 1.74), (side * 0.2, 2.06), (0, 1.8)], _WHITE)
    pen.line([(-0.52, 1.56), (0, 2.26), (0.52, 1.56)], 0.1, mix(figure.cloth, _DARK, 0.22))
    for step in range(-3, 4):
        x = 0.36 * step
        pen.polygon([(x - 0.18, 3.1), (x, 2.86), (x + 0.18, 3.1), (x, 3.34)], figure.accent)


def _kit(pen: Pen, figure: Figure) -> None:
    for side in (-1, 1):
        pen.line([(side * 0.7, 1.62), (side * 1.25, 1.84), (side * 1.62, 2.14)], 0.12, figure.accent)
    pen.line([(-0.46, 1.5), (0, 2.12), (0.46, 1.5)], 0.12, figure.accent)
    _number(pen, figure)


_SEGMENTS = {"0": "abcdef", "1": "bc", "4": "bcfg", "7": "abc", "8": "abcdefg"}


def _number(pen: Pen, figure: Figure) -> None:
    """The shirt number in seven strokes a digit, so that no font is needed."""
    digits = str(figure.shirt_number)
    for position, digit in enumerate(digits):
        x = 0.0 + (position - (len(digits) - 1) / 2) * 0.62
        corner = {"tl": (x - 0.2, 2.75), "tr": (x + 0.2, 2.75), "ml": (x - 0.2, 3.15), "mr": (x + 0.2, 3.15)}
        corner |= {"bl": (x - 0.2, 3.55), "br": (x + 0.2, 3.55)}
        ends = {"a": "tl tr", "b": "tr mr", "c": "mr br", "d": "bl br", "e": "ml bl", "f": "tl ml", "g": "ml mr"}
        for segment in _SEGMENTS[digit]:
            start, end = ends[segment].split()
            pen.line([corner[start], corner[end]], 0.13, figure.accent)


def _blazer(pen: Pen, figure: Figure) -> None:
    pen.polygon([(-0.46, 1.5), (0.46, 1.5), (0.5, 3.0), (0, 4.4), (-0.5, 3.0)], _WHITE)
    for side in (-1, 1):
        pen.polygon([(side * 0.4, 1.38), (side * 0.66, 1.72), (side * 0.24, 2.12), (0, 1.84)], mix(_WHITE, _DARK, 0.06))
        pen.polygon(
            [
                (side * 0.5, 1.52),
                (side * 1.0, 1.74),
                (side * 0.84, 2.7),
                (side * 0.66, 2.6),
                (0, 4.4),
                (side * 0.3, 2.6),
            ],
            mix(figure.cloth, _DARK, 0.2),
        )
    pen.oval(0.16, 4.5, 0.07, 0.07, mix(figure.cloth, _WHITE, 0.4))


_DETAILS: dict[str, Callable[[Pen, Figure], None]] = {
    "tee": _tee,
    "hoodie": _hoodie,
    "collar": _collar,
    "stripes": _stripes,
    "dungarees": _dungarees,
    "sweater": _sweater,
    "kit": _kit,
    "blazer": _blazer,
}
