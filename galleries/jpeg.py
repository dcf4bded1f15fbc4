"""JPEG files as a row of segments: what a file says about itself before anything is decoded, and a copy without
metadata whose pixels are untouched. Pure: no Django, no Pillow; the rendering workers import it."""

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

SOI, EOI, SOS, DQT, DHT, DRI, COM = 0xD8, 0xD9, 0xDA, 0xDB, 0xC4, 0xDD, 0xFE
APP0, APP1, APP2, APP14 = 0xE0, 0xE1, 0xE2, 0xEE
ENTROPY = 0  # not a marker: the coded pixels that follow a scan's header
BASELINE, EXTENDED, PROGRESSIVE = 0xC0, 0xC1, 0xC2
_FRAMES = frozenset(range(0xC0, 0xD0)) - {DHT, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD9)})
# In coded pixels 0xFF is followed by 0 (a plain 0xFF), by a restart marker, by more filling, or the scan is over.
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_EXIF, _ICC, _JFIF, _ADOBE = b"Exif\0\0", b"ICC_PROFILE\0", b"JFIF\0", b"Adobe"
_ORIENTATION = 0x0112


class JpegError(ValueError):
    """The bytes are not a JPEG file, or one whose segments do not add up."""


class TruncatedJpegError(JpegError):
    """The file ends before its picture does."""


