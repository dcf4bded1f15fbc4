"""The virtual environment: made once from the locks with hashes, wheels only, and used again until a lock changes.

Killed half-way it is made, or finished, the next time: a stamp inside it says what was installed completely.
"""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from jkreeft.ops.machine import PYTHON, ROOT, VAR, VENV, Refusal, check, run_main
from jkreeft.ops.processes import Command, Stopped, Tree, stop_on_signals

STAMP = VENV / "jkreeft.json"
# Each lock holds all of the one before it, so a bigger one also serves who asks for less.
LOCKS = ("runtime", "test", "dev")


def ensure(tree: Tree, lock: str) -> None:
    """Have a virtual environment with everything in requirements/<lock>.lock, and compiled translations."""
    check()
    VAR.mkdir(mode=0o700, exist_ok=True)
    with (VAR / "bootstrap.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not _is_usable():
            _make(tree)
        if not _is_installed(lock):
            _install(tree, lock)
        _compile_translations(tree)


def read_stamp(stamp: Path) -> dict[str, str]:
    """Which locks were installed completely, by digest; nothing when the stamp is absent or damaged."""
    try:
        content = json.loads(stamp.read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def digest(lock: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{lock}.lock").read_bytes()).hexdigest()


def serves(lock: str, stamp: Mapping[str, str], digests: Mapping[str, str]) -> bool:
    """Whether what the stamp names, at its present digest, holds everything in `lock`."""
    return any(stamp.get(name) == digests[name] for name in LOCKS[LOCKS.index(lock) :])


def installer_environment() -> dict[str, str]:
    """The environment of uv and pip: theirs to find the index by, but no other Python than ours."""
    hidden = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_REQUIRE_VIRTUALENV", "PIP_USER", "PIP_TARGET"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return kept | {"UV_PYTHON_DOWNLOADS": "never", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _is_usable() -> bool:
    """Made by us to the end, and its Python still starts (the system's may have been upgraded under it)."""
    if not STAMP.is_file():
        return False
    probe = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))"
    try:
        return subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _is_installed(lock: str) -> bool:
    return serves(lock, read_stamp(STAMP), {name: digest(name) for name in LOCKS})


def _make(tree: Tree) -> None:
    print("Making the virtual environment in .venv", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        command: Command = [sys.executable, "-m", "venv", "--clear", VENV]
        tree.check("Making the virtual environment", command, env=installer_environment(), log=Path(folder, "venv.log"))
    _write_stamp({})


def _install(tree: Tree, lock: str) -> None:
    print(f"Installing the locked packages ({lock})", flush=True)
    current = {name: value for name, value in read_stamp(STAMP).items() if value == digest(name)}
    _write_stamp({})
    file = ROOT / "requirements" / f"{lock}.lock"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "install.log")
        if not (_install_with_uv(tree, file, log) or _install_with_pip(tree, file, log)):
            sys.stderr.write(log.read_text(errors="replace")[-2000:])
            raise Refusal(
                "The packages could not be installed: is the package index reachable from here?"
                " The lines above are the installer's own."
            )
    _write_stamp(current | {lock: digest(lock)})


def _install_with_uv(tree: Tree, file: Path, log: Path) -> bool:
    uv = VENV / "bin" / "uv"
    if not uv.is_file() and not _install_with_pip(tree, ROOT / "requirements" / "bootstrap.lock", log):
        return False
    command: Command = [
        uv,
        "pip",
        "install",
        "--python",
        PYTHON,
        "--require-hashes",
        "--no-build",
        "--requirements",
        file,
    ]
    return tree.run("uv", command, env=installer_environment(), log=log).process.returncode == 0


def _install_with_pip(tree: Tree, file: Path, log: Path) -> bool:
    options = ["--quiet", "--retries", "1", "--require-hashes", "--only-binary", ":all:", "--requirement"]
    command: Command = [PYTHON, "-m", "pip", "install", *options, file]
    return tree.run("pip", command, env=installer_environment(), log=log).process.returncode == 0


def _write_stamp(content: Mapping[str, str]) -> None:
    """Replace the stamp in one step: it is either the old one or the new one."""
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(content))
    fresh.replace(STAMP)


def _compile_translations(tree: Tree) -> None:
    sources = list((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    stale = [
        source
        for source in sources
        if not (target := source.with_suffix(".mo")).is_file() or target.stat().st_mtime < source.stat().st_mtime
    ]
    if stale:
        with tempfile.TemporaryDirectory() as folder:
            command: Command = [PYTHON, "-m", "jkreeft.ops.catalogues", *stale]
            log = Path(folder, "catalogues.log")
            tree.check("Compiling the translations", command, env=installer_environment(), log=log)


def main() -> int:
    lock = sys.argv[1] if len(sys.argv) > 1 else "runtime"
    if lock not in LOCKS:
        raise Refusal(f"There is no lock called {lock}: it is runtime, test or dev.")
    stop_on_signals()
    try:
        with Tree() as tree:
            ensure(tree, lock)
    except Stopped:
        return 130
    return 0


if __name__ == "__main__":
    run_main(main)
