"""What is computed of one portrait, and of the portraits of an assignment together."""

from dataclasses import fields

import pytest
from django.db import models
from PIL import Image, ImageFilter

from galleries.models import QualityAggregate
from galleries.quality import NAMES, Features, measured, summed_up
from galleries.renditions import RefusedImageError

from .cameras import held, noise, saved
from .measuring import GREY

pytestmark = pytest.mark.postgres


def half(left: int, right: int, size: tuple[int, int] = (600, 900)) -> Image.Image:
    picture = Image.new("L", size, left)
    picture.paste(right, (size[0] // 2, 0, *size))
    return picture


@pytest.mark.clauses("P19")
def test_what_is_out_of_focus_is_less_sharp() -> None:
    drawn = noise((600, 900))
    sharp, soft = measured(saved(drawn)), measured(saved(drawn.filter(ImageFilter.GaussianBlur(4))))

    assert sharp.sharpness > 4 * soft.sharpness
    assert measured(GREY).sharpness < 1


@pytest.mark.clauses("P19")
def test_the_wall_on_both_sides_of_the_head_is_even_or_not() -> None:
    assert measured(GREY).background > 99
    assert measured(saved(half(40, 200))).background < 45


def test_the_corners_are_those_of_the_photo_as_it_was_held() -> None:
    picture = Image.new("L", (600, 900), 200)
    picture.paste(0, (0, 700, 600, 900))

    assert measured(held(picture, 1)).background > 99
    for orientation in (3, 6, 8):
        assert measured(held(picture, orientation)).background == pytest.approx(measured(held(picture, 1)).background)


def test_lightness_and_lost_drawing_are_percentages() -> None:
    assert measured(GREY).exposure == pytest.approx(50, abs=1)
    assert measured(GREY).clipping == 0
    assert measured(saved(half(0, 128))).clipping == pytest.approx(50, abs=2)


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (2400, 1600), (6000, 4000)])
def test_any_size_is_measured_within_bounds(size: tuple[int, int]) -> None:
    found = measured(saved(Image.new("RGB", size, (90, 120, 150))))

    assert all(0 <= getattr(found, name) <= 100 for name in NAMES)


def test_what_is_no_photo_is_refused() -> None:
    for data in (b"", b"GIF89a", GREY[: len(GREY) // 2]):
        with pytest.raises(RefusedImageError):
            measured(data)


@pytest.mark.clauses("P19")
def test_the_figures_of_a_photo_have_no_field_that_could_name_it() -> None:
    assert {field.name: field.type for field in fields(Features)} == dict.fromkeys(NAMES, float)


@pytest.mark.clauses("P20")
def test_each_subject_counts_once_however_many_photos_there_are() -> None:
    light, dark = Features(10, 20, 90, 0), Features(30, 20, 10, 4)
    subjects = [[light, light, light], [dark]] * 10

    summary = summed_up(subjects, fewest=20)

    assert summary is not None
    assert summary.subjects == 20
    assert summary.means == {"sharpness": 20, "background": 20, "exposure": 50, "clipping": 2}
    assert summary.spreads == {"sharpness": 10, "background": 0, "exposure": 40, "clipping": 2}


@pytest.mark.clauses("P20")
def test_below_twenty_subjects_with_a_photo_there_is_no_summary() -> None:
    one = [Features(1, 2, 3, 4)]

    assert summed_up([one] * 19 + [[]], fewest=20) is None
    assert summed_up([one * 5] * 19, fewest=20) is None
    assert summed_up([one] * 20, fewest=20) is not None


@pytest.mark.clauses("P20")
def test_what_is_kept_has_no_way_to_a_photo_or_a_person() -> None:
    columns = QualityAggregate._meta.get_fields()

    assert [f.name for f in columns if f.is_relation] == ["assignment"]
    kinds = (models.AutoField, models.DecimalField, models.PositiveIntegerField, models.DateTimeField)
    assert all(isinstance(f, kinds) for f in columns if not f.is_relation)
