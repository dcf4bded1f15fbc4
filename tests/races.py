"""Two at once, on a database that lets two work at once. SQLite takes one writer at a time: there is no race there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

needs_two_writers = pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs PostgreSQL")


def at_once(*works: Callable[[], Any], refusals: tuple[type[Exception], ...] = ()) -> list[Any]:
    """Run these at the same moment, each on its own connection; what they returned, or the refusal they raised."""
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return work()
        except refusals as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