@dataclass(frozen=True, slots=True)
class Part:
    """One segment (or one run of coded pixels): its marker and where it lies in the file, marker included."""

    marker: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says before its first pixel. Width and height are those of the stored pixels, before orientation."""

    width: int
    height: int
    components: int
    precision: int
    frame: int
    # What libjpeg has to hold at once where a picture arrives in more than one scan, in bytes; otherwise 0.
    coefficient_bytes: int
    orientation: int
    icc: bytes
    scan_start: int


def parts(data: bytes) -> Iterator[Part]:
    """The segments of the main picture, in order, up to and including its end marker. Lazy: coded pixels are looked
    through only by who asks for the part behind them. Raises `JpegError` where the file stops making sense."""
    if not data.startswith(b"\xff\xd8"):
        raise JpegError("no start marker")
    position = 2
    while True:
        position, marker = _marker(data, position)
        if marker == EOI:
            yield Part(EOI, position, position + 2)
            return
        end = position + 2 + _length(data, position)
        yield Part(marker, position, end)
        position = end
        if marker == SOS:
            found = _SCAN_END.search(data, end)
            if found is None:
                raise TruncatedJpegError("no end marker")
            yield Part(ENTROPY, end, found.start())
            position = found.start()


def read_header(data: bytes) -> Header:
    """What the file says of itself. Raises `JpegError` for a file without a frame or with two."""
    frame: Part | None = None
    orientation, profile = 1, []
    for part in parts(data):
        payload = data[part.start + 4 : part.end]
        if part.marker in _FRAMES:
            if frame is not None:
                raise JpegError("two frames")
            frame = part
        elif part.marker == APP1 and payload.startswith(_EXIF) and orientation == 1:
            orientation = exif_orientation(payload[len(_EXIF) :])
        elif part.marker == APP2 and payload.startswith(_ICC):
            profile.append(payload[len(_ICC) :])
        elif part.marker == SOS:
            if frame is None or not payload:
                raise JpegError("pixels before a frame")
            return _header(
                data[frame.start + 4 : frame.end],
                kind=frame.marker,
                scanned=payload[0],
                orientation=orientation,
                icc=_join_profile(profile),
                scan_start=part.start,
            )
    raise JpegError("no pixels")


def scans(data: bytes) -> int:
    """How many scans the picture arrives in. Raises `JpegError` where a progressive picture's last scans are missing:
    such a file decodes without complaint, only less sharp."""
    count = 0
    missing: dict[tuple[int, int], int] = {}
    frame_components: list[int] = []
    progressive = False
    for part in parts(data):
        payload = data[part.start + 4 : part.end]
        if part.marker in _FRAMES:
            progressive = part.marker == PROGRESSIVE
            frame_components = list(payload[6::3])
        elif part.marker == SOS:
            count += 1
            named = payload[1 : 1 + 2 * payload[0] : 2]
            first, last, bits = payload[-3], payload[-2], payload[-1] & 15
            missing.update({(name, k): bits for name in named for k in range(first, min(last, 63) + 1)})
    if progressive and any(missing.get((name, k), 1) for name in frame_components for k in range(64)):
        raise TruncatedJpegError("scans missing")
    return count


def exif_orientation(tiff: bytes) -> int:
    """The orientation (1 to 8) an EXIF block names; 1 where it names none or makes no sense."""
    short, long = {b"II*\0": ("<H", "<I"), b"MM\0*": (">H", ">I")}.get(tiff[:4], ("", ""))
    try:
        (directory,) = struct.unpack_from(long, tiff, 4)
        (entries,) = struct.unpack_from(short, tiff, directory)
        for entry in range(directory + 2, directory + 2 + 12 * entries, 12):
            if struct.unpack_from(short, tiff, entry)[0] == _ORIENTATION:
                (value,) = struct.unpack_from(short, tiff, entry + 8)
                return int(value) if 1 <= value <= 8 else 1
    except (struct.error, ValueError):
        return 1
    return 1


class Bare(io.RawIOBase):
    """The file as a decoder may read it: only what decoding needs, so that no EXIF, comment, profile or embedded
    picture reaches it. The coded pixels, nearly all of the file, are not copied for it."""

    def __init__(self, data: bytes) -> None:
        kept = [b"\xff\xd8"]
        for part in parts(data):
            if part.marker == SOS:
                break
            if part.marker in _FRAMES or part.marker in {DQT, DHT, DRI} or _is_colour(data, part):
                kept.append(data[part.start : part.end])
        self.head = b"".join(kept)
        self.rest = memoryview(data)[part.start :]
        self.position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: len(self.head) + len(self.rest)}[whence]
        self.position = max(0, base + offset)
        return self.position

    def read(self, size: int = -1) -> bytes:
        start = self.position
        end = len(self.head) + len(self.rest) if size < 0 else start + size
        chunk = self.head[start:end]
        if end > len(self.head):
            chunk += self.rest[max(0, start - len(self.head)) : end - len(self.head)]
        self.position += len(chunk)
        return chunk


def strip_metadata(data: bytes) -> bytes:
    """The same picture, bit for bit, without what a camera or editor wrote beside it (P12, P35: no place, no serial
    number, no comment, no embedded thumbnail).

    Kept are the colour profile, which printing needs, and the orientation as the only EXIF tag. What stands behind the
    picture's end (second pictures, films) goes too. Raises `JpegError` for a file that is malformed or truncated.
    """
    header = read_header(data)
    kept = [b"\xff\xd8"]
    jfif = [data[p.start : p.end] for p in _leading(data) if p.marker == APP0 and _starts(data, p, _JFIF)]
    if jfif:
        kept.append(_plain_jfif(jfif[0]))
    if header.orientation != 1:
        kept.append(_orientation_segment(header.orientation))
    for part in parts(data):
        if part.marker in {APP0, COM}:
            continue
        if APP0 < part.marker <= 0xEF and not (_is_colour(data, part) or _is_profile(data, part)):
            continue
        kept.append(data[part.start : part.end])
    return b"".join(kept)


def _leading(data: bytes) -> Iterator[Part]:
    for part in parts(data):
        if part.marker == SOS:
            return
        yield part


def _starts(data: bytes, part: Part, name: bytes) -> bool:
    return data.startswith(name, part.start + 4, part.end)


def _is_profile(data: bytes, part: Part) -> bool:
    return part.marker == APP2 and _starts(data, part, _ICC)


def _is_colour(data: bytes, part: Part) -> bool:
    # Without these two a decoder would have to guess how the components make up a colour.
    return (part.marker == APP14 and _starts(data, part, _ADOBE)) or (
        part.marker == APP0 and _starts(data, part, _JFIF)
    )


def _plain_jfif(segment: bytes) -> bytes:
    # Version, density; a thumbnail of 0 by 0 pixels.
    payload = segment[4:16].ljust(12, b"\0") + b"\0\0"
    return b"\xff\xe0" + (2 + len(payload)).to_bytes(2, "big") + payload


def _orientation_segment(orientation: int) -> bytes:
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\x03\0\0\0\x01" + orientation.to_bytes(2, "big") + b"\0\0"
    payload = _EXIF + b"MM\0*\0\0\0\x08" + b"\0\x01" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (2 + len(payload)).to_bytes(2, "big") + payload


def _marker(data: bytes, position: int) -> tuple[int, int]:
    while data[position : position + 2] == b"\xff\xff":
        position += 1
    if position + 2 > len(data):
        raise TruncatedJpegError("no end marker")
    marker = data[position + 1]
    if data[position] != 0xFF or marker == 0 or marker in _WITHOUT_LENGTH:
        raise JpegError("bytes where a marker belongs")
    return position, marker


def _length(data: bytes, position: int) -> int:
    length = int.from_bytes(data[position + 2 : position + 4], "big")
    if position + 2 + max(length, 2) > len(data):
        raise TruncatedJpegError("segment runs past the end")
    if length < 2:
        raise JpegError("segment shorter than its own length")
    return length


def _header(payload: bytes, *, kind: int, scanned: int, orientation: int, icc: bytes, scan_start: int) -> Header:
    if len(payload) < 6 or len(payload) != 6 + 3 * payload[5] or not payload[5]:
        raise JpegError("frame does not add up")
    height, width = int.from_bytes(payload[1:3], "big"), int.from_bytes(payload[3:5], "big")
    if not width or not height:
        raise JpegError("picture without a size")
    several = kind == PROGRESSIVE or scanned < payload[5]
    sampling = [(byte >> 4, byte & 15) for byte in payload[7::3]]
    return Header(
        width=width,
        height=height,
        components=payload[5],
        precision=payload[0],
        frame=kind,
        coefficient_bytes=_coefficient_bytes(width, height, sampling) if several else 0,
        orientation=orientation,
        icc=icc,
        scan_start=scan_start,
    )


def _coefficient_bytes(width: int, height: int, sampling: list[tuple[int, int]]) -> int:
    across, down = max(h for h, _ in sampling), max(v for _, v in sampling)
    if not across or not down:
        raise JpegError("component without samples")
    return sum(2 * width * height * h * v // (across * down) for h, v in sampling)


def _join_profile(chunks: list[bytes]) -> bytes:
    # Each chunk opens with its number and the number of chunks.
    complete = [chunk for chunk in chunks if len(chunk) > 2]
    if not complete or complete[0][1] != len(complete):
        return b""
    return b"".join(chunk[2:] for chunk in sorted(complete, key=lambda chunk: chunk[0]))
