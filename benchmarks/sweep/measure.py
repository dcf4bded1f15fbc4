"""One database's share of `benchmarks.sweep.run`: fills it, measures, prints one JSON line. DATABASE_URL says which."""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Self

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django has to be set up first
from django.db import connection, connections  # noqa: E402

from benchmarks.sweep.filling import fill, fresh_statistics  # noqa: E402
from jkreeft.celery import app as celery_app  # noqa: E402
from privacy import sweep  # noqa: E402
from privacy.models import SweepRun  # noqa: E402
from privacy.registry import registry  # noqa: E402
from privacy.rules import Rule  # noqa: E402
from privacy.selection import selection  # noqa: E402
from privacy.wipes import columns  # noqa: E402

NOW = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
REPEATS = 10
# The clock of each question. At New Year a whole year of orders leaves the books: 13.7 % of eight years.
TENTH = {"RT07": NOW, "RT10": datetime(2027, 1, 2, 2, 15, tzinfo=UTC)}


def nothing_due(orders: int, rounds: int) -> dict[str, Any]:
    """A night with nothing to do on the whole shop, all earlier nights done."""
    fill(NOW, orders=orders, with_lines=True)
    scans = full_scans()
    assert sweep.run_sweep(now=NOW) is not None
    fresh_statistics()
    nights, floors = [], []
    for _ in range(rounds):
        # Ten at a time: the clock of a server process ticks in hundredths.
        floors.append(timed(lambda: repeat(floor)) / REPEATS)
        nights.append(timed(lambda: repeat(lambda: sweep.run_sweep(now=NOW))) / REPEATS)
    last = SweepRun.objects.latest("pk")
    erased = sum(last.rules.values_list("erased", flat=True))
    assert (last.status, erased) == ("green", 0), (last.status, erased)
    rules = len(registry.rules)
    return {
        "rules": rules,
        "cpu_ms_a_rule": round(1000 * median(nights) / rules, 2),
        "night_beside_four_empty_statements_a_rule": round(
            median(n / f for n, f in zip(nights, floors, strict=True)), 1
        ),
        "full_scans_over_10000_rows": scans,
    }


def repeat(work: Callable[[], Any]) -> None:
    for _ in range(REPEATS):
        work()


def floor() -> None:
    """What four statements a rule cost when they ask nothing."""
    with connection.cursor() as cursor:
        for _ in range(4 * len(registry.rules)):
            cursor.execute("SELECT 1")
            cursor.fetchall()


def full_scans() -> list[str]:
    """The rules whose statements read a table of more than 10,000 rows in full."""
    found = []
    for rule in registry.sorted_rules():
        if rule.model._base_manager.count() <= 10_000:
            continue
        for sql, values in selection(rule).explain(NOW):
            if reads_all(sql, values, rule.model._meta.db_table):
                found.append(rule.key)
    return found


