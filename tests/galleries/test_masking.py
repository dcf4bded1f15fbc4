"""A rectangle of a photo made unrecognisable: nothing inside it is left, everything outside is as it was."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from galleries.masking import Box, mask
from galleries.renditions import Refusal, RefusedImageError

BOX = Box(left=25, top=50, width=25, height=25)


def camera(size: tuple[int, int] = (800, 600), *, orientation: int = 1) -> bytes:
    """Noise, which no JPEG can guess, as a camera held somehow writes it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "NEEDLE-CAMERA"
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, "JPEG", quality=95, exif=exif, comment=b"NEEDLE-COMMENT")
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def detail(picture: Image.Image, area: tuple[int, int, int, int]) -> float:
    """How much neighbouring pixels differ: noise has much of it, a blur next to none."""
    piece = picture.crop(area)
    shifted = ImageChops.offset(piece, 1, 0)
    return float(ImageStat.Stat(ImageChops.difference(piece, shifted).convert("L")).mean[0])


@pytest.mark.clauses("P23")
def test_what_is_inside_is_a_blur_and_what_is_outside_stays() -> None:
    before = camera()
    after = opened(mask(before, BOX))

    assert after.size == (800, 600)
    inside, outside = (210, 310, 390, 440), (420, 10, 790, 590)
    assert detail(opened(before), inside) > 30
    assert detail(after, inside) < 2
    assert ImageStat.Stat(ImageChops.difference(opened(before), after).crop(outside)).mean[0] < 6


def test_a_face_inside_cannot_be_told_from_another() -> None:
    """Two pictures that differ in every pixel of the rectangle, and hardly in its blocks, are the same afterwards."""
    first, second = (opened(mask(camera(), BOX)).crop((210, 310, 390, 440)) for _ in range(2))
    assert max(ImageStat.Stat(ImageChops.difference(first, second)).mean) < 12


def test_nothing_of_the_file_but_its_pixels_comes_along() -> None:
    masked = mask(camera(), BOX)
    assert b"NEEDLE" not in masked
    assert not Image.open(io.BytesIO(masked)).getexif()


def test_the_rectangle_lies_where_it_was_drawn_on_a_photo_that_was_held_upright() -> None:
    after = opened(mask(camera(orientation=6), BOX))

    assert after.size == (600, 800)
    assert detail(after, (160, 410, 290, 590)) < 2
    assert detail(after, (320, 10, 590, 790)) > 30


@pytest.mark.parametrize(
    ("box", "pixels"),
    [
        (Box(0, 0, 100, 100), (0, 0, 333, 777)),
        (Box(99, 99, 1, 1), (329, 769, 333, 777)),
        (Box(33.3, 10.1, 0.1, 0.1), (110, 78, 112, 80)),
    ],
)
def test_a_rectangle_is_never_smaller_than_drawn_nor_beyond_the_photo(
    box: Box, pixels: tuple[int, int, int, int]
) -> None:
    assert box.pixels((333, 777)) == pixels


def test_the_smallest_rectangle_of_the_smallest_photo_works() -> None:
    assert opened(mask(camera((8, 8)), Box(99, 99, 1, 1))).size == (8, 8)


def test_what_is_no_photo_is_refused() -> None:
    with pytest.raises(RefusedImageError) as refused:
        mask(b"GIF89a", BOX)
    assert refused.value.refusal is Refusal.NOT_JPEG
