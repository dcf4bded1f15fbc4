"""What becomes of a photo that comes with a complaint."""

import io

import pytest
from PIL import Image

from complaints import pictures
from complaints.pictures import EDGE, NotAPicture, clean_picture


def written(image: Image.Image, kind: str, **more: object) -> io.BytesIO:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out


def test_nothing_is_kept_of_what_a_phone_wrote_beside_it_and_the_photo_stands_upright(phone_photo: bytes) -> None:
    clean = clean_picture(io.BytesIO(phone_photo))
    assert b"NEEDLE" not in clean
    with Image.open(io.BytesIO(clean)) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (48, 64), {})


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "PNG"), ("RGBA", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("RGBA", "WEBP"), ("CMYK", "JPEG")]
)
def test_every_kind_of_picture_becomes_a_jpeg(mode: str, kind: str) -> None:
    clean = clean_picture(written(Image.new(mode, (30, 20)), kind))
    with Image.open(io.BytesIO(clean)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (30, 20))


def test_what_is_transparent_becomes_white() -> None:
    clean = clean_picture(written(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "PNG"))
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.getpixel((4, 4)) == (255, 255, 255)


def test_a_large_one_becomes_smaller() -> None:
    clean = clean_picture(written(Image.new("L", (EDGE * 2, EDGE)), "JPEG"))
    with Image.open(io.BytesIO(clean)) as picture:
        assert picture.size == (EDGE, EDGE // 2)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + bytes(60),
        b"\xff\xd8\xff\xe0 and then nothing of a picture",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"%PDF-1.7",
    ],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        clean_picture(io.BytesIO(content))


def test_half_a_photo_is_refused() -> None:
    whole = written(Image.effect_noise((400, 400), 60), "JPEG").getvalue()
    with pytest.raises(NotAPicture):
        clean_picture(io.BytesIO(whole[: len(whole) // 2]))


@pytest.mark.parametrize(("limit", "value"), [("MAX_BYTES", 100), ("MAX_PIXELS", 100)])
def test_a_photo_beyond_any_phone_is_refused(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    file = written(Image.effect_noise((20, 20), 60), "PNG")
    assert clean_picture(file)
    monkeypatch.setattr(pictures, limit, value)
    with pytest.raises(NotAPicture):
        clean_picture(file)