def reads_all(sql: str, values: dict[str, Any], table: str) -> bool:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            return any(f"SCAN {table}" in row[3] and "INDEX" not in row[3] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN {sql}", values)
        return any(f"Seq Scan on {table} " in row[0] for row in cursor.fetchall())


def a_tenth_due(orders: int, rounds: int, key: str) -> dict[str, Any]:
    """A tenth of all orders due under one rule, beside one plain UPDATE of the same rows and columns."""
    rule, clock = registry.rules[key], TENTH[key]
    if key == "RT07":
        make_due(rule, orders // 10)
    due = selection(rule).count_due(clock)
    assert due >= orders // 10, due
    ratios = []
    with Copies() as copies:
        for _ in range(rounds):
            copies.fresh()
            plain = timed(lambda: plain_update(rule, clock))
            copies.fresh()
            with only(rule):
                swept = timed(lambda: sweep.run_sweep(now=clock))
                erased = SweepRun.objects.latest("pk").rules.get().erased
            assert erased == due, erased
            ratios.append(swept / plain)
    return {
        "due": due,
        "ratio": round(median(ratios), 2),
        "least": round(min(ratios), 2),
        "most": round(max(ratios), 2),
    }


def make_due(rule: Rule, count: int) -> None:
    """Undo what earlier nights did to `count` orders, which are then past their term."""
    table, pk = rule.model._meta.db_table, rule.model._meta.pk.column
    values = {name: "iets" if isinstance(value, str) else value for name, value in columns(rule, NOW).items()}
    marker = rule.model._meta.get_field(rule.marker).column
    values = {name: value for name, value in values.items() if isinstance(value, str) and name != marker}
    sets = ", ".join(f'"{name}" = %({name})s' for name in values)
    ripe = f'"{rule.anchor}" <= %(cutoff)s'
    cutoff = rule.model._meta.get_field(rule.anchor).get_db_prep_value(rule.cutoff(NOW), connection)
    with connection.cursor() as cursor:
        rows = f'SELECT "{pk}" FROM "{table}" WHERE {ripe} ORDER BY "{pk}" LIMIT {count}'
        sql = f'UPDATE "{table}" SET {sets}, "{marker}" = NULL WHERE "{pk}" IN ({rows})'
        cursor.execute(sql, {**values, "cutoff": cutoff})
        assert cursor.rowcount == count, cursor.rowcount
    fresh_statistics()


def plain_update(rule: Rule, clock: datetime) -> None:
    """The least that could be done: one statement, no lock, no second look, no evidence."""
    wiped = columns(rule, clock)
    sets = ", ".join(f'"{name}" = %(set_{name})s' for name in wiped)
    marker = rule.model._meta.get_field(rule.marker).column
    cutoff = rule.model._meta.get_field(rule.anchor).get_db_prep_value(rule.cutoff(clock), connection)
    values = {**{f"set_{name}": value for name, value in wiped.items()}, "cutoff": cutoff}
    where = f'"{marker}" IS NULL AND "{rule.anchor}" <= %(cutoff)s'
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{rule.model._meta.db_table}" SET {sets} WHERE {where}', values)


@contextmanager
def only(rule: Rule) -> Iterator[None]:
    """Let the night know one rule."""
    rules = registry.rules
    registry.rules = {rule.key: rule}
    try:
        yield
    finally:
        registry.rules = rules


class Copies:
    """Fresh copies of the filled database, so that each measurement begins alike."""

    def __enter__(self) -> Self:
        self.settings = connection.settings_dict
        self.original = str(self.settings["NAME"])
        self.copy = f"{self.original}_copy"
        return self

    def fresh(self) -> None:
        """Throw the last copy away and connect to a new one, read once."""
        connections.close_all()
        if connection.vendor == "sqlite":
            for ending in ("", "-wal", "-shm"):
                Path(self.copy + ending).unlink(missing_ok=True)
            shutil.copyfile(self.original, self.copy)
            os.sync()
        else:
            self.settings["NAME"] = "postgres"
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.original}"')
                cursor.execute("CHECKPOINT")
            connections.close_all()
        self.settings["NAME"] = self.copy
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(name) FROM shop_order")

    def __exit__(self, *_: object) -> None:
        connections.close_all()
        self.settings["NAME"] = self.original


def timed(work: Callable[[], Any]) -> float:
    """Seconds of CPU that `work` costs us and, on PostgreSQL, the server process that serves us."""
    begin = time.process_time() + _server_cpu()
    work()
    return time.process_time() + _server_cpu() - begin


def _server_cpu() -> float:
    """User and system time of our server process, which runs on this machine; fields 14 and 15 of its stat line."""
    if connection.vendor == "sqlite":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = cursor.fetchone()[0]
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["nothing", *TENTH])
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    celery_app.send_task = lambda *_args, **_kwargs: None
    call_command("migrate", verbosity=0)
    if options.what == "nothing":
        answer = nothing_due(options.orders, max(options.rounds, 5))
    else:
        fill(NOW, orders=options.orders, with_lines=False)
        answer = a_tenth_due(options.orders, options.rounds, options.what)
    sys.stdout.write(json.dumps({"database": connection.vendor, "what": options.what, **answer}) + "\n")


if __name__ == "__main__":
    main()
