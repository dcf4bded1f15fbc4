"""The one way a row goes: set-based, with its children and files, and one ledger entry per batch.

The sweep, a parent's own deletion and a rights request all come through here. Children go through *their* erasure, so
an app that must do something when its rows go (`registry.erasure`) is asked whoever started. Files are put on the
outbox in the same transaction. What is protected or held stops the whole batch.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from . import files, holds, ledger, ties
from .registry import registry

CHUNK = files.CHUNK


class Held(Exception):
    """A legal hold or a restriction keeps one of these rows, or something that would go with it; nothing was erased."""


class ProtectedRows(Exception):
    """Rows that must stay still point at the rows that were to go; nothing was erased. Names only the two tables."""


def erase(model: type[models.Model], ids: Iterable[Any], *, reason: str, rule: str = "", now: datetime) -> int:
    """Erase these rows of `model` with all that belongs to them (P23). Returns how many rows of `model` went.

    `reason` is a short word for the ledger ("sweep", "self_service"), `rule` the key of the rule if one asked. Ids that
    are gone already are no error. Raises Held or ProtectedRows.
    """
    with transaction.atomic():
        holds.freeze_exceptions()
        locked = _lock(model, list(ids))
        if holds.any_excepted(model, locked, now=now):
            raise Held
        return erase_locked(model, locked, reason=reason, rule=rule, now=now)


def erase_locked(model: type[models.Model], ids: list[Any], *, reason: str, rule: str, now: datetime) -> int:
    """Like `erase`, for rows the caller has locked and checked: the sweep, and parents taking their children along."""
    function = registry.erasures.get(model)
    total = 0
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        if function:
            count = function(chunk, reason=reason, rule=rule, now=now)
        else:
            count = erase_rows(model, chunk, reason=reason, rule=rule, now=now)
        if count:
            ledger.record(
                "erased", now=now, rule=rule, kind=model._meta.label_lower, count=count, reason=reason, ids=chunk
            )
        total += count
    return total


def _lock(model: type[models.Model], ids: list[Any]) -> list[Any]:
    locked: list[Any] = []
    for start in range(0, len(ids), CHUNK):
        rows = model._base_manager.filter(pk__in=ids[start : start + CHUNK]).order_by("pk")
        locked += rows.select_for_update(of=("self",)).values_list("pk", flat=True)
    return locked


def erase_rows(model: type[models.Model], ids: list[Any], *, reason: str, rule: str, now: datetime) -> int:
    """The general erasure of one batch: children, references, rows, files. Registered erasures call it for theirs."""
    rows = model._base_manager.filter(pk__in=ids)
    for child, field, on_delete in ties.references(model):
        pointing = child._base_manager.filter(**{f"{field.name}__in": ids})
        if on_delete is models.CASCADE:
            child_ids = list(pointing.order_by("pk").values_list("pk", flat=True))
            erase_locked(child, child_ids, reason=reason, rule=rule, now=now)
        elif on_delete is models.SET_NULL:
            pointing.update(**{field.name: None})
        elif on_delete is not models.DO_NOTHING and pointing.exists():
            raise ProtectedRows(f"{child._meta.label} protects {model._meta.label}")
    doomed = files.stored_ids(rows, files.stored_fields(model))
    count = rows._raw_delete(rows.db) if ids else 0  # noqa: SLF001 - one statement; the collector above replaces Django's
    files.doom(doomed, now=now)
    return count
