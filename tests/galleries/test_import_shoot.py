import json
import os
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from PIL import Image

from galleries.management.commands import import_shoot as command
from galleries.models import Photo
from tests.galleries.cameras import corners, held, noise, saved, shoot
from tests.galleries.studio import Studio, open_studio

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def empty(db: None) -> Studio:
    return open_studio()


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return shoot(tmp_path / "card", {"1/a.jpg": held(corners(), 6), "groep-3B/b.jpg": saved(noise((90, 60)))})


def run(*arguments: object, **options: object) -> str:
    out = StringIO()
    call_command("import_shoot", *map(str, arguments), "--jobs=1", stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_the_assignment_is_named_by_its_number_or_its_public_id(empty: Studio, card: Path) -> None:
    assert "imported:   2" in run(empty.assignment.pk, card)
    assert "duplicates: 2" in run(empty.assignment.public_id, card)


def test_each_file_is_a_plain_line_where_nobody_watches_a_terminal(empty: Studio, card: Path) -> None:
    assert run(empty.assignment.pk, card).splitlines() == [
        "1/2 1/a.jpg: imported",
        "2/2 groep-3B/b.jpg: imported",
        "found:      2",
        "imported:   2",
        "duplicates: 0",
        "refused:    0",
    ]


def test_on_a_terminal_one_line_moves(empty: Studio, card: Path) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    call_command("import_shoot", str(empty.assignment.pk), str(card), "--jobs=1", stdout=out)
    assert out.getvalue().startswith("\r1/2\r2/2\nfound:")


def test_what_is_refused_is_named_with_its_reason_and_the_status_says_so(empty: Studio, card: Path) -> None:
    shoot(card, {"1/letter.jpg": b"Dear studio", "1/.DS_Store": b"x"})
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_shoot", str(empty.assignment.pk), str(card), "--jobs=1", stdout=out)
    assert caught.value.returncode == command.SOME_REFUSED
    assert "  1/letter.jpg: not a JPEG file, whatever its name says" in out.getvalue()
    assert "ignored (hidden files): 1" in out.getvalue()
    assert Photo.objects.count() == 2


def test_the_manifest_comes_as_json(empty: Studio, card: Path) -> None:
    run(empty.assignment.pk, card)
    Photo.objects.latest("pk")
    assert json.loads(run(empty.assignment.pk, card, "--json")) == {
        "found": 2,
        "imported": [],
        "duplicates": ["1/a.jpg", "groep-3B/b.jpg"],
        "refused": [],
        "deleted": [],
        "ignored": [],
    }


@pytest.mark.parametrize("named", ["999999", "school", "0f8fad5b-d9cb-469f-a165-70867728950e", "9" * 40])
def test_an_unknown_assignment_is_one_clear_sentence(empty: Studio, card: Path, named: str) -> None:
    with pytest.raises(CommandError, match=r"There is no such assignment\."):
        run(named, card)


def test_a_folder_that_is_not_there_is_one_clear_sentence(empty: Studio, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a folder"):
        run(empty.assignment.pk, tmp_path / "nowhere")


def test_an_interrupted_import_says_how_to_finish(empty: Studio, card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "import_shoot", interrupted)
    with pytest.raises(CommandError, match="Run the same command again") as caught:
        run(empty.assignment.pk, card)
    assert caught.value.returncode == command.INTERRUPTED


@pytest.mark.postgres
@pytest.mark.timeout(300)
@pytest.mark.clauses("P23")
def test_an_import_killed_at_thirty_points_is_finished_by_the_next_one(empty_database: str, tmp_path: Path) -> None:
    found = json.loads(python("-m", "tests.galleries.kill_import", **surroundings(empty_database, tmp_path)))
    assert found["problems"] == []
    assert found["killed"] == 30
    assert found["points"] > 60
    assert found["database"] == connection.vendor


@pytest.mark.timeout(300)
def test_the_command_killed_half_way_leaves_no_worker_and_finishes_when_run_again(tmp_path: Path) -> None:
    around = surroundings(f"sqlite:///{tmp_path}/killed.sqlite3", tmp_path)
    python("manage.py", "migrate", "-v0", **around)
    made = python("-c", _MAKE_ASSIGNMENT, **around).strip()
    pictures = {
        f"{n}/p.jpg": saved(noise((60, 40), seed=n).resize((2400, 1600), Image.Resampling.BICUBIC)) for n in range(12)
    }
    folder = shoot(tmp_path / "card", pictures)
    arguments = ["manage.py", "import_shoot", made, str(folder), "--jobs=2"]
    running = subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env=os.environ | around, stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    for line in running.stdout:
        if line.startswith("4/12"):
            break
    workers = children_of(running.pid)
    running.kill()
    running.wait()
    running.stdout.close()
    assert len(workers) == 2
    assert all_gone(workers)
    manifest = json.loads(python(*arguments, "--json", **around))
    assert len(manifest["imported"]) + len(manifest["duplicates"]) == manifest["found"] == 12
    assert 4 <= len(manifest["duplicates"]) < 12
    assert python("-c", _COUNT, **around).split() == ["12", "36", "36"]


_MAKE_ASSIGNMENT = """
import django; django.setup()
from django.utils import timezone
from galleries.actions import create_assignment, create_client
now = timezone.now()
print(create_assignment(client_id=create_client(kind="school", name="x", now=now).pk, title="x", now=now).public_id)
"""
_COUNT = """
import django; django.setup()
from pathlib import Path
from django.conf import settings
from galleries.models import Photo
from privacy import files
from privacy.models import StoredObject
files.drain()
stored = [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]
print(Photo.objects.count(), StoredObject.objects.filter(attached_at__isnull=False).count(), len(stored))
"""


def surroundings(database: str, folder: Path) -> dict[str, str]:
    return {"DATABASE_URL": database, "JKREEFT_VAR": str(folder / "var"), "LOG_LEVEL": "CRITICAL"}


def python(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def all_gone(pids: list[int]) -> bool:
    """Whether these processes end within ten seconds (a zombie that nobody collects has ended)."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any(_runs(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def _runs(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
