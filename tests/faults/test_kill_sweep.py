"""The sweep is killed with SIGKILL at fifty points; the next run finishes it, and nothing is lost or half done."""

from pathlib import Path

import pytest
from django.db import connection

from tests.killing import survived


@pytest.mark.postgres
@pytest.mark.timeout(300)
@pytest.mark.clauses("P23", "P96")
def test_a_sweep_killed_at_fifty_points_is_finished_by_the_next_one(empty_database: str, tmp_path: Path) -> None:
    found = survived("tests.faults.kill_sweep", points=50, database=empty_database, folder=tmp_path)
    assert found["problems"] == []
    assert found["database"] == connection.vendor
    assert found["killed"] == 50
    assert found["killed_in_batch"] >= 40
