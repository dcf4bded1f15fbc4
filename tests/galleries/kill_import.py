"""Kills an import with SIGKILL at many points and lets the next one finish it; prints what it found as JSON.

    python -m tests.galleries.kill_import --points 30

Points are SQL statements and files written, counted beforehand. Each killed import is a forked child with an
assignment of its own, in turn unpublished and published. The database and the folder come from the environment
(DATABASE_URL, JKREEFT_VAR).
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from galleries.actions import create_assignment, create_client  # noqa: E402
from galleries.actions.importing import import_shoot  # noqa: E402
from galleries.models import Assignment, Photo, Rendition  # noqa: E402
from jkreeft.celery import app as celery_app  # noqa: E402
from privacy import files  # noqa: E402
from privacy.models import StoredObject  # noqa: E402
from tests.galleries.cameras import corners, held, noise, saved, shoot  # noqa: E402

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FILES = {"1/a.jpg": held(corners(), 6), "1/b.jpg": saved(noise((200, 100))), "groep-3B/c.jpg": saved(noise((90, 90)))}


class Points:
    """Counts the points of an import, and kills the process at one of them."""

    def __init__(self, kill_at: int | None) -> None:
        self.kill_at = kill_at
        self.count = 0

    def step(self) -> None:
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def on_statement(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.step()
        return execute(*args)

    def on_file(self, save: Callable[..., str]) -> Callable[..., str]:
        def saving(name: str, content: Any) -> str:
            self.step()
            saved_as = save(name, content)
            self.step()
            return saved_as

        return saving


def imported(assignment: Assignment, folder: Path, kill_at: int | None) -> tuple[bool, int]:
    """One import in a forked child: whether it was killed, and how many points it passed when it was not."""
    connections.close_all()
    result = folder.with_suffix(".points")
    result.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        points = Points(kill_at)
        files.store.save = points.on_file(files.store.save)  # type: ignore[method-assign]
        with connection.execute_wrapper(points.on_statement):
            import_shoot(assignment_id=assignment.pk, folder=folder, jobs=1, clock=lambda: NOW)
        result.write_text(str(points.count))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status), int(result.read_text()) if result.exists() else 0


def assignment(*, is_published: bool) -> Assignment:
    client = create_client(kind="school", name="School", now=NOW)
    made = create_assignment(client_id=client.pk, title="Dag", now=NOW)
    Assignment.objects.filter(pk=made.pk).update(published_at=NOW if is_published else None)
    return Assignment.objects.get(pk=made.pk)


def findings(into: Assignment) -> list[str]:
    """What is wrong after the import was finished; empty when nothing is."""
    photos = Photo.objects.filter(assignment=into)
    found = [] if photos.count() == len(FILES) else [f"{photos.count()} photos"]
    if into.published_at is not None and photos.filter(expires_at__isnull=True).exists():
        found.append("a photo of a published assignment is not online")
    files.drain()
    root = Path(settings.PRIVATE_ROOT)
    stored = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    pointed = set(Photo.objects.values_list("original__name", flat=True))
    pointed |= set(Rendition.objects.values_list("stored__name", flat=True))
    found += [f"file without a row: {name}" for name in sorted(stored - pointed)]
    found += [f"row without a file: {name}" for name in sorted(pointed - stored)]
    registered = set(StoredObject.objects.values_list("name", flat=True))
    found += [f"registered and forgotten: {name}" for name in sorted(registered - pointed)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=30)
    most = parser.parse_args().points
    celery_app.send_task = lambda *_args, **_kwargs: None  # type: ignore[method-assign,assignment]
    call_command("migrate", verbosity=0)
    folder = shoot(Path(settings.VAR_DIR) / "card", FILES)
    _, total = imported(assignment(is_published=False), folder, None)
    killed, problems = 0, []
    for number in range(most):
        into = assignment(is_published=number % 2 == 1)
        was_killed, _ = imported(into, folder, number * (total - 1) // (most - 1))
        killed += was_killed
        imported(into, folder, None)
        problems += [f"point {number}: {found}" for found in findings(into)]
    json.dump({"database": connection.vendor, "points": total, "killed": killed, "problems": problems}, sys.stdout)


if __name__ == "__main__":
    main()
