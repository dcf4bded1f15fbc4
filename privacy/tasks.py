"""The engine's background work. Each may run twice, or die anywhere, without harm."""

from celery import shared_task
from django.utils import timezone

from . import files, ledger, mail, proof, sweep
from .actions import exports, telling
from .actions.exceptions import lift_announced
from .actions.requests import warn_of_deadlines


@shared_task(name="privacy.run_night")
def run_night() -> None:
    """The sweep of the night; nothing when another worker is at it."""
    sweep.run_sweep(now=timezone.now())


@shared_task(name="privacy.drain_outbox")
def drain_outbox() -> None:
    """Remove the files on the deletion outbox."""
    while files.drain(limit=500):
        pass


@shared_task(name="privacy.seal_ledger")
def seal_ledger() -> None:
    """Chain what was added to the ledger."""
    ledger.seal()


@shared_task(name="privacy.send_mail")
def send_mail(mail_id: int) -> None:
    """Send one message."""
    mail.send(mail_id=mail_id, now=timezone.now())


@shared_task(name="privacy.send_waiting_mail")
def send_waiting_mail() -> None:
    """Send what an earlier try left, or a killed worker."""
    mail.send_waiting(now=timezone.now())


@shared_task(name="privacy.warn_of_deadlines")
def warn() -> None:
    """Tell the privacy owner which requests have to be answered now."""
    warn_of_deadlines(now=timezone.now())


@shared_task(name="privacy.verify_ledger")
def verify_ledger() -> None:
    """Check the whole ledger against its heads, for the pages that show it."""
    proof.verify_ledger(now=timezone.now())


@shared_task(name="privacy.make_export")
def make_export(export_id: int) -> None:
    """Make one export of a person's data."""
    exports.make_export(export_id=export_id, now=timezone.now())


@shared_task(name="privacy.make_waiting_exports")
def make_waiting_exports() -> None:
    """Make the exports a killed worker left."""
    exports.make_waiting(now=timezone.now())


@shared_task(name="privacy.lift_announced")
def lift() -> None:
    """Lift the restrictions whose announced day has come."""
    lift_announced(now=timezone.now())


@shared_task(name="privacy.tell_of_versions")
def tell_of_versions() -> None:
    """Tell account holders of documents that changed, from where an earlier run left off."""
    for document in telling.due(now=timezone.now()):
        while telling.tell_next(document=document, now=timezone.now()):
            pass


@shared_task(name="privacy.tell_of_processors")
def tell_of_processors() -> None:
    """Tell clients of processors that were added or change, from where an earlier run left off."""
    while telling.tell_next_of_processor(now=timezone.now()):
        pass
