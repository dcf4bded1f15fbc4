"""An extension that was asked by phone, mail or otherwise: recorded by staff, with its source, by the same action."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.test import Client as Browser

from accounts.roles import Role
from galleries.actions import revoke_code
from galleries.actions.extending import CapacityMissing, CodeClosed, SourceMissing, keep_longer, record_extension
from galleries.models import Extension, Photo
from privacy.models import AccessLogEntry, Consent, OutgoingMail, Restriction
from tests.accounts.staff import at_work

from .studio import NOW, Studio, code_of, code_row, enter

pytestmark = pytest.mark.postgres

SAID: dict[str, Any] = {
    "channel": "phone",
    "reference": "call of 22 October, 9:15",
    "capacity": "representative",
    "consent": "on",
    "email": "somebody@example.org",
    "language": "en",
}


@pytest.fixture
def desk(studio: Studio) -> Iterator[Browser]:
    yield at_work(Role.FRONT_DESK)
    caches["fragments"].clear()


def page(studio: Studio) -> str:
    return f"/beheer/galleries/logincode/{code_row(studio.anna).pk}/extend/"


def record(studio: Studio, **changes: Any) -> Extension:
    said = {**SAID, "code_id": studio.anna.codes.get().pk, "by": studio.staff, "now": NOW, **changes}
    del said["consent"]
    return record_extension(**said)


@pytest.mark.clauses("P28", "P29", "P30")
def test_staff_record_what_was_asked_by_phone_with_capacity_source_and_words(studio: Studio, desk: Browser) -> None:
    shown = desk.get(page(studio)).content.decode()
    assert "vrijdag 22 november 2030" in shown
    assert "48 maanden langer" in shown

    assert desk.post(page(studio), SAID).status_code == 302

    extension = Extension.objects.get()
    assert (extension.channel, extension.reference) == ("phone", "call of 22 October, 9:15")
    assert (extension.consent.capacity, extension.consent.kind) == ("representative", "galleries.keep_longer")
    assert Photo.objects.filter(subject=studio.anna, kept_on_consent=True).count() == 2
    assert OutgoingMail.objects.get().to == "somebody@example.org"
    entry = AccessLogEntry.objects.get(action="record")
    assert (entry.kind, entry.object_id) == ("galleries.extension", extension.pk)


@pytest.mark.clauses("P28", "P29")
@pytest.mark.parametrize("missing", ["channel", "reference", "capacity", "consent"])
def test_without_reference_capacity_source_or_agreement_nothing_is_recorded(
    studio: Studio, desk: Browser, missing: str
) -> None:
    answer = desk.post(page(studio), {**SAID, missing: ""})

    assert answer.status_code == 200
    assert "somebody@example.org" in answer.content.decode()
    assert not Extension.objects.exists()
    assert not Consent.objects.exists()


@pytest.mark.clauses("P28")
@pytest.mark.parametrize("changes", [{"reference": ""}, {"reference": "  "}, {"channel": "code"}, {"channel": ""}])
def test_the_action_refuses_a_request_without_its_source(studio: Studio, changes: dict[str, str]) -> None:
    with pytest.raises(SourceMissing):
        record(studio, **changes)
    assert not Extension.objects.exists()


@pytest.mark.clauses("P29")
@pytest.mark.parametrize("capacity", ["", "neighbour"])
def test_nobody_extends_without_saying_as_whom(studio: Studio, capacity: str) -> None:
    with pytest.raises(CapacityMissing):
        record(studio, capacity=capacity)
    with pytest.raises(CapacityMissing):
        keep_longer(code_id=code_row(studio.anna).pk, capacity=capacity, email="", language="nl", now=NOW)
    assert not Consent.objects.exists()


def test_the_database_keeps_no_recorded_extension_without_a_reference(studio: Studio) -> None:
    record(studio)
    with transaction.atomic(), pytest.raises(IntegrityError):
        Extension.objects.update(reference="")


def test_a_recorded_extension_is_withdrawn_by_the_code_as_if_it_had_been_asked_there(studio: Studio) -> None:
    record(studio)
    browser = enter(Browser(), code_of(studio, studio.anna))
    base = f"/fotos/{code_row(studio.anna).public_id}/bewaren/"
    assert "22 november 2030" in browser.get(base).content.decode()

    assert browser.post(f"{base}intrekken/", {"going": "0"}).status_code == 302

    assert not Extension.objects.standing().exists()


def test_a_closed_code_takes_no_extension(studio: Studio, desk: Browser) -> None:
    revoke_code(code_id=code_row(studio.anna).pk, by=studio.staff, now=NOW - timedelta(days=1))
    code = studio.anna.codes.get()
    with pytest.raises(CodeClosed):
        record(studio, code_id=code.pk)
    answer = desk.post(f"/beheer/galleries/logincode/{code.pk}/extend/", SAID)
    assert "opent geen foto" in answer.content.decode()
    assert not Extension.objects.exists()


def test_a_second_time_says_from_when_it_can_be_asked_again(studio: Studio, desk: Browser) -> None:
    desk.post(page(studio), SAID)
    answer = desk.post(page(studio), SAID)

    assert answer.status_code == 200
    assert "22 mei 2030" in answer.content.decode()
    assert Extension.objects.count() == 1


def test_a_restricted_subject_is_out_of_sight_and_takes_none(studio: Studio, desk: Browser) -> None:
    Restriction.objects.create(kind="galleries.subject", object_id=studio.anna.pk, reason="9", created_at=NOW)

    assert desk.post(page(studio), SAID).status_code == 404
    assert not Extension.objects.exists()


@pytest.mark.parametrize("role", [Role.PHOTOGRAPHER, Role.ADMINISTRATION, Role.PRIVACY_OWNER])
def test_only_the_front_desk_records_and_reads_extensions(studio: Studio, role: Role) -> None:
    browser = at_work(role)
    assert browser.post(page(studio), SAID).status_code == 403
    assert browser.get("/beheer/galleries/extension/").status_code == 403
    assert not Extension.objects.exists()


def test_the_lists_of_extensions_and_consents_can_only_be_read(studio: Studio, desk: Browser) -> None:
    extension = record(studio)
    listed = desk.get("/beheer/galleries/extension/?state=standing").content.decode()
    assert "call of 22 October" in listed
    assert "School day" in listed
    assert "call of 22 October" not in desk.get("/beheer/galleries/extension/?state=ended").content.decode()
    assert desk.get("/beheer/privacy/consent/").status_code == 403
    owner = at_work(Role.PRIVACY_OWNER)
    assert (
        str(extension.consent.public_id)
        in owner.get(f"/beheer/privacy/consent/{extension.consent_id}/change/").content.decode()
    )
    for browser, address in ((desk, "galleries/extension"), (owner, "privacy/consent")):
        assert browser.post(f"/beheer/{address}/add/").status_code == 403
        assert browser.post(f"/beheer/{address}/{extension.pk}/delete/").status_code == 403
