"""What may hang on a message, told by its bytes and never by its name. Pure: no database, no clock."""

from dataclasses import dataclass

from .jpeg import JpegError, strip_metadata

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 5

SUFFIXES = {"pdf": ".pdf", "jpeg": ".jpg", "png": ".png", "text": ".txt"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "text": "text/plain; charset=utf-8",
}


class NotAccepted(ValueError):
    """A file that is too large, empty, or none of the kinds we keep."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to keep: its kind, its bytes, and whether staff said that it names nobody."""

    kind: str
    data: bytes
    names_nobody: bool = False


def accept(data: bytes, *, names_nobody: bool = False) -> Attached:
    """The file as it is kept: a photo without what its camera wrote beside it. Raises `NotAccepted`."""
    if not 0 < len(data) <= MAX_BYTES:
        raise NotAccepted("size")
    if data.startswith(b"%PDF-"):
        return Attached("pdf", data, names_nobody)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Attached("png", data, names_nobody)
    if data.startswith(b"\xff\xd8"):
        return Attached("jpeg", _without_metadata(data), names_nobody)
    return Attached("text", _plain(data), names_nobody)


def _without_metadata(data: bytes) -> bytes:
    try:
        return strip_metadata(data)
    except JpegError as error:
        raise NotAccepted("kind") from error


def _plain(data: bytes) -> bytes:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NotAccepted("kind") from error
    # A program or a picture of another kind may be readable; a text has no control characters but those of lines.
    if any(ord(letter) < ord(" ") and letter not in "\t\n\r\f" for letter in text):
        raise NotAccepted("kind")
    return data
