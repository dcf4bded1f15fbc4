"""Looking for what should be gone: every row of every table, every stored file, the cache and the mail folder."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection


def traces(needles: Iterable[str]) -> list[str]:
    """Where any of these words is still written, as "place: word"."""
    found = []
    for place, content in [*_rows(), *_files(), *_cached()]:
        lowered = content.lower()
        found += [f"{place}: {needle}" for needle in needles if needle.lower().encode() in lowered]
    return found


def stored_files() -> list[str]:
    """Every file in private storage."""
    return sorted(str(path) for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file())


def _rows() -> Iterable[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names of our own tables
            for row in cursor.fetchall():
                yield table, json.dumps(row, default=str, ensure_ascii=False).encode()


def _files() -> Iterable[tuple[str, bytes]]:
    # The ledger's heads, mail folder, private storage: all that the site writes lies here.
    for path in Path(settings.VAR_DIR).rglob("*"):
        if path.is_file() and "card" not in path.relative_to(settings.VAR_DIR).parts:
            yield str(path), path.read_bytes() + str(path.name).encode()


def _cached() -> Iterable[tuple[str, bytes]]:
    client = cache._cache.get_client(None)  # type: ignore[attr-defined]
    for key in client.scan_iter():
        value = client.get(key) if client.type(key) == b"string" else b""
        yield "cache", key + b" " + (value or b"")
