"""`make test`: all tests on SQLite, then those marked `postgres` again on PostgreSQL, both beside a Valkey.

REDIS_URL, and a DATABASE_URL that names PostgreSQL, are used when they are set (the Redis database is emptied, and a
database called test_... is made); otherwise servers from wheels are started, and stopped after. The last line counts
over everything.
"""

import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from jkreeft.ops import bootstrap
from jkreeft.ops.machine import PYTHON, check, run_main
from jkreeft.ops.processes import Stopped, Tree, stop_on_signals
from jkreeft.ops.servers import start_postgres, start_valkey


@dataclass(frozen=True)
class Count:
    """What one run of pytest came to. An error counts as a failure."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def main() -> int:
    check()
    stop_on_signals()
    count = Count()
    try:
        with Tree(follow_parent="MAKELEVEL" in os.environ) as tree, tempfile.TemporaryDirectory() as folder:
            bootstrap.ensure(tree, "test")
            for report, code in run_legs(tree, Path(folder)):
                count += read_report(report, code)
    except Stopped:
        print("\nThe tests were stopped.", flush=True)
        return 130
    print(count, flush=True)
    return 0 if count.passed and not count.failed else 1


def run_legs(tree: Tree, folder: Path) -> Iterable[tuple[Path, int]]:
    """Run pytest once per database and yield each report with the exit code. Arguments go to the first run."""
    env = dict(os.environ) | {"REDIS_URL": os.environ.get("REDIS_URL") or start_valkey(tree, folder)}
    env.pop("DATABASE_URL", None)
    print("Tests on SQLite", flush=True)
    yield run_pytest(tree, env, folder / "sqlite.xml", sys.argv[1:])
    print("Tests on PostgreSQL", flush=True)
    named = os.environ.get("DATABASE_URL", "")
    url = named if named.startswith("postgres") else start_postgres(tree, folder)
    yield run_pytest(tree, env | {"DATABASE_URL": url}, folder / "postgres.xml", ["-m", "postgres"])


def run_pytest(tree: Tree, env: dict[str, str], report: Path, arguments: list[str]) -> tuple[Path, int]:
    child = tree.run("pytest", [PYTHON, "-m", "pytest", f"--junit-xml={report}", *arguments], env=env)
    return report, child.process.returncode


def read_report(report: Path, code: int) -> Count:
    """Count a junit report. A run that broke off, ran no test, or failed without naming one counts as one failure."""
    count = Count()
    if report.is_file():
        # Our own pytest wrote this file a moment ago.
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314
            total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            count += Count(max(total - failed - skipped, 0), failed, skipped)
    if code and not count.failed:
        return count + Count(failed=1)
    return count


if __name__ == "__main__":
    run_main(main)
