"""The face of a figure: shape, eyes, nose, mouth, and what sits on it."""

from .figures import Colour, Figure
from .pen import Pen, mix

_WARM: Colour = (196, 84, 70)
_SHADE: Colour = (96, 44, 40)
_INK: Colour = (58, 40, 36)
_TEETH: Colour = (252, 247, 240)
_MOUTH: Colour = (122, 44, 48)

EXPRESSIONS = ("smile", "laugh", "grin", "calm")


def draw_face(pen: Pen, figure: Figure, expression: str) -> None:
    """The head without its hair."""
    shade = mix(figure.skin, _SHADE, 0.16)
    for side in (-1, 1):
        pen.oval(side * 0.8, 0.12, 0.15, 0.21, figure.skin if side < 0 else shade)
        pen.oval(side * 0.8, 0.13, 0.07, 0.12, mix(figure.skin, _WARM, 0.3))
    jaw = 0.62 if figure.adult else 0.68
    pen.mirrored(
        [(0, -1.02), (0.56, -0.86), (0.79, -0.3), (0.8, 0.2), (jaw, 0.62), (0.36, 0.92), (0, 1.0)], figure.skin
    )
    # The light comes from the left: the other cheek lies in a soft shade.
    pen.blob([(0.62, -0.7), (0.79, -0.3), (0.8, 0.2), (jaw, 0.62), (0.36, 0.92), (0.52, 0.5), (0.64, 0.1)], shade)
    if figure.beard:
        _beard(pen, figure)
    _cheeks(pen, figure)
    _eyes(pen, figure, expression)
    pen.line([(-0.03, 0.2), (0.07, 0.33), (-0.05, 0.36)], 0.045, mix(figure.skin, _SHADE, 0.32))
    _mouth(pen, figure, expression)
    if figure.glasses:
        _glasses(pen)


def _cheeks(pen: Pen, figure: Figure) -> None:
    blush = mix(figure.skin, _WARM, 0.26)
    for side in (-1, 1):
        pen.oval(side * 0.47, 0.4, 0.15, 0.1, blush)
    if figure.freckles:
        for x, y in ((0.36, 0.3), (0.47, 0.26), (0.56, 0.33), (0.42, 0.4), (0.54, 0.42)):
            for side in (-1, 1):
                pen.oval(side * x, y, 0.021, 0.021, mix(figure.skin, (150, 84, 46), 0.55))


def _eyes(pen: Pen, figure: Figure, expression: str) -> None:
    brow = mix(figure.hair if figure.style != "scarf" else _INK, _INK, 0.45)
    lift = 0.05 if expression in {"laugh", "grin"} else 0.0
    for side in (-1, 1):
        x = side * 0.33
        pen.line([(x - 0.17, -0.2 - lift), (x, -0.27 - lift), (x + 0.17, -0.2 - lift)], 0.06, brow)
        if expression == "grin":
            pen.line([(x - 0.12, 0.1), (x, 0.01), (x + 0.12, 0.1)], 0.06, _INK)
            continue
        pen.oval(x, 0.06, 0.088, 0.115, figure.eye)
        pen.oval(x - 0.03, 0.015, 0.03, 0.034, _TEETH)
        pen.line([(x - 0.11, 0.0), (x, -0.075), (x + 0.11, 0.0)], 0.035, _INK)


def _mouth(pen: Pen, figure: Figure, expression: str) -> None:
    lips = mix(figure.skin, (150, 40, 44), 0.62)
    if expression in {"laugh", "grin"}:
        pen.blob([(-0.3, 0.56), (0, 0.6), (0.3, 0.56), (0.2, 0.74), (0, 0.81), (-0.2, 0.74)], _MOUTH)
        pen.blob([(-0.25, 0.575), (0, 0.612), (0.25, 0.575), (0.2, 0.645), (0, 0.675), (-0.2, 0.645)], _TEETH)
    elif expression == "smile":
        pen.line([(-0.25, 0.58), (-0.12, 0.67), (0.12, 0.67), (0.25, 0.58)], 0.055, lips)
    else:
        pen.line([(-0.17, 0.63), (0, 0.66), (0.17, 0.62)], 0.055, lips)


def _beard(pen: Pen, figure: Figure) -> None:
    colour = mix(figure.hair, figure.skin, 0.18)
    outer = [(0.8, 0.1), (0.7, 0.62), (0.4, 0.98), (0, 1.08)]
    inner = [(0, 0.46), (0.3, 0.48), (0.5, 0.42)]
    right = [*outer, *[(-x, y) for x, y in reversed(outer) if x > 0]]
    pen.blob([*right, *[(-x, y) for x, y in reversed(inner) if x > 0], *inner], colour)


def _glasses(pen: Pen) -> None:
    for side in (-1, 1):
        pen.ring(side * 0.34, 0.06, 0.235, 0.04, _INK)
        pen.line([(side * 0.57, 0.02), (side * 0.8, -0.02)], 0.04, _INK)
    pen.line([(-0.11, 0.03), (0, -0.01), (0.11, 0.03)], 0.04, _INK)
