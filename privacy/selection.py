"""What a rule selects, as SQL written once per rule: counts, and batches in the order of the index.

Written out, not through the query builder, because the night asks every rule several times, because the text must match
the partial index to the letter, and because a wipe of 5,000 rows is one statement without the rows ever coming here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.db.models.sql import Query

from .holds import not_excepted
from .rules import Outcome, Rule

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the index: after one (anchor, primary key), up to and including another; None leaves an end open."""

    after: Row | None = None
    upto: Row | None = None


class Selection:
    """The due rows of one rule."""

    def __init__(self, rule: Rule) -> None:
        meta = rule.model._meta
        field: Any = meta.get_field(rule.anchor)
        self.rule = rule
        self.table = f'"{meta.db_table}"'
        self.pk = f'"{meta.pk.column}"'
        self.anchor = f'"{field.column}"'
        condition = condition_sql(rule.model, rule.condition)
        self.ripe = f"{condition} AND {self.anchor} <= %(cutoff)s" if condition else f"{self.anchor} <= %(cutoff)s"
        self.due = self.ripe + not_excepted(rule.model, deletes=rule.outcome is Outcome.DELETE)
        self._prepare = field.get_db_prep_value

    def count_due(self, now: datetime) -> int:
        """How many rows are due at `now`, exceptions left out."""
        return self._number(f"SELECT count(*) FROM {self.table} WHERE {self.due}", now)  # noqa: S608

    def count_ripe(self, now: datetime, *, limit: int) -> int:
        """How many rows are past their term at `now`, exceptions included; counts no further than `limit`."""
        ripe = f"SELECT 1 FROM {self.table} WHERE {self.ripe} LIMIT {int(limit)}"  # noqa: S608
        return self._number(f"SELECT count(*) FROM ({ripe}) ripe", now)  # noqa: S608

    def end_of_batch(self, now: datetime, *, after: Row | None, size: int) -> Row | None:
        """The `size`-th row past its term after `after`; None when fewer are left."""
        where, values = self._where(self.ripe, now, Span(after=after))
        sql = f"SELECT {self.anchor}, {self.pk} FROM {self.table} WHERE {where}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY {self.anchor}, {self.pk} LIMIT 1 OFFSET {int(size) - 1}", values)
            row: Row | None = cursor.fetchone()
        return row

    def lock(self, now: datetime, span: Span) -> list[Any]:
        """The primary keys of the due rows in `span`, locked."""
        sql, values = self._locked(now, span)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [pk for (pk,) in cursor.fetchall()]

    def update(self, now: datetime, span: Span, columns: Mapping[str, Any]) -> int:
        """Set `columns` on the due rows in `span`, in one statement; how many rows changed.

        PostgreSQL gets the keys as an array: joined to the locked rows, it would read the whole table per batch.
        """
        sets = ", ".join(f'"{column}" = %(set_{column})s' for column in columns)
        if connection.vendor == "postgresql":
            locked, values = self._locked(now, span)
            sql = f"UPDATE {self.table} SET {sets} WHERE {self.pk} = ANY(ARRAY({locked}))"  # noqa: S608
        else:
            where, values = self._stretch(now, span)
            sql = f"UPDATE {self.table} SET {sets} WHERE {where}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, {**values, **{f"set_{column}": value for column, value in columns.items()}})
            return int(cursor.rowcount)

    def explain(self, now: datetime) -> list[tuple[str, dict[str, Any]]]:
        """The statements of a night with nothing due, for those who look at their plans."""
        values = self._values(now)
        ripe = f"SELECT 1 FROM {self.table} WHERE {self.ripe} LIMIT 1"  # noqa: S608
        return [(ripe, values), (f"SELECT count(*) FROM {self.table} WHERE {self.due}", values)]  # noqa: S608

    def _locked(self, now: datetime, span: Span) -> tuple[str, dict[str, Any]]:
        where, values = self._where(self.due, now, span)
        sql = f"SELECT {self.pk} FROM {self.table} WHERE {where} ORDER BY {self.anchor}, {self.pk}"  # noqa: S608
        return sql + (f" FOR UPDATE OF {self.table}" if connection.vendor == "postgresql" else ""), values

    def _where(self, where: str, now: datetime, span: Span) -> tuple[str, dict[str, Any]]:
        values = self._values(now)
        for name, sign, row in [("after", ">", span.after), ("upto", "<=", span.upto)]:
            if row is not None:
                where += f" AND ({self.anchor}, {self.pk}) {sign} (%({name}_anchor)s, %({name}_pk)s)"
                values |= {f"{name}_anchor": as_read(row[0]), f"{name}_pk": row[1]}
        return where, values

    def _stretch(self, now: datetime, span: Span) -> tuple[str, dict[str, Any]]:
        """The due rows in `span` for an UPDATE on SQLite, which compares pairs row by row: bounds on the anchor alone,
        and the key only at the last one. A row before `after` that is still due is one an exception keeps."""
        where, values = self.due, self._values(now)
        if span.after is not None:
            where += f" AND {self.anchor} >= %(after_anchor)s"
            values["after_anchor"] = as_read(span.after[0])
        if span.upto is not None:
            where += f" AND ({self.anchor} < %(cutoff)s OR {self.pk} <= %(upto_pk)s)"
            values |= {"cutoff": as_read(span.upto[0]), "upto_pk": span.upto[1]}
        return where, values

    def _values(self, now: datetime) -> dict[str, Any]:
        return {
            "cutoff": self._prepare(self.rule.cutoff(now), connection),
            "now": connection.ops.adapt_datetimefield_value(now),
        }

    def _number(self, sql: str, now: datetime) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, self._values(now))
            return int(cursor.fetchone()[0])


@lru_cache(maxsize=256)
def selection(rule: Rule) -> Selection:
    """The selection of a rule, written once per process."""
    return Selection(rule)


def condition_sql(model: type[models.Model], condition: Q) -> str:
    """A condition as SQL without parameters, in the words Django uses for the condition of an index."""
    if not condition:
        return ""
    query = Query(model=model, alias_cols=False)
    where = query.build_where(condition)
    sql, params = where.as_sql(query.get_compiler(connection=connection), connection)
    quote = connection.SchemaEditorClass(connection, collect_sql=True).quote_value
    return f"({sql % tuple(quote(value) for value in params)})"


def as_read(value: Any) -> Any:
    """A value read from a column without Django's conversion, ready to be compared with that column again."""
    return str(value) if connection.vendor == "sqlite" and not isinstance(value, int) else value
