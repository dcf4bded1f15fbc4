"""Hair: what lies behind the head, and what falls over the forehead."""

import math
from collections.abc import Callable

from .figures import Figure
from .pen import Pen, mix

_DARK = (30, 20, 22)
_LIGHT = (255, 226, 178)

_CAP = [
    (0.8, 0.1),
    (0.93, -0.35),
    (0.72, -0.96),
    (0.3, -1.22),
    (-0.2, -1.24),
    (-0.7, -1.0),
    (-0.93, -0.35),
    (-0.8, 0.1),
]


def draw_back(pen: Pen, figure: Figure) -> None:
    """The hair behind neck and head; drawn first."""
    back = _BACKS.get(figure.style)
    if back is not None:
        back(pen, figure)


def draw_front(pen: Pen, figure: Figure) -> None:
    """The hair over the forehead; drawn last."""
    _FRONTS[figure.style](pen, figure)


def _shadow(figure: Figure) -> tuple[int, int, int]:
    return mix(figure.hair, _DARK, 0.28)


def _shine(pen: Pen, figure: Figure) -> None:
    pen.line([(-0.62, -0.86), (-0.34, -1.03), (0.0, -1.09)], 0.07, mix(figure.hair, _LIGHT, 0.22))


def _bob_back(pen: Pen, figure: Figure) -> None:
    pen.mirrored([(0, -1.2), (0.86, -0.8), (1.04, 0.1), (1.08, 0.82), (0.7, 1.02), (0, 0.9)], _shadow(figure))


def _long_back(pen: Pen, figure: Figure) -> None:
    pen.mirrored([(0, -1.2), (0.9, -0.8), (1.06, 0.2), (1.12, 1.3), (1.18, 2.3), (0.7, 2.5), (0, 2.3)], _shadow(figure))


def _ponytail_back(pen: Pen, figure: Figure) -> None:
    pen.blob(
        [(0.5, -0.9), (1.15, -0.75), (1.5, 0.1), (1.42, 1.1), (1.18, 1.5), (1.1, 0.7), (0.9, -0.1)], _shadow(figure)
    )


def _bun_back(pen: Pen, figure: Figure) -> None:
    pen.oval(0.05, -1.38, 0.46, 0.4, _shadow(figure))
    pen.line([(-0.2, -1.42), (0.05, -1.56), (0.3, -1.42)], 0.06, mix(figure.hair, _LIGHT, 0.15))


def _afro_back(pen: Pen, figure: Figure) -> None:
    for step in range(15):
        turn = math.pi * (0.86 + 1.28 * step / 14)
        pen.oval(0.88 * math.cos(turn), -0.32 + 0.88 * math.sin(turn), 0.4, 0.4, figure.hair)
    pen.oval(0, -0.4, 1.02, 0.98, figure.hair)


def _curls_back(pen: Pen, figure: Figure) -> None:
    for step in range(13):
        turn = math.pi * (0.88 + 1.24 * step / 12)
        colour = figure.hair if step % 2 else _shadow(figure)
        pen.oval(0.86 * math.cos(turn), -0.22 + 0.92 * math.sin(turn), 0.33, 0.33, colour)


def _pigtails_back(pen: Pen, figure: Figure) -> None:
    for side in (-1, 1):
        pen.blob(
            [(side * 0.75, -0.5), (side * 1.3, -0.45), (side * 1.55, 0.2), (side * 1.3, 0.95), (side * 0.98, 0.3)],
            _shadow(figure),
        )
        pen.oval(side * 0.92, -0.42, 0.14, 0.17, figure.accent)


def _scarf_back(pen: Pen, figure: Figure) -> None:
    pen.mirrored([(0, -1.26), (0.84, -0.96), (1.06, 0), (0.98, 0.9), (1.2, 1.8), (0.6, 2.1), (0, 2.15)], figure.hair)


def _cap(pen: Pen, figure: Figure, hairline: list[tuple[float, float]]) -> None:
    """The skull's hair, from ear to ear over the top, ending in a hairline read from left to right."""
    pen.blob([*_CAP, *hairline], figure.hair)
    _shine(pen, figure)


def _short(pen: Pen, figure: Figure) -> None:
    _cap(pen, figure, [(-0.72, -0.3), (-0.5, -0.58), (-0.1, -0.5), (0.25, -0.62), (0.55, -0.5), (0.72, -0.28)])


def _side(pen: Pen, figure: Figure) -> None:
    _cap(pen, figure, [(-0.74, -0.2), (-0.64, -0.62), (-0.45, -0.74), (0.1, -0.52), (0.6, -0.4), (0.75, -0.15)])


def _fringe(pen: Pen, figure: Figure) -> None:
    _cap(pen, figure, [(-0.76, -0.1), (-0.66, -0.36), (-0.3, -0.33), (0.1, -0.36), (0.5, -0.33), (0.76, -0.1)])


