import io

import pytest
from PIL import Image, ImageChops, ImageStat

from galleries import jpeg, renditions
from galleries.renditions import Refusal, RefusedImageError, render
from tests.galleries.cameras import (
    CORNERS,
    NEEDLE,
    WATERMARK,
    corners,
    held,
    noise,
    profile,
    resized_header,
    saved,
    talkative,
)


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture.copy()


def seen_corners(picture: Image.Image) -> list[tuple[int, ...]]:
    """The mean colour of each quarter's middle, clockwise from the top left."""
    width, height = picture.size
    middles = [(1, 1), (3, 1), (3, 3), (1, 3)]
    boxes = [
        (x * width // 4 - width // 8, y * height // 4 - height // 8, x * width // 4 + width // 8, y * height // 4 + 1)
        for x, y in middles
    ]
    return [tuple(round(mean) for mean in ImageStat.Stat(picture.crop(box)).mean) for box in boxes]


def refusal_of(data: bytes) -> Refusal:
    with pytest.raises(RefusedImageError) as caught:
        render(data, watermark=WATERMARK)
    return caught.value.refusal


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_to_hold_a_camera_gives_an_upright_picture(orientation: int) -> None:
    made = render(held(corners(), orientation), watermark=WATERMARK)
    assert (made.width, made.height) == (600, 400)
    for data, size in ((made.thumbnail, (400, 267)), (made.preview, (600, 400))):
        picture = opened(data)
        assert picture.size == size
        for seen, meant in zip(seen_corners(picture), CORNERS, strict=True):
            assert max(abs(a - b) for a, b in zip(seen, meant, strict=True)) < 40, orientation


@pytest.mark.parametrize(
    ("size", "preview", "thumbnail"),
    [
        ((6000, 4000), (1500, 1000), (400, 267)),
        ((4000, 6000), (1000, 1500), (267, 400)),
        ((6001, 4001), (1501, 1001), (400, 267)),
        ((5472, 3648), (1600, 1067), (400, 267)),
        ((1600, 900), (1600, 900), (400, 225)),
        ((1601, 900), (1600, 899), (400, 225)),
        ((300, 200), (300, 200), (300, 200)),
        ((3000, 20), (1500, 10), (400, 3)),
        ((1, 1), (1, 1), (1, 1)),
    ],
)
def test_sizes_fall_in_their_bands_and_nothing_is_enlarged(
    size: tuple[int, int], preview: tuple[int, int], thumbnail: tuple[int, int]
) -> None:
    made = render(saved(Image.new("RGB", size, (90, 120, 150))), watermark=WATERMARK)
    assert (made.width, made.height) == size
    assert opened(made.preview).size == preview
    assert opened(made.thumbnail).size == thumbnail


def test_renditions_hold_pixels_and_nothing_else() -> None:
    data = talkative()
    assert data.count(NEEDLE) >= 10
    made = render(data, watermark=WATERMARK)
    for rendition in (made.thumbnail, made.preview):
        assert NEEDLE not in rendition
        assert {part.marker for part in jpeg.parts(rendition)} <= {
            jpeg.APP0,
            jpeg.DQT,
            jpeg.BASELINE,
            jpeg.DHT,
            jpeg.SOS,
            jpeg.ENTROPY,
            jpeg.EOI,
        }
        picture = opened(rendition)
        assert not picture.getexif()
        assert not {"comment", "icc_profile", "exif"} & set(picture.info)


@pytest.mark.parametrize("shade", [0, 60, 127, 128, 200, 255])
def test_the_watermark_covers_the_whole_preview_whatever_its_brightness(shade: int) -> None:
    flat = Image.new("RGB", (1500, 1000), (shade, shade, shade))
    preview = opened(render(saved(flat), watermark=WATERMARK).preview)
    changed = ImageChops.difference(preview, flat).convert("L").point(lambda value: 255 if value > 12 else 0)
    for top in range(0, 1000 - 99, 50):
        for left in range(0, 1500 - 99, 50):
            assert changed.crop((left, top, left + 100, top + 100)).getbbox() is not None, (left, top)


def test_the_thumbnail_has_no_watermark() -> None:
    flat = Image.new("RGB", (1500, 1000), (127, 127, 127))
    thumbnail = opened(render(saved(flat), watermark=WATERMARK).thumbnail)
    assert thumbnail.getextrema() == ((127, 127),) * 3


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_ink_pictures_become_rgb(mode: str) -> None:
    made = render(saved(Image.new("RGB", (640, 480), (200, 200, 200)).convert(mode)), watermark=WATERMARK)
    thumbnail = opened(made.thumbnail)
    assert thumbnail.mode == "RGB"
    assert all(190 <= mean <= 210 for mean in ImageStat.Stat(thumbnail).mean)


def test_a_foreign_colour_profile_is_taken_into_account_and_left_out() -> None:
    swapped = bytearray(profile(description=b"x").replace("sRGB".encode("utf-16-be"), "Else".encode("utf-16-be")))
    red, green = swapped.index(b"rXYZ"), swapped.index(b"gXYZ")
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    picture = Image.new("RGB", (400, 300), (200, 40, 40))
    seen = opened(render(saved(picture, icc_profile=bytes(swapped)), watermark=WATERMARK).thumbnail)
    red_seen, green_seen, _ = ImageStat.Stat(seen).mean
    assert green_seen > red_seen, "what the file calls red is green in its own colours"


def test_a_broken_profile_is_no_reason_to_refuse() -> None:
    made = render(saved(corners(), icc_profile=b"not a profile"), watermark=WATERMARK)
    assert opened(made.preview).size == (600, 400)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", Refusal.EMPTY),
        (b"just text", Refusal.NOT_JPEG),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, Refusal.NOT_JPEG),
        (b"\xff\xd8\xff\xe0", Refusal.TRUNCATED),
        (b"\xff\xd8\xff\xd9", Refusal.DAMAGED),
        (b"\xff\xd8\xff\x00" + b"x" * 50, Refusal.DAMAGED),
    ],
)
def test_what_is_no_jpeg_is_refused(data: bytes, refusal: Refusal) -> None:
    assert refusal_of(data) is refusal


