from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from jkreeft.demo.camera import LYING, UPRIGHT, Marks, orientation_for, shoot

MARKS = Marks(taken_at="2026:10:01 10:00:00")


def scene(width: int, height: int) -> Image.Image:
    """A picture that no turn or mirror maps onto itself."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste((200, 30, 30), (0, 0, width // 3, height // 5))
    return image


@pytest.mark.parametrize("orientation", [*UPRIGHT, *LYING])
def test_the_orientation_tag_turns_the_frame_upright_again(tmp_path: Path, orientation: int) -> None:
    upright = scene(200, 300) if orientation in UPRIGHT else scene(300, 200)
    shoot(upright, tmp_path / "a.jpg", orientation=orientation, marks=MARKS)
    with Image.open(tmp_path / "a.jpg") as photo:
        assert photo.size == (600, 400)
        seen = ImageOps.exif_transpose(photo).resize(upright.size)
    assert max(ImageStat.Stat(ImageChops.difference(seen, upright)).mean) < 6


def test_a_photo_carries_what_an_import_has_to_strip(tmp_path: Path) -> None:
    shoot(scene(300, 200), tmp_path / "a.jpg", orientation=1, marks=MARKS)
    with Image.open(tmp_path / "a.jpg") as photo:
        assert photo.getexif().get_ifd(0x8825)[2] == (51.0, 46.0, 30.0)
        assert photo.getexif()[0x013B] == "Demo Fotograaf"
        assert photo.info["comment"] == b"camera serial 000-DEMO"


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        shoot(scene(300, 200), tmp_path / name, orientation=3, marks=MARKS)
    assert (tmp_path / "a.jpg").read_bytes() == (tmp_path / "b.jpg").read_bytes()


def test_nothing_half_written_keeps_a_photo_s_name(tmp_path: Path) -> None:
    shoot(scene(300, 200), tmp_path / "a.jpg", orientation=1, marks=MARKS)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jpg"]


def test_upright_pictures_get_a_turned_orientation() -> None:
    assert {orientation_for(scene(200, 300), turn=turn) for turn in range(4)} == set(UPRIGHT)
    assert {orientation_for(scene(300, 200), turn=turn) for turn in range(4)} == set(LYING)
