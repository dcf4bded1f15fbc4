"""A program that is killed again and again, on a database of its own, and what it says was left."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from jkreeft.ops.machine import ROOT


@pytest.fixture
def empty_database(tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """The address of a database of its own, of the kind the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/killed.sqlite3"
        return
    name = f"killed_{uuid.uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def survived(module: str, *, points: int, database: str, folder: Path) -> dict[str, Any]:
    """Run a program that kills its own work at so many points; what it found afterwards."""
    environment = os.environ | {"DATABASE_URL": database, "JKREEFT_VAR": str(folder), "LOG_LEVEL": "CRITICAL"}
    run = subprocess.run(
        [sys.executable, "-m", module, "--points", str(points)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout, run.stderr[-2000:]
    found: dict[str, Any] = json.loads(run.stdout)
    return found
