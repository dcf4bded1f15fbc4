"""What the privacy engine keeps in the world: a request with its export, a mail, a night, exceptions and logs."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User
from common.periods import local_date
from privacy.models import (
    AccessLogEntry,
    DataRecipient,
    Export,
    Hold,
    LedgerEntry,
    LegalDisclosure,
    OutgoingMail,
    RecipientNotice,
    RequestLetter,
    RequestMove,
    Restriction,
    RightsRequest,
    RuleRun,
    SecurityEvent,
    StoredObject,
    SweepRun,
)
from tests.galleries.studio import NOW


def a_request() -> RightsRequest:
    asked = RightsRequest.objects.create(
        form_token=uuid4(),
        right="access",
        channel="phone",
        name="ndl-rightsname",
        email="ndl-rightsmail@example.org",
        text="ndl-rightstext",
        person={"email": "ndl-rightsperson@example.org"},
        received_at=NOW,
        answer_by=local_date(NOW) + timedelta(days=31),
    )
    RequestLetter.objects.create(request=asked, kind="answer", text="ndl-rightsanswer", written_at=NOW)
    RequestMove.objects.create(request=asked, before="asked", after="received", at=NOW)
    return asked


def an_export(asked: RightsRequest) -> Export:
    stored = StoredObject.objects.create(name="export/made.zip", created_at=NOW, attached_at=NOW)
    default_storage.save(stored.name, ContentFile(b"ndl-exported"))
    return Export.objects.create(request=asked, is_portable=False, stored=stored, made_at=NOW, kept_from=NOW)


def a_mail() -> OutgoingMail:
    return OutgoingMail.objects.create(
        kind="shop.order_placed",
        to="ndl-mailto@example.org",
        subject="ndl-mailsubject",
        text="ndl-mailtext",
        html="ndl-mailhtml",
        created_at=NOW,
        kept_from=NOW,
    )


def privacy_rows(owner: User) -> dict[str, int]:
    sweep = SweepRun.objects.create(started_at=NOW, clock=NOW, finished_at=NOW, status="green")
    RuleRun.objects.create(sweep=sweep, rule="RT01", erased=3, residue=0, forecast=0)
    hold = Hold.objects.create(
        kind="shop.order", object_id=1, reason="ndl-hold", owner=owner, until=NOW + timedelta(days=9), created_at=NOW
    )
    restriction = Restriction.objects.create(
        kind="shop.order",
        object_id=999,
        reason="ndl-restriction",
        email="ndl-restrictedmail@example.org",
        created_at=NOW,
    )
    return {
        "privacy_sweeprun": sweep.pk,
        "privacy_recipientnotice": RecipientNotice.objects.create(
            recipient="print_lab", event="erased", reference="2026-NEW001", created_at=NOW
        ).pk,
        "privacy_hold": hold.pk,
        "privacy_restriction": restriction.pk,
        "privacy_datarecipient": DataRecipient.objects.get(category="print_lab").pk,
        "privacy_legaldisclosure": LegalDisclosure.objects.create(
            disclosed_at=NOW, authority="ndl-authority", legal_reference="ndl-law", what="ndl-what", decided_by=owner
        ).pk,
        "privacy_ledgerentry": LedgerEntry.objects.create(at=NOW, event="erased", rule="RT01", count=3).pk,
        "privacy_accesslogentry": AccessLogEntry.objects.create(
            at=NOW, user=owner, kind="shop.order", action="open"
        ).pk,
        "privacy_securityevent": SecurityEvent.objects.create(at=NOW, event="codes.attack").pk,
        "accounts_user": owner.pk,
    }