def _parted(pen: Pen, figure: Figure) -> None:
    _cap(pen, figure, [(-0.8, 0.12), (-0.7, -0.3), (-0.4, -0.66), (0, -0.88), (0.4, -0.66), (0.7, -0.3), (0.8, 0.12)])
    pen.line([(0, -1.18), (0.0, -0.9)], 0.03, _shadow(figure))


def _pulled(pen: Pen, figure: Figure) -> None:
    _cap(pen, figure, [(-0.76, -0.1), (-0.68, -0.5), (-0.35, -0.76), (0.2, -0.78), (0.62, -0.55), (0.76, -0.1)])


def _buzz(pen: Pen, figure: Figure) -> None:
    top = [(0.79, -0.15), (0.82, -0.5), (0.6, -0.92), (0.2, -1.09), (-0.2, -1.09), (-0.6, -0.92), (-0.82, -0.5)]
    line = [(-0.79, -0.15), (-0.7, -0.42), (-0.52, -0.62), (0, -0.68), (0.52, -0.62), (0.7, -0.42)]
    pen.blob([*top, *line], mix(figure.hair, figure.skin, 0.12))


def _curly(pen: Pen, figure: Figure) -> None:
    for step in range(7):
        x = -0.72 + 0.24 * step
        pen.oval(x, -0.72 - 0.16 * math.cos(x * 1.6), 0.26, 0.25, figure.hair if step % 2 else _shadow(figure))
    for step in range(5):
        pen.oval(-0.5 + 0.25 * step, -1.02, 0.24, 0.22, figure.hair)
    _shine(pen, figure)


def _afro(pen: Pen, figure: Figure) -> None:
    top = [(0.86, -0.2), (0.84, -0.7), (0.4, -1.1), (-0.4, -1.1), (-0.84, -0.7), (-0.86, -0.2)]
    pen.blob([*top, (-0.66, -0.46), (-0.3, -0.6), (0.3, -0.6), (0.66, -0.46)], figure.hair)


def _braids(pen: Pen, figure: Figure) -> None:
    _parted(pen, figure)
    for side in (-1, 1):
        for step in range(6):
            colour = figure.hair if step % 2 else _shadow(figure)
            pen.oval(side * (0.93 + 0.02 * step), 0.4 + 0.3 * step, 0.17, 0.19, colour)
        pen.oval(side * 1.05, 2.06, 0.12, 0.12, figure.accent)


def _scarf(pen: Pen, figure: Figure) -> None:
    frame = [(0.86, 0.2), (0.98, -0.4), (0.7, -1.06), (0, -1.3), (-0.7, -1.06), (-0.98, -0.4), (-0.86, 0.2)]
    pen.blob([*frame, (-0.7, -0.3), (-0.4, -0.62), (0, -0.72), (0.4, -0.62), (0.7, -0.3)], figure.hair)
    for side in (-1, 1):
        edge = [(side * 0.95, -0.1), (side * 0.98, 0.5), (side * 0.7, 1.06), (side * 0.1, 1.24)]
        inner = [(side * 0.1, 1.0), (side * 0.5, 0.82), (side * 0.7, 0.45), (side * 0.74, -0.1)]
        pen.blob([*edge, *inner], figure.hair)
    pen.blob(
        [(-0.86, 0.6), (-0.4, 0.97), (0, 1.05), (0.4, 0.97), (0.86, 0.6), (0.9, 1.6), (0, 2.16), (-0.9, 1.6)],
        figure.hair,
    )
    pen.line([(-0.62, 1.2), (-0.1, 1.5), (0.6, 1.3)], 0.05, _shadow(figure))
    pen.line([(-0.5, 1.62), (0.1, 1.86), (0.66, 1.6)], 0.05, _shadow(figure))
    pen.line([(-0.7, -0.9), (-0.3, -1.12), (0.1, -1.17)], 0.05, mix(figure.hair, _LIGHT, 0.3))


_BACKS: dict[str, Callable[[Pen, Figure], None]] = {
    "bob": _bob_back,
    "long": _long_back,
    "ponytail": _ponytail_back,
    "bun": _bun_back,
    "afro": _afro_back,
    "curls": _curls_back,
    "pigtails": _pigtails_back,
    "scarf": _scarf_back,
}
_FRONTS: dict[str, Callable[[Pen, Figure], None]] = {
    "short": _short,
    "side": _side,
    "fringe": _fringe,
    "bob": _fringe,
    "long": _parted,
    "ponytail": _pulled,
    "bun": _pulled,
    "curls": _curly,
    "afro": _afro,
    "pigtails": _parted,
    "buzz": _buzz,
    "braids": _braids,
    "scarf": _scarf,
}
