"""Transactional tests empty every table afterwards; the ledger refuses that, so its guards are off meanwhile."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from privacy import triggers


def run_statements(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def ledger_can_be_flushed() -> Iterator[None]:
    """For the whole session: every flush of a transactional test runs between taking the guards off and on."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def flush_without_guards(self: Any) -> None:
        run_statements(triggers.drop(connection.vendor))
        try:
            flush(self)
        finally:
            run_statements(triggers.create(connection.vendor))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_without_guards)
        yield
