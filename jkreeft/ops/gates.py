"""`make check`: everything that must hold before the tests run. Each gate runs, whatever the ones before it said.

`make clauses` is the last gate alone, with all it has to say.
"""

import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from jkreeft.ops import bootstrap
from jkreeft.ops.keys import ensure_keys
from jkreeft.ops.machine import PYTHON, VENV, check, run_main
from jkreeft.ops.processes import Command, Stopped, Tree, stop_on_signals

APPS = ["jkreeft", "complaints", "reviews", "shop", "galleries", "accounts", "privacy", "common"]
TOOLS = VENV / "bin"
MANAGE: Command = [PYTHON, "manage.py"]

# A site as it would stand on the internet; the addresses are examples, the keys are made on the spot.
PRODUCTION = {
    "JKREEFT_ENVIRONMENT": "production",
    "SITE_URL": "https://fotos.example",
    "ALLOWED_HOSTS": "fotos.example",
    "DATABASE_URL": "postgres://jkreeft:secret@database.example/jkreeft",
    "REDIS_URL": "rediss://:secret@redis.example:6379/0",
    "EMAIL_URL": "smtp+tls://jkreeft:secret@mail.example:587",
    "PAYMENT_PROVIDERS": "transfer",
    "BEHIND_PROXY": "on",
}


@dataclass(frozen=True)
class Gate:
    name: str
    command: Command
    environment: dict[str, str] = field(default_factory=dict)


GATES = [
    Gate("formatting", [TOOLS / "ruff", "format", "--check", "."]),
    Gate("lint", [TOOLS / "ruff", "check", "."]),
    Gate("types", [TOOLS / "mypy", "manage.py", *APPS]),
    Gate("layers", [TOOLS / "lint-imports", "--no-logo"]),
    Gate("templates", [TOOLS / "djlint", "--lint", "--quiet", "templates"]),
    Gate("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    Gate("translations", [PYTHON, "-m", "jkreeft.ops.translations"]),
    Gate("system checks", [*MANAGE, "check", "--fail-level", "WARNING"]),
    Gate("deployment checks", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    Gate("clauses", [*MANAGE, "clauses", "--check"]),
]


def main() -> int:
    check()
    stop_on_signals()
    try:
        with Tree(follow_parent="MAKELEVEL" in os.environ) as tree, tempfile.TemporaryDirectory() as folder:
            bootstrap.ensure(tree, "dev")
            base = development_environment(Path(folder))
            if sys.argv[1:] == ["clauses"]:
                return tree.run("clauses", GATES[-1].command, env=base).process.returncode
            failed = [gate.name for gate in GATES if not passes(tree, gate, base, Path(folder))]
    except Stopped:
        return 130
    print("All gates are open." if not failed else f"Closed: {', '.join(failed)}.", flush=True)
    return 1 if failed else 0


def passes(tree: Tree, gate: Gate, base: dict[str, str], folder: Path) -> bool:
    """Run one gate; what it wrote is shown only when it stays closed."""
    start, log = time.monotonic(), folder / "gate.log"
    child = tree.run(gate.name, gate.command, env=base | gate.environment, log=log)
    is_open = child.process.returncode == 0
    print(f"{'ok    ' if is_open else 'CLOSED'}  {gate.name}  ({time.monotonic() - start:.1f} s)", flush=True)
    if not is_open:
        print(log.read_text(errors="replace"), flush=True)
    return is_open


def development_environment(folder: Path) -> dict[str, str]:
    """What settings need to load; no gate opens a database or talks to Redis."""
    ensure_keys(folder / "gates.env")
    kept = {name: value for name, value in os.environ.items() if name != "EMAIL_URL"}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "jkreeft.settings",
        "JKREEFT_ENVIRONMENT": "test",
        "JKREEFT_ENV_FILE": str(folder / "gates.env"),
        "JKREEFT_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/gates.sqlite3",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SITE_URL": "http://localhost:8000",
        "ALLOWED_HOSTS": "localhost",
    }


if __name__ == "__main__":
    run_main(main)