def test_a_png_inside_a_jpeg_name_is_refused() -> None:
    target = io.BytesIO()
    corners().save(target, "PNG")
    assert refusal_of(target.getvalue()) is Refusal.NOT_JPEG


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
def test_a_picture_cut_off_is_refused_also_when_somebody_put_an_end_to_it(
    share: float, closed: bool, progressive: bool
) -> None:
    data = saved(noise((640, 480)), progressive=progressive)
    cut = data[: int(len(data) * share)] + (b"\xff\xd9" if closed else b"")
    assert refusal_of(cut) is Refusal.TRUNCATED


def test_a_picture_that_really_is_middle_grey_is_no_truncated_one() -> None:
    made = render(saved(Image.new("RGB", (640, 480), (128, 128, 128))), watermark=WATERMARK)
    assert made.width == 640


@pytest.mark.parametrize("progressive", [False, True])
def test_a_bomb_is_refused_before_it_is_decoded(progressive: bool) -> None:
    bomb = resized_header(saved(corners((64, 64)), progressive=progressive), 65000, 65000)
    assert refusal_of(bomb) is Refusal.TOO_LARGE


def test_a_progressive_picture_may_be_smaller_only_than_one_decoded_line_by_line() -> None:
    size = (8200, 8200)
    assert renditions.check(resized_header(saved(corners((64, 64))), *size)).width == 8200
    assert refusal_of(resized_header(saved(corners((64, 64)), progressive=True, subsampling=0), *size)) is (
        Refusal.TOO_LARGE
    )


def test_a_pixel_more_than_the_limit_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(corners((60, 40)))
    monkeypatch.setattr(renditions, "MAX_PIXELS", 2400)
    assert renditions.check(data).width == 60
    monkeypatch.setattr(renditions, "MAX_PIXELS", 2399)
    assert refusal_of(data) is Refusal.TOO_LARGE


def test_more_scans_than_an_honest_picture_has_are_refused() -> None:
    data = saved(noise((64, 48)), progressive=True)
    *_, last, coded, end = jpeg.parts(data)
    scan = data[last.start : coded.end]
    most = renditions.MAX_SCANS - jpeg.scans(data)
    assert renditions.check(data[: end.start] + most * scan + b"\xff\xd9").width == 64
    assert refusal_of(data[: end.start] + (most + 1) * scan + b"\xff\xd9") is Refusal.TOO_COMPLEX


def test_a_file_of_more_bytes_than_a_camera_writes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(corners((60, 40)))
    monkeypatch.setattr(renditions, "MAX_BYTES", len(data) - 1)
    assert refusal_of(data) is Refusal.TOO_LARGE


def test_a_kind_of_jpeg_no_camera_writes_is_refused() -> None:
    data = saved(corners((60, 40)))
    frame = next(part for part in jpeg.parts(data) if part.marker == jpeg.BASELINE)
    for marker in (0xC3, 0xC9):
        assert refusal_of(data[: frame.start + 1] + bytes([marker]) + data[frame.start + 2 :]) is Refusal.UNSUPPORTED
    assert refusal_of(data[: frame.start + 4] + b"\x0c" + data[frame.start + 5 :]) is Refusal.UNSUPPORTED


def test_one_decode_serves_both_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    decodes = []
    plain = renditions._decode

    def counted(data: bytes, header: jpeg.Header) -> Image.Image:
        decodes.append(data)
        return plain(data, header)

    monkeypatch.setattr(renditions, "_decode", counted)
    render(saved(noise((640, 480))), watermark=WATERMARK)
    assert len(decodes) == 1


def test_the_scaled_decode_is_as_sharp_as_a_full_one() -> None:
    full = noise((1500, 1000)).resize((6000, 4000), Image.Resampling.BICUBIC)
    data = saved(full, quality=95, subsampling="4:2:2")
    frame = renditions.decode(data, renditions.check(data))
    reference = opened(data).resize(frame.size, Image.Resampling.LANCZOS)
    statistics = ImageStat.Stat(ImageChops.difference(frame.convert("L"), reference.convert("L")))
    assert statistics.rms[0] < 255 / 10, "white noise is the worst there is; the benchmark has real pictures"
