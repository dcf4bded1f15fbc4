"""`make faults`: take away the behaviour behind each clause of the policy, one at a time, and see its test turn red.

A test that stays green while what it speaks of is gone proves nothing. `tests/policy/planted/<app>.toml` says for each
clause which lines carry it, what to put in their place, and which test must notice. Each fault is planted in a copy of
the checkout; nothing here is touched.
"""

import os
import queue
import shutil
import subprocess
import tempfile
import threading
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jkreeft.ops import bootstrap
from jkreeft.ops.machine import PYTHON, ROOT, VENV, Refusal, check, run_main
from jkreeft.ops.processes import Command, Stopped, Tree, stop_on_signals

PLANTED = Path("tests", "policy", "planted")
_NOT_COPIED = shutil.ignore_patterns("var", ".venv", ".git", "node_modules", "__pycache__", ".*_cache", ".hypothesis")
# What pytest answers when tests ran and at least one failed; anything else (no such test, a file that does not import)
# would turn red without the test having noticed anything.
_NOTICED = 1


@dataclass(frozen=True)
class Fault:
    """One behaviour taken away: `find`, which stands exactly once in `file`, becomes `replace`; `test` must notice."""

    clause: str
    file: str
    find: str
    replace: str
    test: str

    def plant(self, tree: Path) -> str:
        """Plant it in the checkout at `tree`; gives the text that was there. Raises `Refusal` when it does not fit."""
        path = tree / self.file
        before = path.read_text()
        if before.count(self.find) != 1 or self.find == self.replace:
            raise Refusal(
                f"The fault for {self.clause} does not fit: what it looks for stands not once in {self.file}."
            )
        path.write_text(before.replace(self.find, self.replace))
        return before


def planted(root: Path) -> list[Fault]:
    """All faults of the checkout at `root`, by clause."""
    tables = (tomllib.loads(path.read_text()) for path in sorted((root / PLANTED).glob("*.toml")))
    faults = [Fault(**row) for table in tables for row in table.get("fault", [])]
    return sorted(faults, key=lambda fault: (fault.clause, fault.file))


def main() -> int:
    check()
    stop_on_signals()
    wanted = set(os.environ.get("CLAUSES", "").split())
    faults = [fault for fault in planted(ROOT) if not wanted or fault.clause in wanted]
    try:
        with Tree(follow_parent="MAKELEVEL" in os.environ) as tree, tempfile.TemporaryDirectory() as folder:
            bootstrap.ensure(tree, "test")
            # Without these the tests start servers of their own, so that two runs do not meet in one.
            env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
            missed = list(_missed(faults, Path(folder), env))
    except Stopped:
        return 130
    print(f"{len(faults)} faults planted, {len(faults) - len(missed)} noticed.", flush=True)
    return 1 if missed or not faults else 0


def _missed(faults: list[Fault], folder: Path, env: Mapping[str, str]) -> Iterator[Fault]:
    """Those that no test noticed. The tests are seen green first: a test that is red anyway notices nothing."""
    copies = [_copy(folder / f"copy{number}") for number in range(min(os.cpu_count() or 1, 4))]
    green = _pytest(copies[0], sorted({fault.test for fault in faults}), env)
    if green.returncode:
        raise Refusal(f"The tests are not green without a fault:\n{green.stdout[-3000:]}")
    waiting: queue.SimpleQueue[Fault] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[Fault, str]] = queue.SimpleQueue()
    for fault in faults:
        waiting.put(fault)
    for copy in copies:
        threading.Thread(target=_work, args=(copy, waiting, done, env), daemon=True).start()
    for _ in faults:
        fault, answer = done.get()
        print(f"{'noticed' if not answer else 'MISSED '}  {fault.clause}  {fault.file}  {fault.test}", flush=True)
        if answer:
            print(answer, flush=True)
            yield fault


def _work(
    copy: Path,
    waiting: "queue.SimpleQueue[Fault]",
    done: "queue.SimpleQueue[tuple[Fault, str]]",
    env: Mapping[str, str],
) -> None:
    while True:
        try:
            fault = waiting.get_nowait()
        except queue.Empty:
            return
        done.put((fault, _answer(fault, copy, env)))


def _answer(fault: Fault, copy: Path, env: Mapping[str, str]) -> str:
    """Nothing when the test noticed; else what it said instead."""
    try:
        before = fault.plant(copy)
    except Refusal as refusal:
        return str(refusal)
    try:
        run = _pytest(copy, [fault.test], env)
    finally:
        (copy / fault.file).write_text(before)
    return "" if run.returncode == _NOTICED else f"pytest ended with {run.returncode}:\n{run.stdout[-1500:]}"


def _pytest(copy: Path, tests: list[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    # No compiled files: a changed source may be as long, and as old to the second, as the one they were made of.
    quiet = {"PYTHONDONTWRITEBYTECODE": "1"}
    command: Command = [PYTHON, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--no-header", *tests]
    return subprocess.run(
        command,
        cwd=copy,
        env={**env, **quiet},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _copy(target: Path) -> Path:
    shutil.copytree(ROOT, target, ignore=_NOT_COPIED, symlinks=True)
    (target / VENV.name).symlink_to(VENV)
    return target


if __name__ == "__main__":
    run_main(main)
