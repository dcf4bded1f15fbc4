"""What lies in the folder of a shoot, before anything is opened: which file is a photo of whom, and what is none.

A sub-folder is named after a subject's number, or `groep-NAME` for the photos of a group. Numbers, not names: a folder
without a digit in its name is refused, so that no child's name becomes a number by accident (P16).
"""

import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from .renditions import MAX_BYTES, Refusal

NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
GROUP = re.compile(r"groep-(?P<name>\S.{0,39})", re.IGNORECASE)
EXTENSIONS = frozenset({".jpg", ".jpeg", ".jpe"})
# What systems leave beside photos; nobody misses it.
_LEFTOVERS = frozenset({"thumbs.db", "desktop.ini"})


class Reason(StrEnum):
    """Why a file was not opened, or not kept."""

    LINK = "link"
    NOT_A_FILE = "not_a_file"
    LOOSE = "loose"
    FOLDER_NAME = "folder_name"
    TOO_DEEP = "too_deep"
    EXTENSION = "extension"
    CHANGED = "changed"
    GONE = "gone"


REASONS: dict[Reason | Refusal, str] = {
    Reason.LINK: "a link, not a file",
    Reason.NOT_A_FILE: "not a plain file",
    Reason.LOOSE: "not in the folder of a subject or a group",
    Reason.FOLDER_NAME: "the folder's name is no subject number and not groep-NAME",
    Reason.TOO_DEEP: "in a folder inside a subject's or group's folder",
    Reason.EXTENSION: "its name does not end in .jpg or .jpeg",
    Reason.CHANGED: "it changed while it was imported",
    Reason.GONE: "its assignment, subject or group was removed during the import",
    Refusal.EMPTY: "empty",
    Refusal.NOT_JPEG: "not a JPEG file, whatever its name says",
    Refusal.UNSUPPORTED: "a kind of JPEG no camera writes",
    Refusal.DAMAGED: "damaged",
    Refusal.TRUNCATED: "cut off before the end of the picture",
    Refusal.TOO_LARGE: "larger than any camera's picture",
    Refusal.TOO_COMPLEX: "in more scans than an honest picture needs",
    Refusal.TOO_SLOW: "takes too long to open",
    Refusal.UNREADABLE: "cannot be read",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Whose photos a folder holds: a subject's number or a group's name."""

    is_group: bool
    name: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a photo; `label` is its path within the folder."""

    path: Path
    label: str
    place: Place


@dataclass(slots=True)
class Intake:
    """What was found, in the order of its names. Hidden files and what systems leave behind are only named."""

    candidates: list[Candidate] = field(default_factory=list)
    refused: list[tuple[str, Reason | Refusal]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def look(folder: Path) -> Intake:
    """Everything in `folder`, each file a candidate, refused with a reason, or ignored. Follows no link."""
    found = Intake()
    _look(folder, folder, None, found)
    return found


def place_of(name: str) -> Place | None:
    """Whose folder this is; None for a name that says neither a number nor a group."""
    name = unicodedata.normalize("NFC", name).strip()
    group = GROUP.fullmatch(name)
    if group:
        return Place(is_group=True, name=group["name"])
    return Place(is_group=False, name=name) if NUMBER.fullmatch(name) else None


def _look(top: Path, folder: Path, place: Place | None, found: Intake) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        found.refused.append((_label(top, folder), Refusal.UNREADABLE))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name.lower() in _LEFTOVERS:
            found.ignored.append(_label(top, path))
        elif entry.is_symlink():
            found.refused.append((_label(top, path), Reason.LINK))
        elif not entry.is_dir(follow_symlinks=False):
            _sort(top, path, entry.stat(follow_symlinks=False), place, found)
        elif folder == top and place_of(entry.name):
            _look(top, path, place_of(entry.name), found)
        else:
            _refuse_all(top, path, Reason.FOLDER_NAME if folder == top else Reason.TOO_DEEP, found)


def _sort(top: Path, path: Path, status: os.stat_result, place: Place | None, found: Intake) -> None:
    label = _label(top, path)
    reason = _reason(path, status, place)
    if reason is None and place is not None:
        found.candidates.append(Candidate(path=path, label=label, place=place))
    else:
        found.refused.append((label, reason or Reason.LOOSE))


def _reason(path: Path, status: os.stat_result, place: Place | None) -> Reason | Refusal | None:
    if not stat.S_ISREG(status.st_mode):
        return Reason.NOT_A_FILE
    if place is None:
        return Reason.LOOSE
    if path.suffix.lower() not in EXTENSIONS:
        return Reason.EXTENSION
    if status.st_size == 0:
        return Refusal.EMPTY
    return Refusal.TOO_LARGE if status.st_size > MAX_BYTES else None


def _refuse_all(top: Path, folder: Path, reason: Reason, found: Intake) -> None:
    # Each file by its own name: what stands in the manifest can be looked up and put right.
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.startswith(".") or name.lower() in _LEFTOVERS:
                found.ignored.append(_label(top, Path(parent) / name))
            else:
                found.refused.append((_label(top, Path(parent) / name), reason))


def _label(top: Path, path: Path) -> str:
    # A name in an unknown encoding still has to be printed.
    return str(path.relative_to(top)).encode(errors="replace").decode()
