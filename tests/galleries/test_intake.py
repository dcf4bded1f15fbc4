import os
from pathlib import Path

import pytest

from galleries.intake import REASONS, Place, Reason, look, place_of
from galleries.renditions import MAX_BYTES, Refusal
from tests.galleries.cameras import shoot


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("101", Place(is_group=False, name="101")),
        ("NR-4711", Place(is_group=False, name="NR-4711")),
        ("7" * 20, Place(is_group=False, name="7" * 20)),
        ("7" * 21, None),
        ("groep-4a", Place(is_group=True, name="4a")),
        ("Groep-Het team", Place(is_group=True, name="Het team")),
        ("groep-Ti\u0308na", Place(is_group=True, name="T\u00efna")),
        ("groep-" + "g" * 40, Place(is_group=True, name="g" * 40)),
        ("groep-" + "g" * 41, None),
        ("groep-", None),
        ("anna", None),
        ("", None),
        ("-1", None),
    ],
)
def test_a_folder_is_a_number_a_group_or_nothing(name: str, place: Place | None) -> None:
    assert place_of(name) == place


def test_every_file_is_a_candidate_refused_or_ignored(tmp_path: Path) -> None:
    folder = shoot(
        tmp_path / "shoot",
        {
            "101/b.jpg": b"x",
            "101/a.JPEG": b"x",
            "101/raw.cr2": b"x",
            "101/empty.jpg": b"",
            "101/.hidden.jpg": b"x",
            "101/deep/c.jpg": b"x",
            "anna/d.jpg": b"x",
            "anna/.DS_Store": b"x",
            "groep-4a/e.jpe": b"x",
            "loose.jpg": b"x",
            "Thumbs.db": b"x",
        },
    )
    found = look(folder)
    assert [(c.label, c.place.name) for c in found.candidates] == [
        ("101/a.JPEG", "101"),
        ("101/b.jpg", "101"),
        ("groep-4a/e.jpe", "4a"),
    ]
    assert dict(found.refused) == {
        "101/raw.cr2": Reason.EXTENSION,
        "101/empty.jpg": Refusal.EMPTY,
        "101/deep/c.jpg": Reason.TOO_DEEP,
        "anna/d.jpg": Reason.FOLDER_NAME,
        "loose.jpg": Reason.LOOSE,
    }
    assert sorted(found.ignored) == ["101/.hidden.jpg", "Thumbs.db", "anna/.DS_Store"]


def test_links_and_pipes_are_refused_and_never_opened(tmp_path: Path) -> None:
    outside = shoot(tmp_path / "outside", {"secret.jpg": b"x"})
    folder = shoot(tmp_path / "shoot", {"101/a.jpg": b"x"})
    (folder / "101" / "link.jpg").symlink_to(outside / "secret.jpg")
    (folder / "102").symlink_to(outside)
    os.mkfifo(folder / "101" / "pipe.jpg")
    found = look(folder)
    assert [c.label for c in found.candidates] == ["101/a.jpg"]
    assert dict(found.refused) == {
        "101/link.jpg": Reason.LINK,
        "102": Reason.LINK,
        "101/pipe.jpg": Reason.NOT_A_FILE,
    }


def test_a_file_larger_than_any_camera_writes_is_refused_unread(tmp_path: Path) -> None:
    folder = shoot(tmp_path / "shoot", {"101/a.jpg": b"", "101/b.jpg": b""})
    os.truncate(folder / "101" / "a.jpg", MAX_BYTES)
    os.truncate(folder / "101" / "b.jpg", MAX_BYTES + 1)
    found = look(folder)
    assert [c.label for c in found.candidates] == ["101/a.jpg"]
    assert found.refused == [("101/b.jpg", Refusal.TOO_LARGE)]


def test_a_name_in_no_known_encoding_can_still_be_printed(tmp_path: Path) -> None:
    folder = shoot(tmp_path / "shoot", {"101/a.jpg": b"x"})
    (folder / "101" / "a.jpg").rename(os.fsdecode(os.fsencode(folder) + b"/101/\xff.jpg"))
    label = look(folder).candidates[0].label
    assert label.encode() == b"101/?.jpg"


def test_every_reason_has_a_text() -> None:
    assert set(REASONS) == {*Reason, *Refusal}
