"""Telling account holders that a document changed (P94), and clients that a processor is added or changes (art. 28(2)
GDPR, article 5 of the processing agreement)."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from common.jobs import schedule
from common.periods import local_date
from privacy import archive, ledger
from privacy.declarations import Recipient
from privacy.documents import WRITTEN, Document
from privacy.mail import queue_mail
from privacy.models import DataRecipient, ProcessorTold, VersionTold
from privacy.models.telling import Telling
from privacy.readers import Audience, Reader, readers
from privacy.registry import registry
from privacy.statement import received_by

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
    """Write to the next account holders; whether there may be more. Who registers after the telling began agreed to the
    new version, and is left alone."""
    VersionTold.objects.get_or_create(
        document=document.key, version=document.current.number, defaults={"started_at": now}
    )
    row = VersionTold.objects.select_for_update().get(document=document.key, version=document.current.number)
    if row.done_at is not None:
        return False
    if _tell_batch(row, Audience.ACCOUNT_HOLDERS, lambda reader: _write(reader, document, now=now), now=now):
        return True
    ledger.record("version_told", now=now, kind="privacy.versiontold", count=row.told, reason=document.key)
    return False


@transaction.atomic
def announce_processor(*, recipient: DataRecipient, is_new: bool, now: datetime) -> None:
    """Have clients told of a processor. What nobody was told yet is told once, as it stands by then."""
    begun = ProcessorTold.objects.select_for_update().filter(recipient=recipient, done_at__isnull=True, reached=0)
    if begun.first() is None:
        ProcessorTold.objects.create(recipient=recipient, is_new=is_new, started_at=now)
    schedule("privacy.tell_of_processors")


@transaction.atomic
def tell_next_of_processor(*, now: datetime) -> bool:
    """Write to the next clients of the oldest notice that is not done; whether there may be more. Whose contact person
    was registered after the telling began reads the new list, and is left alone."""
    rows = ProcessorTold.objects.filter(done_at__isnull=True).order_by("pk")
    row = rows.select_for_update(of=("self",)).select_related("recipient").first()
    if row is None:
        return False
    if not _tell_batch(row, Audience.CLIENTS, lambda reader: _write_of_processor(reader, row, now=now), now=now):
        ledger.record("processor_told", now=now, kind="privacy.datarecipient", count=row.told)
    return True


def _tell_batch(row: Telling, audience: Audience, write: Callable[[Reader], None], *, now: datetime) -> bool:
    """Write to the next readers, in one transaction with how far we are; False when there were none, and it is done.

    Each is told once: a job that dies leaves neither a message nor a mark, and a second job waits for the row.
    """
    batch = readers(audience, after=row.reached, limit=_BATCH, now=row.started_at)
    for reader in batch:
        write(reader)
    row.reached = batch[-1].key if batch else row.reached
    row.told += len(batch)
    row.done_at = None if batch else now
    row.save(update_fields=["reached", "told", "done_at"])
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


def _write_of_processor(reader: Reader, row: ProcessorTold, *, now: datetime) -> None:
    company = row.recipient
    day = company.begins_on if row.is_new else max(company.begins_on, local_date(row.started_at))
    context = {
        "company": company,
        "is_new": row.is_new,
        "day": day,
        "is_ahead": day > local_date(now),
        "data": received_by(registry, Recipient(company.category)),
        "list_url": settings.SITE_URL + reverse("privacy:processor"),
        "agreement_url": settings.SITE_URL + reverse("privacy:processing_agreement"),
    }
    # No advertising, so no opt-out stops it: the agreement owes it to the client.
    queue_mail(
        kind="privacy.processor",
        to=reader.email,
        template="privacy/processor",
        context=context,
        language=reader.language,
        now=now,
        about=reader.row,
    )
