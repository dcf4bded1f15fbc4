"""The sweep is killed with SIGKILL at fifty points; the next run finishes it, and nothing is lost or half done."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.mark.postgres
@pytest.mark.timeout(300)
@pytest.mark.clauses("P23", "P96")
def test_a_sweep_killed_at_fifty_points_is_finished_by_the_next_one(empty_database: str, tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": empty_database, "JKREEFT_VAR": str(tmp_path), "LOG_LEVEL": "CRITICAL"}
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.kill_sweep", "--points", "50"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout, run.stderr[-2000:]
    found = json.loads(run.stdout)
    assert found["problems"] == []
    assert found["database"] == connection.vendor
    assert found["killed"] == 50
    assert found["killed_in_batch"] >= 40
