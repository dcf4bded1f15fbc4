"""Messages about an assignment and the files with them (P56)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage

from galleries.actions.messages import NobodySaidIt, NothingSaid, NotYetSaid, record_message
from galleries.attachments import MAX_BYTES, Attached, NotAccepted, accept
from galleries.models import AssignmentMessage, Contact, MessageAttachment
from jkreeft.demo.camera import Marks, shoot
from jkreeft.demo.figures import pupil
from jkreeft.demo.scenes import portrait
from privacy.files import drain
from privacy.models import StoredObject

from .dossier import PDF, speak_to, write
from .studio import NOW, Studio, open_studio

PNG = b"\x89PNG\r\n\x1a\n..."


@pytest.fixture
def studio(db: None) -> Studio:
    return open_studio()


@pytest.fixture
def contact(studio: Studio) -> Contact:
    return speak_to(studio.assignment.pk, now=NOW)


def test_a_message_keeps_who_it_was_of_as_it_stood_then(studio: Studio, contact: Contact) -> None:
    write(contact, studio.assignment.pk, text="Good morning", now=NOW)
    Contact.objects.update(name="Renamed", email="")
    write(contact, studio.assignment.pk, text="And again", direction="out", now=NOW)
    rows = AssignmentMessage.objects.order_by("pk")
    assert list(rows.values_list("direction", "person_name", "person_address", "text")) == [
        ("in", "Karin Zandstra", "karin@example.org", "Good morning"),
        ("out", "Renamed", "0187 123456", "And again"),
    ]


def test_files_are_kept_under_names_that_say_nothing(studio: Studio, contact: Contact) -> None:
    made = write(contact, studio.assignment.pk, files=(Attached("pdf", PDF), Attached("png", PNG, True)), now=NOW)
    rows = list(MessageAttachment.objects.filter(message=made).order_by("pk").select_related("stored"))
    assert [(row.kind, row.size, row.names_nobody) for row in rows] == [("pdf", len(PDF), False), ("png", 11, True)]
    with default_storage.open(rows[0].stored.name) as file:
        assert file.read() == PDF
    assert rows[0].stored.name.startswith("message/")
    assert rows[0].stored.name.endswith(".pdf")


def test_the_same_form_twice_is_one_message_with_its_files_once(studio: Studio, contact: Contact) -> None:
    said = {
        "form_token": uuid4(),
        "assignment_id": studio.assignment.pk,
        "contact_id": contact.pk,
        "direction": "in",
        "text": "Once",
        "at": NOW,
        "attached": (Attached("pdf", PDF),),
        "by": studio.staff,
        "now": NOW,
    }
    assert record_message(**said) == record_message(**said)
    assert AssignmentMessage.objects.count() == MessageAttachment.objects.count() == 1
    assert StoredObject.objects.filter(doomed_at__isnull=True).count() == 1


def test_what_cannot_be_kept_leaves_no_file_behind(studio: Studio, contact: Contact) -> None:
    said = {"form_token": uuid4(), "assignment_id": studio.assignment.pk, "direction": "in", "by": None, "now": NOW}
    stranger = Contact.objects.create(name="Stranger", email="s@example.org", created_at=NOW)
    with pytest.raises(NobodySaidIt):
        record_message(**said, contact_id=stranger.pk, text="x", at=NOW, attached=(Attached("pdf", PDF),))
    drain()
    assert not StoredObject.objects.exists()
    with pytest.raises(NothingSaid):
        record_message(**said, contact_id=contact.pk, text=" \n", at=NOW)
    with pytest.raises(NotYetSaid):
        record_message(**said, contact_id=contact.pk, text="x", at=NOW + timedelta(seconds=1))
    assert not AssignmentMessage.objects.exists()


@pytest.mark.parametrize(
    ("data", "kind"),
    [(PDF, "pdf"), (PNG, "png"), (b"Dear studio,\r\n\tgood morning", "text"), ("Één regel".encode(), "text")],
)
def test_a_file_is_what_its_bytes_say(data: bytes, kind: str) -> None:
    assert accept(data) == Attached(kind, data, names_nobody=False)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\x00program",
        b"PK\x03\x04zip",
        b"GIF89a\x01\x00",
        b"\xff\xd8\xffno picture",
        b"latin \xe9",
        b"text with \x00 in it",
        PDF + b"x" * MAX_BYTES,
    ],
)
def test_what_we_cannot_show_safely_is_refused(data: bytes) -> None:
    with pytest.raises(NotAccepted):
        accept(data)


def test_a_photo_loses_what_its_camera_wrote(tmp_path: object) -> None:
    file = tmp_path / "one.jpg"  # type: ignore[operator]
    marks = Marks(taken_at="2026:10:22 09:00:00", photographer="Needle Photographer", comment="needle-serial")
    shoot(portrait(pupil(1), shot=0, seed="x").reduce(4), file, orientation=1, marks=marks)
    assert b"needle-serial" in file.read_bytes()
    assert b"eedle" not in accept(file.read_bytes()).data
