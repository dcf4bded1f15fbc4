"""Files in private storage are rows too: registered before the first byte, attached when a row points at them, doomed
with that row, and forgotten only when the store says the bytes are gone.

A worker may die between any two of these steps: what was registered and never attached is an orphan, which the night
dooms; what is doomed stays on the outbox until it is gone.
"""

import logging
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import F

from common.jobs import schedule

from .models import StoredObject

log = logging.getLogger(__name__)
store = default_storage
# Keeps one statement below SQLite's limit of variables, and one transaction short.
CHUNK = 5000


class ObjectGone(Exception):
    """A file was to be attached that is already on its way out: whoever made it starts again."""


def new_name(folder: str, suffix: str) -> str:
    """An unguessable name in `folder`; `suffix` carries its dot. Folders and names say nothing about anybody."""
    return f"{folder}/{secrets.token_hex(16)}{suffix}"


def register(names: Sequence[str], *, now: datetime) -> list[StoredObject]:
    """Write down which files are about to be made, committed before their first byte; so never inside a transaction."""
    with transaction.atomic(durable=True):
        return StoredObject.objects.bulk_create([StoredObject(name=name, created_at=now) for name in names])


def attach(ids: Iterable[int], *, now: datetime) -> None:
    """Say that rows point at these files now, in the transaction that writes those rows.

    Raises ObjectGone when one of them was doomed or forgotten in the meantime.
    """
    wanted = set(ids)
    kept = StoredObject.objects.filter(pk__in=wanted, doomed_at__isnull=True).update(attached_at=now)
    if kept != len(wanted):
        raise ObjectGone


def doom(ids: Iterable[int], *, now: datetime) -> int:
    """Put files on the deletion outbox, in the transaction that erases the rows pointing at them (P23)."""
    wanted = list(ids)
    doomed = 0
    for start in range(0, len(wanted), CHUNK):
        batch = StoredObject.objects.filter(pk__in=wanted[start : start + CHUNK], doomed_at__isnull=True)
        doomed += batch.update(doomed_at=now)
    if doomed:
        schedule("privacy.drain_outbox")
    return doomed


def drain(*, limit: int | None = None) -> int:
    """Remove doomed files, and the row of each once its bytes are gone. Returns how many went.

    Those that failed most often come last, so that one broken file does not keep the others.
    """
    due = StoredObject.objects.filter(doomed_at__isnull=False).order_by("attempts", "doomed_at", "pk")
    listed = list(due.values_list("pk", "name")[:limit])
    return sum(_remove_batch(listed[start : start + 100]) for start in range(0, len(listed), 100))


def outbox_size(*, now: datetime) -> int:
    """How many of the files doomed by `now` are not gone yet."""
    return StoredObject.objects.filter(doomed_at__isnull=False, doomed_at__lte=now).count()


def stored_fields(model: type[models.Model]) -> list[str]:
    """The columns of `model` that point at a stored file."""
    return [f.attname for f in model._meta.concrete_fields if f.is_relation and f.related_model is StoredObject]


def stored_ids(rows: "models.QuerySet[Any]", columns: list[str]) -> list[int]:
    """The stored files these rows point at through `columns`."""
    return [pk for row in rows.values_list(*columns) for pk in row if pk is not None] if columns else []


def remove(name: str) -> bool:
    """Delete a file with every version of it; whether the store now says it is gone."""
    bucket = getattr(store, "bucket", None)
    return _remove_object(bucket, name) if bucket is not None else _remove_file(name)


def _remove_batch(batch: list[tuple[int, str]]) -> int:
    """Remove the files, then forget those that are gone. Who dies between the two finds them gone the next time."""
    gone = [pk for pk, name in batch if _remove_safely(pk, name)]
    if not gone:
        return 0
    rows = StoredObject.objects.filter(pk__in=gone, doomed_at__isnull=False)
    return rows._raw_delete(rows.db)  # noqa: SLF001 - nothing points at a doomed file, so nothing has to be asked


def _remove_safely(pk: int, name: str) -> bool:
    """One file that cannot be removed must not keep the others: it stays on the outbox and counts its attempts."""
    try:
        if remove(name):
            return True
    except Exception as error:  # whatever a store's client raises
        log.warning("stored file %s is not removed: %s", pk, type(error).__name__)
    StoredObject.objects.filter(pk=pk).update(attempts=F("attempts") + 1)
    return False


def _remove_file(name: str) -> bool:
    store.delete(name)
    return not store.exists(name)


def _remove_object(bucket: Any, name: str) -> bool:
    """On a versioned bucket a plain delete deletes nothing, and a broken-off upload holds bytes too."""
    for version in _versions(bucket, name):
        version.delete()
    for upload in bucket.multipart_uploads.filter(Prefix=name):
        if upload.object_key == name:
            upload.abort()
    return not _versions(bucket, name)


def _versions(bucket: Any, name: str) -> list[Any]:
    return [version for version in bucket.object_versions.filter(Prefix=name) if version.object_key == name]
