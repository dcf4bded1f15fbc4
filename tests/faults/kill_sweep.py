"""Kills the sweep with SIGKILL at many points and lets the next run finish it; prints what it found as JSON.

    python -m tests.faults.kill_sweep --points 50

Points are SQL statements and file removals of one night, counted beforehand; each child process is forked, plays the
night, and kills itself just before its point. It writes down beforehand whether it stood inside a batch. The database
and the folder come from the environment (DATABASE_URL, JKREEFT_VAR); the database is filled and must be empty before.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from jkreeft.celery import app as celery_app  # noqa: E402
from privacy import files, ledger, report, sweep  # noqa: E402
from privacy.models import StoredObject, SweepRun  # noqa: E402
from tests.faults.planting import Planted, plant  # noqa: E402

NOW = datetime(2026, 11, 20, 2, 15, tzinfo=UTC)


# A point: whether inside a batch, and which of those. Both kinds are counted apart, because nights differ a little.
Point = tuple[bool, int]


class Points:
    """Counts the points of a night, inside and outside batches, and kills the process at one of them."""

    def __init__(self, kill_at: Point | None, witness: Path) -> None:
        self.kill_at = kill_at
        self.witness = witness
        self.counts = {True: 0, False: 0}
        self.depth = 0

    def step(self) -> None:
        inside = self.depth > 0
        if (inside, self.counts[inside]) == self.kill_at:
            self.witness.write_text(json.dumps({"in_batch": inside}))
            os.kill(os.getpid(), signal.SIGKILL)
        self.counts[inside] += 1

    def on_statement(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.step()
        return execute(*args)


@contextmanager
def watched(points: Points) -> Iterator[None]:
    """Let every statement and every file removal of a sweep be a point."""
    run_batch, remove = sweep._run_batch, files.remove

    def batch(*args: Any, **kwargs: Any) -> int:
        points.depth += 1
        try:
            return run_batch(*args, **kwargs)
        finally:
            points.depth -= 1

    def removal(name: str) -> bool:
        points.step()
        return remove(name)

    sweep._run_batch, files.remove = batch, removal
    try:
        with connection.execute_wrapper(points.on_statement):
            yield
    finally:
        sweep._run_batch, files.remove = run_batch, remove


def night(kill_at: Point | None, witness: Path) -> tuple[int, dict[bool, int]]:
    """One night in a forked child; how the child ended, and how many points it passed when it was not killed."""
    connections.close_all()
    result = witness.with_suffix(".points")
    child = os.fork()
    if child == 0:
        points = Points(kill_at, witness)
        with watched(points):
            sweep.run_sweep(now=NOW, batch=4)
        result.write_text(json.dumps([points.counts[True], points.counts[False]]))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    counts = {True: 0, False: 0}
    if result.exists():
        counts[True], counts[False] = json.loads(result.read_text())
        result.unlink()
    return status, counts


def chosen(counts: dict[bool, int], *, points: int) -> list[Point]:
    """Points spread over the night: nine of ten inside batches, the rest outside them."""
    outside = points // 10
    return _spread(True, counts[True], points - outside) + _spread(False, counts[False], outside)


def _spread(inside: bool, steps: int, count: int) -> list[Point]:
    last = steps * 19 // 20  # a later night may be a few statements shorter
    return [(inside, index * last // max(1, count - 1)) for index in range(count)]


def findings(kept: list[Planted]) -> list[str]:
    """What is wrong after the night was finished; empty when nothing is."""
    found = [f"gone or changed: {row}" for planted in kept for row in planted.missing()]
    verified = report.verify(now=NOW)
    found += [f"residue {line.rule}: {line.residue}" for line in verified.rules if line.residue != 0]
    if verified.outbox:
        found.append(f"outbox {verified.outbox}")
    if not verified.ledger.is_sound:
        found.append("the ledger does not verify")
    rows = set(StoredObject.objects.values_list("name", flat=True))
    disk = {str(path.relative_to(settings.PRIVATE_ROOT)) for path in settings.PRIVATE_ROOT.rglob("*.jpg")}
    found += [f"file without a row: {len(disk - rows)}"] * bool(disk - rows)
    found += [f"row without a file: {len(rows - disk)}"] * bool(rows - disk)
    wanted = set().union(*(planted.names for planted in kept))
    found += [f"files not due are gone: {len(wanted - disk)}"] * bool(wanted - disk)
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=50)
    wanted = parser.parse_args().points
    celery_app.send_task = lambda *_args, **_kwargs: None
    call_command("migrate", verbosity=0)
    witness = Path(settings.VAR_DIR) / "killed.json"
    kept = [plant(NOW)]
    status, counts = night(None, witness)
    problems = [f"the unharmed night ended with {status}", *findings(kept)] if status else findings(kept)
    killed_in_batch = killed = 0
    for point in chosen(counts, points=wanted):
        kept = [*kept[-1:], plant(NOW)]
        status, _ = night(point, witness)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            killed += 1
            killed_in_batch += json.loads(witness.read_text())["in_batch"]
        if night(None, witness)[0]:
            problems.append(f"point {point}: the next run did not end well")
        problems += [f"point {point}: {problem}" for problem in findings(kept)]
    answer = {
        "database": connection.vendor,
        "points_of_a_night": sum(counts.values()),
        "killed": killed,
        "killed_in_batch": killed_in_batch,
        "nights": SweepRun.objects.count(),
        "sealed": ledger.verify().sealed,
        "problems": problems,
    }
    sys.stdout.write(json.dumps(answer) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
