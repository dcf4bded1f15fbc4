"""Which rows stay although their term is over: by a legal hold (A18) or a restriction of processing (art. 18 GDPR).

The answer is one piece of SQL, built once per model and part of every due query. An exception on a row keeps what
belongs to it too (by CASCADE foreign keys), and keeps a row from going whose going would take the excepted one along.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

from . import ties
from .models import Hold, Restriction
from .ties import Table

# From a child of the row down to a grandchild: (table, its foreign key column) each.
Chain = tuple[tuple[Table, str], ...]

_LIMITS: dict[Table, str] = {Hold: '"until" > %(now)s', Restriction: '"lifted_at" IS NULL'}


@lru_cache(maxsize=256)
def not_excepted(model: Table, *, deletes: bool) -> str:
    """SQL, starting with AND, that leaves out excepted rows of `model`; its one parameter is `now`.

    It stands inside a query whose only table is the model's own. `deletes`: the rows go, and their children with them.
    """
    column = _column(model, model._meta.pk.column)
    wheres = [_kept(table, kind, row) for kind, row in _upwards(model, column, ()) for table in _LIMITS]
    if deletes:
        wheres += [_kept_below(table, chain, column) for chain in _downwards(model, ()) for table in _LIMITS]
    kept = " AND ".join(f"NOT EXISTS ({where})" for where in wheres)
    return f" AND ({_no_exception_at_all()} OR ({kept}))" if kept else ""


def any_excepted(model: Table, ids: Sequence[Any], *, now: datetime) -> bool:
    """Whether an exception keeps one of these rows from being deleted."""
    table, pk = model._meta.db_table, model._meta.pk
    for start in range(0, len(ids), 5000):
        values = {f"id{n}": pk.get_db_prep_value(key, connection) for n, key in enumerate(ids[start : start + 5000])}
        listed = ", ".join(f"%({name})s" for name in values)
        sql = f'SELECT count(*) FROM "{table}" WHERE "{pk.column}" IN ({listed})'  # noqa: S608
        with connection.cursor() as cursor:
            values["now"] = connection.ops.adapt_datetimefield_value(now)
            cursor.execute(sql + not_excepted(model, deletes=True), values)
            if cursor.fetchone()[0] < len(values) - 1:
                return True
    return False


def freeze_exceptions() -> None:
    """Let no exception be placed until this transaction ends, and see all that were: first thing in every erasing one.

    SQLite needs nothing: its transactions exclude each other.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE privacy_hold, privacy_restriction IN SHARE MODE")


def _no_exception_at_all() -> str:
    """Asked once per statement, and mostly true: then no row has to be looked at."""
    tables = ((table._meta.db_table, limit) for table, limit in _LIMITS.items())
    return " AND ".join(f'NOT EXISTS (SELECT 1 FROM "{name}" WHERE {limit})' for name, limit in tables)  # noqa: S608


def _kept(table: Table, kind: str, row: str) -> str:
    name = table._meta.db_table
    return f'SELECT 1 FROM "{name}" WHERE "kind" = \'{kind}\' AND "object_id" = {row} AND {_LIMITS[table]}'  # noqa: S608


def _kept_below(table: Table, chain: Chain, row: str) -> str:
    name = table._meta.db_table
    joins, at = "", "h.object_id"
    for step, (child, column) in enumerate(reversed(chain)):
        pk = child._meta.pk.column
        joins += f' JOIN "{child._meta.db_table}" c{step} ON c{step}."{pk}" = {at}'
        at = f'c{step}."{column}"'
    kind = chain[-1][0]._meta.label_lower
    limit = f"h.{_LIMITS[table]}"
    return f'SELECT 1 FROM "{name}" h{joins} WHERE h."kind" = \'{kind}\' AND {limit} AND {at} = {row}'  # noqa: S608


def _upwards(model: Table, row: str, seen: tuple[Table, ...]) -> Iterator[tuple[str, str]]:
    """The row itself and all it belongs to: kind, and the SQL of the primary key."""
    if isinstance(model._meta.pk, models.IntegerField):
        yield model._meta.label_lower, row
    for field, owner in ties.owners(model):
        if owner not in (*seen, model):
            is_own = row == _column(model, model._meta.pk.column)
            up = _column(model, field.column) if is_own else _looked_up(model, field.column, row)
            yield from _upwards(owner, up, (*seen, model))


def _downwards(model: Table, seen: tuple[Table, ...]) -> Iterator[Chain]:
    """Every chain of children that a deletion takes along."""
    for child, field, on_delete in ties.references(model):
        if on_delete is models.CASCADE and child not in (*seen, model):
            link = (child, field.column)
            if isinstance(child._meta.pk, models.IntegerField):
                yield (link,)
            yield from ((link, *rest) for rest in _downwards(child, (*seen, model)))


def _column(model: Table, column: str | None) -> str:
    return f'"{model._meta.db_table}"."{column}"'


def _looked_up(model: Table, column: str | None, row: str) -> str:
    return f'(SELECT p."{column}" FROM "{model._meta.db_table}" p WHERE p."{model._meta.pk.column}" = {row})'  # noqa: S608
