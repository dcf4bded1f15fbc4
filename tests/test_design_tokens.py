"""The colours keep the contrast that WCAG 2.2 AA asks: text 4.5:1, what one must see to use a control 3:1."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parent.parent / "static/css/tokens.css").read_text()
SCHEMES = {
    "light": TOKENS.split("@media screen and (prefers-color-scheme: dark)")[0],
    "dark": TOKENS.split("@media screen and (prefers-color-scheme: dark)")[1],
}
GROUNDS = ["paper", "paper-raised", "paper-sunk"]
TEXT = [(ink, ground) for ink in ["ink", "muted", "accent", "accent-strong", "danger", "success"] for ground in GROUNDS]
TEXT += [(ink, soft) for ink in ["ink", "accent"] for soft in ["accent-soft"]]
TEXT += [("muted", "accent-soft"), ("ink", "danger-soft"), ("danger", "danger-soft"), ("danger-strong", "danger-soft")]
TEXT += [("ink", "success-soft"), ("success", "success-soft"), ("on-accent", "accent"), ("on-accent", "accent-strong")]
TEXT += [("on-danger", "danger")]
CONTROLS = [(line, ground) for line in ["line-control", "accent", "danger"] for ground in GROUNDS]


def colour(scheme: str, name: str) -> tuple[float, float, float]:
    name = "petrol" if name == "accent" else name  # the accent by its own colour's name
    found = re.search(rf"--{name}: #([0-9a-f]{{6}});", SCHEMES[scheme])
    assert found, f"--{name} is not a six-digit colour in the {scheme} scheme"
    red, green, blue = (int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def luminance(rgb: tuple[float, float, float]) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(scheme: str, one: str, other: str) -> float:
    dark, light = sorted([luminance(colour(scheme, one)), luminance(colour(scheme, other))])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_readable(scheme: str, ink: str, ground: str) -> None:
    assert contrast(scheme, ink, ground) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("line", "ground"), CONTROLS)
def test_controls_are_visible(scheme: str, line: str, ground: str) -> None:
    assert contrast(scheme, line, ground) >= 3


def test_black_on_white_is_21_to_1() -> None:
    assert (luminance((1, 1, 1)) + 0.05) / (luminance((0, 0, 0)) + 0.05) == pytest.approx(21)


@pytest.mark.parametrize(
    ("prefix", "count"),
    [("text", 6), ("space", 8), ("radius", 2), ("shadow", 2)],
    ids=["text", "space", "radius", "shadow"],
)
def test_the_scales_have_as_many_steps_as_agreed(prefix: str, count: int) -> None:
    assert len(set(re.findall(rf"--{prefix}-\w+(?=:)", SCHEMES["light"]))) == count
