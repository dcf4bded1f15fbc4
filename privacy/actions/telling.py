"""Telling account holders that a document changed (P94)."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from common.periods import local_date
from privacy import archive, ledger
from privacy.documents import WRITTEN, Document
from privacy.mail import queue_mail
from privacy.models import VersionTold
from privacy.readers import Reader, readers

_BATCH = 100


def due(*, now: datetime) -> list[Document]:
    """Documents whose newest version matters, is published and in force, and of which not everybody was told yet."""
    candidates = [
        document
        for document in WRITTEN
        if document.current.is_material
        and document.current.effective <= local_date(now)
        and archive.is_published(document, document.current)
    ]
    done = set(VersionTold.objects.filter(done_at__isnull=False).values_list("document", "version"))
    return [document for document in candidates if (document.key, document.current.number) not in done]


@transaction.atomic
def tell_next(*, document: Document, now: datetime) -> bool:
    """Write to the next account holders in one transaction with how far we are; whether there may be more.

    Each is told once per version: a job that dies leaves neither a message nor a mark, and a second job waits for the
    row. Who registers after the telling began agreed to the new version, and is left alone.
    """
    VersionTold.objects.get_or_create(
        document=document.key, version=document.current.number, defaults={"started_at": now}
    )
    row = VersionTold.objects.select_for_update().get(document=document.key, version=document.current.number)
    if row.done_at is not None:
        return False
    batch = readers(after=row.reached, limit=_BATCH, now=row.started_at)
    for reader in batch:
        _write(reader, document, now=now)
    row.reached = batch[-1].key if batch else row.reached
    row.told += len(batch)
    row.done_at = None if batch else now
    row.save(update_fields=["reached", "told", "done_at"])
    if not batch:
        ledger.record("version_told", now=now, kind="privacy.versiontold", count=row.told, reason=document.key)
    return bool(batch)


def _write(reader: Reader, document: Document, *, now: datetime) -> None:
    version = document.current
    context = {
        "title": document.title,
        "version": version,
        "url": settings.SITE_URL + reverse(document.page),
        "changes_url": settings.SITE_URL + reverse("privacy:comparison", args=[document.key]),
    }
    queue_mail(
        kind="privacy.version",
        to=reader.email,
        template="privacy/version",
        context=context,
        language=reader.language,
        now=now,
        about=reader.row,
    )
