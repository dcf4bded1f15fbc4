import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from galleries import jpeg
from tests.galleries.cameras import NEEDLE, corners, held, noise, profile, resized_header, saved, segment, talkative


def pixels(data: bytes) -> bytes:
    # Not Image.open, which looks for the second pictures this file only pretends to have.
    with JpegImageFile(io.BytesIO(data)) as picture:
        return picture.tobytes()


def test_a_copy_without_metadata_has_the_same_pixels() -> None:
    data = talkative()
    assert pixels(jpeg.strip_metadata(data)) == pixels(data)


def test_a_copy_without_metadata_says_nothing_of_who_where_and_with_what() -> None:
    data = talkative()
    assert data.count(NEEDLE) >= 10
    clean = jpeg.strip_metadata(data).replace(profile(), b"")
    assert NEEDLE not in clean
    assert b"adobe" not in clean
    assert clean.count(b"\xff\xd8") == 1, "no picture inside the picture"
    assert clean.endswith(b"\xff\xd9")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_copy_without_metadata_keeps_its_orientation_as_the_only_tag(orientation: int) -> None:
    clean = jpeg.strip_metadata(held(corners((64, 48)), orientation))
    with Image.open(io.BytesIO(clean)) as picture:
        assert dict(picture.getexif()) == ({} if orientation == 1 else {0x0112: orientation})
    assert jpeg.read_header(clean).orientation == orientation


def test_the_colour_profile_stays_for_printing() -> None:
    data = saved(corners((64, 48)), icc_profile=profile(description=b"x"))
    assert jpeg.read_header(jpeg.strip_metadata(data)).icc == profile(description=b"x")


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_ink_pictures_keep_their_pixels(mode: str) -> None:
    data = saved(noise((40, 30)).convert(mode), comment=NEEDLE)
    assert pixels(jpeg.strip_metadata(data)) == pixels(data)
    assert NEEDLE not in jpeg.strip_metadata(data)


def test_a_comment_between_the_scans_of_a_progressive_picture_goes_too() -> None:
    data = saved(noise((64, 48)), progressive=True)
    second = [part for part in jpeg.parts(data) if part.marker == jpeg.SOS][1]
    planted = data[: second.start] + segment(0xFE, NEEDLE) + data[second.start :]
    clean = jpeg.strip_metadata(planted)
    assert NEEDLE not in clean
    assert pixels(clean) == pixels(data)


def test_cleaning_twice_changes_nothing_more() -> None:
    once = jpeg.strip_metadata(talkative())
    assert jpeg.strip_metadata(once) == once


@given(st.integers(min_value=0, max_value=3000))
def test_a_file_cut_anywhere_is_an_error_and_nothing_else(length: int) -> None:
    data = saved(noise((32, 24)))
    cut = data[: min(length, len(data) - 1)]
    with pytest.raises(jpeg.JpegError):
        jpeg.strip_metadata(cut)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_jpeg_or_an_error(junk: bytes) -> None:
    for data in (junk, b"\xff\xd8" + junk, b"\xff\xd8\xff" + junk):
        with pytest.raises(jpeg.JpegError):
            jpeg.strip_metadata(data)


@given(st.binary(max_size=120))
def test_any_exif_block_has_an_orientation_from_1_to_8(block: bytes) -> None:
    for data in (block, b"II*\0" + block, b"MM\0*" + block):
        assert 1 <= jpeg.exif_orientation(data) <= 8


@given(st.integers(min_value=0, max_value=0xFFFF), st.binary(max_size=40))
def test_a_damaged_segment_is_an_error_or_the_same_pixels(length: int, payload: bytes) -> None:
    data = saved(corners((32, 24)))
    planted = data[:2] + b"\xff\xe5" + length.to_bytes(2, "big") + payload + data[2:]
    try:
        clean = jpeg.strip_metadata(planted)
    except jpeg.JpegError:
        return
    assert jpeg.read_header(clean).width > 0


def test_two_frames_are_an_error() -> None:
    data = saved(corners((32, 24)))
    frame = next(part for part in jpeg.parts(data) if part.marker == jpeg.BASELINE)
    with pytest.raises(jpeg.JpegError):
        jpeg.read_header(data[: frame.end] + data[frame.start : frame.end] + data[frame.end :])


def test_a_baseline_picture_in_one_scan_needs_no_memory_for_coefficients() -> None:
    assert jpeg.read_header(saved(corners())).coefficient_bytes == 0
    progressive = jpeg.read_header(saved(corners((600, 400)), progressive=True, subsampling="4:2:0"))
    assert progressive.coefficient_bytes == 2 * 600 * 400 * 3 // 2
    assert jpeg.read_header(resized_header(saved(corners(), progressive=True), 60000, 40000)).width == 60000


def test_scans_are_counted_and_missing_ones_noticed() -> None:
    data = saved(noise((64, 48)), progressive=True)
    starts = [part for part in jpeg.parts(data) if part.marker == jpeg.SOS]
    assert jpeg.scans(data) == len(starts) > 5
    assert jpeg.scans(saved(corners((64, 48)))) == 1
    with pytest.raises(jpeg.TruncatedJpegError):
        jpeg.scans(data[: starts[-1].start] + b"\xff\xd9")


def test_the_decoder_is_given_the_pixels_and_nothing_else() -> None:
    data = talkative()
    stream = jpeg.Bare(data)
    assert stream.seekable()
    assert stream.readable()
    everything = stream.read()
    assert stream.tell() == len(everything)
    # What stands behind the picture's end is never reached by a decoder, which stops there.
    main = everything[: everything.index(b"\xff\xd9") + 2]
    assert NEEDLE not in main
    assert pixels(main) == pixels(data)
    stream.seek(0)
    assert b"".join(iter(lambda: stream.read(7), b"")) == everything
    assert stream.seek(-2, io.SEEK_END) == len(everything) - 2
    assert stream.read(2) == everything[-2:]
