"""A small studio to test with: an assignment, three children in two groups, and photos without bytes."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client as Browser

from accounts.models import User
from accounts.roles import Role
from common.periods import ZONE
from galleries.actions import (
    create_assignment,
    create_client,
    create_group,
    create_subject,
    publish_assignment,
    reprint,
)
from galleries.models import Assignment, Group, LoginCode, Photo, Rendition, Subject
from privacy.models import StoredObject, SweepRun
from privacy.sweep import run_sweep
from tests.privacy.agreements import agree_with_all

from .dossier import accept

# A Thursday morning in autumn; a month later the clocks stand in winter time. In UTC, so that a day more is 24 hours.
NOW = datetime(2026, 10, 22, 9, 30, tzinfo=ZONE).astimezone(UTC)


@dataclass
class Studio:
    """What the tests of a gallery stand on. Nothing is published yet."""

    assignment: Assignment
    group: Group
    other_group: Group
    anna: Subject
    bram: Subject
    chris: Subject
    staff: User


def open_studio(*, now: datetime = NOW) -> Studio:
    agree_with_all(now=now)
    client = create_client(kind="school", name="De Regenboog", email="school@example.org", now=now)
    assignment = create_assignment(client_id=client.pk, title="School day", now=now)
    group = create_group(assignment_id=assignment.pk, name="3B", now=now)
    other_group = create_group(assignment_id=assignment.pk, name="4A", now=now)
    subjects = [
        create_subject(assignment_id=assignment.pk, number=number, group_id=where.pk, now=now)
        for number, where in (("1", group), ("2", group), ("3", other_group))
    ]
    staff = User.objects.create_user(f"{secrets.token_hex(4)}@example.org", "geheim", is_staff=True)
    staff.role_rows.create(role=Role.FRONT_DESK)
    accept(assignment.pk, by=staff, now=now)
    return Studio(assignment, group, other_group, *subjects, staff)


def add_photo(
    studio: Studio,
    *,
    subject: Subject | None = None,
    group: Group | None = None,
    now: datetime = NOW,
    content: bytes = b"",
    size: tuple[int, int] = (4000, 6000),
) -> Photo:
    """A photo as the import leaves it: files registered, renditions stored, not online."""
    token = secrets.token_hex(16)
    names = [f"{folder}/{token}.jpg" for folder in ("original", "thumbnail", "preview")]
    stored = [StoredObject.objects.create(name=name, created_at=now, attached_at=now) for name in names]
    for name in names if content else []:
        default_storage.save(name, ContentFile(content))
    photo = Photo.objects.create(
        assignment=studio.assignment,
        subject=subject,
        group=group,
        original=stored[0],
        content_digest=f"1${token}",
        width=size[0],
        height=size[1],
        thumbnail_name=names[1],
        preview_name=names[2],
        uploaded_at=now,
    )
    for kind, one in zip(("thumbnail", "preview"), stored[1:], strict=True):
        Rendition.objects.create(photo=photo, kind=kind, stored=one)
    Subject.objects.filter(pk=photo.subject_id).update(emptied_at=None)
    Group.objects.filter(pk=photo.group_id).update(emptied_at=None)
    return photo


def fill(studio: Studio, *, now: datetime = NOW, content: bytes = b"") -> dict[str, Photo]:
    """Two portraits of Anna, one of Bram and of Chris, one photo of each group."""
    return {
        "anna": add_photo(studio, subject=studio.anna, now=now, content=content),
        "anna_again": add_photo(studio, subject=studio.anna, now=now, content=content, size=(6000, 4000)),
        "bram": add_photo(studio, subject=studio.bram, now=now, content=content),
        "chris": add_photo(studio, subject=studio.chris, now=now, content=content),
        "group": add_photo(studio, group=studio.group, now=now, content=content, size=(6000, 4000)),
        "other_group": add_photo(studio, group=studio.other_group, now=now, content=content, size=(5000, 5000)),
    }


def publish(studio: Studio, *, now: datetime = NOW) -> None:
    publish_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=now)


def code_row(subject: Subject) -> LoginCode:
    return LoginCode.objects.filter(subject=subject, revoked_at__isnull=True).latest("pk")


def code_of(studio: Studio, subject: Subject, *, now: datetime = NOW) -> str:
    """The ten characters on the card of this subject."""
    return reprint(code_id=code_row(subject).pk, by=studio.staff, now=now)


def enter(browser: Browser, code: str) -> Browser:
    """This browser, with the code entered."""
    answer = browser.post("/code/", {"code": code})
    assert answer.status_code == 302, answer.status_code
    return browser


def night(clock: time_machine.Traveller, moment: datetime) -> None:
    """The sweep at this moment, which must end well."""
    clock.move_to(moment)
    run = run_sweep(now=moment)
    assert run is not None
    assert run.status == SweepRun.Status.GREEN, list(run.rules.values("rule", "outcome", "error", "residue"))
