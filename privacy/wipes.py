"""Wiping fields of rows that stay: which columns, and what they hold afterwards."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, models

from . import files, ledger
from .declarations import UNSET, Declaration, Personal
from .erasure import CHUNK
from .registry import registry
from .rules import Outcome, Rule

REFUSED = object()


def wiped_fields(rule: Rule, declared: dict[str, Declaration] | None = None) -> list[Any]:
    """The columns a rule wipes: those whose declaration names it, or all but its keep list, key and marker."""
    declared = registry.declarations.get(rule.model._meta.label, {}) if declared is None else declared
    columns = [f for f in rule.model._meta.concrete_fields if not f.primary_key and f.name != rule.marker]
    if rule.outcome is Outcome.KEEP:
        return [f for f in columns if f.name not in rule.keep]
    return [f for f in columns if rule.key in getattr(declared.get(f.name), "rules", ())]


def wiped_value(field: Any, declared: Declaration | None) -> Any:
    """What a wiped column holds: what its declaration says, else NULL, else "", else False; REFUSED when none fits."""
    if isinstance(declared, Personal) and declared.wiped is not UNSET:
        return declared.wiped
    if field.null:
        return None
    if isinstance(field, models.CharField | models.TextField) and not field.unique:
        return ""
    return False if isinstance(field, models.BooleanField) else REFUSED


@lru_cache(maxsize=256)
def _wiped_columns(rule: Rule) -> dict[str, Any]:
    declared = registry.declarations[rule.model._meta.label]
    return {
        f.column: f.get_db_prep_save(wiped_value(f, declared.get(f.name)), connection=connection)
        for f in wiped_fields(rule)
    }


def columns(rule: Rule, now: datetime) -> dict[str, Any]:
    """The columns a rule sets, marker included, with the values as the database takes them."""
    marker: Any = rule.model._meta.get_field(rule.marker)
    return {
        **_wiped_columns(rule),
        marker.column: marker.get_db_prep_save(now, connection=connection),
    }


def holds_files(rule: Rule) -> list[str]:
    """The wiped columns that point at stored files: their files have to go too."""
    stored = files.stored_fields(rule.model)
    return [f.attname for f in wiped_fields(rule) if f.attname in stored]


def wipe_locked(rule: Rule, ids: list[Any], *, reason: str, now: datetime) -> int:
    """Wipe rows the caller has locked, files included, with one ledger entry per batch."""
    total = 0
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = rule.model._base_manager.filter(pk__in=chunk)
        doomed = files.stored_ids(rows, holds_files(rule))
        declared = registry.declarations[rule.model._meta.label]
        values = {f.attname: wiped_value(f, declared.get(f.name)) for f in wiped_fields(rule)}
        count = rows.update(**values, **{rule.marker: now})
        files.doom(doomed, now=now)
        record_wipe(rule, count, reason=reason, now=now, ids=chunk)
        total += count
    return total


def record_wipe(rule: Rule, count: int, *, reason: str, now: datetime, ids: list[Any] | None = None) -> None:
    """One entry per batch. A batch wiped in one statement is known by rule, moment and count: it never came here."""
    kind = rule.model._meta.label_lower
    ledger.record("wiped", now=now, rule=rule.key, kind=kind, count=count, reason=reason, ids=ids or ())
