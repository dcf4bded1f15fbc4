import hashlib

import pytest
from PIL import Image

from jkreeft.demo.figures import grown_up, player, pupil
from jkreeft.demo.scenes import LONG, SHORT, group, portrait


def fingerprint(image: Image.Image) -> str:
    return hashlib.sha256(image.tobytes()).hexdigest()


@pytest.mark.parametrize(("shot", "size"), [(0, (SHORT, LONG)), (1, (SHORT, LONG)), (2, (LONG, SHORT))])
def test_a_portrait_stands_upright_and_every_fourth_lies(shot: int, size: tuple[int, int]) -> None:
    assert portrait(pupil(0), shot=shot, seed="a").size == size


def test_the_same_portrait_is_drawn_the_same_each_time() -> None:
    assert fingerprint(portrait(pupil(2), shot=1, seed="a")) == fingerprint(portrait(pupil(2), shot=1, seed="a"))


def test_no_two_portraits_are_alike() -> None:
    drawn = {fingerprint(portrait(pupil(n), shot=shot, seed=f"{n}")) for n in range(4) for shot in range(2)}
    assert len(drawn) == 8


def test_every_figure_fills_the_middle_of_its_portrait_with_its_own_skin() -> None:
    for figure in [*(pupil(n) for n in range(20)), *(player(n) for n in range(6)), *(grown_up(n) for n in range(3))]:
        image = portrait(figure, shot=0, seed="skin")
        assert figure.skin in {colour for _, colour in image.getcolors(maxcolors=image.width * image.height) or []}


def test_a_group_photo_lies_and_shows_everybody() -> None:
    rows = [[pupil(n) for n in range(4)], [pupil(n) for n in range(4, 8)]]
    image = group(rows, seed="class")
    assert image.size == (LONG, SHORT)
    colours = {colour for _, colour in image.getcolors(maxcolors=image.width * image.height) or []}
    assert {figure.cloth for row in rows for figure in row} <= colours
