"""Which rows stay although their term is over: by a legal hold (A18) or a restriction of processing (art. 18 GDPR).

The answer is one piece of SQL, built once per model and part of every due query. An exception on a row keeps what
belongs to it too (by CASCADE foreign keys), and keeps a row from going whose going would take the excepted one along.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

from .models import Hold, Restriction

_LIMITS: dict[type[models.Model], str] = {Hold: '"until" > %(now)s', Restriction: '"lifted_at" IS NULL'}


@lru_cache(maxsize=256)
def not_excepted(model: type[models.Model], *, deletes: bool) -> str:
    """SQL, starting with AND, that leaves out excepted rows of `model`; its one parameter is `now`.

    It stands inside a query whose only table is the model's own. `deletes`: the rows go, and their children with them.
    """
    column = _column(model, model._meta.pk.column)
    wheres = [_kept(table, kind, row) for kind, row in _upwards(model, column, ()) for table in _LIMITS]
    if deletes:
        wheres += [_kept_below(table, chain, column) for chain in _downwards(model, ()) for table in _LIMITS]
    return "".join(f" AND NOT EXISTS ({where})" for where in wheres)


def any_excepted(model: type[models.Model], ids: Sequence[Any], *, now: datetime) -> bool:
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


def _kept(table: type[models.Model], kind: str, row: str) -> str:
    name = table._meta.db_table
    return f'SELECT 1 FROM "{name}" WHERE "kind" = \'{kind}\' AND "object_id" = {row} AND {_LIMITS[table]}'  # noqa: S608


def _kept_below(table: type[models.Model], chain: tuple[tuple[type[models.Model], str], ...], row: str) -> str:
    """`chain` leads from a child of the row down to the excepted one: (model, its foreign key column) each."""
    name = table._meta.db_table
    joins, at = "", "h.object_id"
    for step, (child, column) in enumerate(reversed(chain)):
        pk = child._meta.pk.column
        joins += f' JOIN "{child._meta.db_table}" c{step} ON c{step}."{pk}" = {at}'
        at = f'c{step}."{column}"'
    kind = chain[-1][0]._meta.label_lower
    limit = f"h.{_LIMITS[table]}"
    return f'SELECT 1 FROM "{name}" h{joins} WHERE h."kind" = \'{kind}\' AND {limit} AND {at} = {row}'  # noqa: S608


def _upwards(model: type[models.Model], row: str, seen: tuple[type[models.Model], ...]) -> Iterator[tuple[str, str]]:
    """The row itself and all it belongs to: kind, and the SQL of the primary key."""
    if isinstance(model._meta.pk, models.IntegerField):
        yield model._meta.label_lower, row
    for key in model._meta.concrete_fields:
        parent = key.related_model
        if _cascades(key) and isinstance(parent, type) and parent not in (*seen, model):
            own = row == _column(model, model._meta.pk.column)
            up = _column(model, key.column) if own else _looked_up(model, key.column, row)
            yield from _upwards(parent, up, (*seen, model))


def _downwards(
    model: type[models.Model], seen: tuple[type[models.Model], ...]
) -> Iterator[tuple[tuple[type[models.Model], str], ...]]:
    """Every chain of children that a deletion takes along."""
    for relation in model._meta.get_fields(include_hidden=True):
        child = relation.related_model
        if not isinstance(relation, models.ManyToOneRel) or not isinstance(child, type) or child in (*seen, model):
            continue
        if relation.on_delete is models.CASCADE and not child._meta.proxy:
            link = (child, relation.field.column)
            if isinstance(child._meta.pk, models.IntegerField):
                yield (link,)
            yield from ((link, *rest) for rest in _downwards(child, (*seen, model)))


def _cascades(field: Any) -> bool:
    return bool(field.is_relation and field.remote_field.on_delete is models.CASCADE)


def _column(model: type[models.Model], column: str | None) -> str:
    return f'"{model._meta.db_table}"."{column}"'


def _looked_up(model: type[models.Model], column: str | None, row: str) -> str:
    return f'(SELECT p."{column}" FROM "{model._meta.db_table}" p WHERE p."{model._meta.pk.column}" = {row})'  # noqa: S608
