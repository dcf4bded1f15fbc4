"""One photo into private storage and the database, in steps that may be broken off between any two of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction

from common.keys import digest, digest_candidates
from galleries.intake import Place
from galleries.models import Assignment, Group, Photo, Rendition, Subject, Tombstone
from galleries.renditions import Renditions
from privacy import files
from privacy.models import StoredObject

from .clients import create_group, create_subject
from .publishing import make_available
from .shown import bump_revision, keep_who_has_photos


class PlaceGone(Exception):
    """The assignment, or who the photo is of, was removed in the meantime; nothing was kept."""


class AlreadyKnown(Exception):
    """The assignment has this file as a photo, or had it until it was deleted; nothing was kept."""


@dataclass(frozen=True, slots=True)
class Original:
    """A camera's file: where it lies now, and the SHA-256 of its bytes."""

    path: Path
    sha256: bytes


def folders_of(assignment: Assignment) -> list[str]:
    """Where originals, thumbnails and previews of an assignment lie in private storage, in folders whose names say
    nothing. `galleries.proofs` lets only the last two kinds be shown."""
    return [f"{kind}/{assignment.public_id.hex}" for kind in ("original", "thumbnail", "preview")]


def known_by(assignment_id: int, sha256: bytes) -> list[str]:
    """The keyed digests a file of this assignment may be known by, one per key of the ring."""
    return digest_candidates(_purpose(assignment_id), sha256)


def digest_of(assignment_id: int, sha256: bytes) -> str:
    """The keyed digest a file of this assignment is known by from now on."""
    return digest(_purpose(assignment_id), sha256)


def store_photo(
    *,
    assignment: Assignment,
    place: Place,
    place_id: int | None,
    original: Original,
    made: Renditions,
    now: datetime,
) -> Photo:
    """Keep an original with its renditions, private, as a photo of `place` (P16, P17, P23).

    `place_id` is the subject's or group's key; without one it is looked up, or made. In a published assignment the
    photo is online at once, for a whole term of its own (A2). Runs outside any transaction. Raises `AlreadyKnown` and
    `PlaceGone`, and `privacy.files.ObjectGone` when somebody tidied its files away meanwhile.
    """
    try:
        with (
            original.path.open("rb") as file,
            in_storage(assignment, File(file), made, now=now) as stored,
            transaction.atomic(),
        ):
            return _write(
                assignment_id=assignment.pk,
                place=place,
                place_id=place_id,
                original=original,
                stored=stored,
                made=made,
                now=now,
            )
    except IntegrityError as error:
        # Somebody else's import was faster with the same file, or its subject went at this moment.
        raise AlreadyKnown from error


@contextmanager
def in_storage(
    assignment: Assignment, original: "File[bytes]", made: Renditions, *, now: datetime
) -> Iterator[list[StoredObject]]:
    """An original and its two renditions in private storage, each file registered first, for a transaction that
    attaches them; doomed when it fails. Runs outside any transaction."""
    stored = files.register([files.new_name(folder, ".jpg") for folder in folders_of(assignment)], now=now)
    try:
        files.store.save(stored[0].name, original)
        files.store.save(stored[1].name, ContentFile(made.thumbnail))
        files.store.save(stored[2].name, ContentFile(made.preview))
        yield stored
    except BaseException:
        with transaction.atomic():
            files.doom([one.pk for one in stored], now=now)
        raise


def _write(
    *,
    assignment_id: int,
    place: Place,
    place_id: int | None,
    original: Original,
    stored: list[StoredObject],
    made: Renditions,
    now: datetime,
) -> Photo:
    assignment = Assignment.objects.select_for_update().filter(pk=assignment_id).first()
    if assignment is None:
        raise PlaceGone
    known = known_by(assignment_id, original.sha256)
    for model in (Photo, Tombstone):
        if model._base_manager.filter(assignment=assignment, content_digest__in=known).exists():
            raise AlreadyKnown
    subject, group = _who(assignment_id, place, place_id, now=now)
    files.attach([one.pk for one in stored], now=now)
    photo = Photo.objects.create(
        assignment=assignment,
        subject=subject,
        group=group,
        original=stored[0],
        content_digest=digest_of(assignment_id, original.sha256),
        width=made.width,
        height=made.height,
        thumbnail_name=stored[1].name,
        preview_name=stored[2].name,
        uploaded_at=now,
    )
    Rendition.objects.bulk_create(
        [
            Rendition(photo=photo, kind=Rendition.Kind.THUMBNAIL, stored=stored[1]),
            Rendition(photo=photo, kind=Rendition.Kind.PREVIEW, stored=stored[2]),
        ]
    )
    _show(assignment, photo, now=now)
    return photo


def _show(assignment: Assignment, photo: Photo, *, now: datetime) -> None:
    # An assignment whose last photo had gone has photos again: nobody and nothing in it waits for the night (RT26).
    Tombstone.objects.filter(assignment=assignment, emptied_at__isnull=False).update(emptied_at=None)
    if assignment.published_at is not None:
        make_available(assignment_id=assignment.pk, photo_ids=[photo.pk], now=now)
    else:
        keep_who_has_photos(assignment_id=assignment.pk)
        bump_revision(assignment_ids=[assignment.pk])


def _who(
    assignment_id: int, place: Place, place_id: int | None, *, now: datetime
) -> tuple[Subject | None, Group | None]:
    if place.is_group:
        groups = Group.objects.select_for_update().filter(assignment=assignment_id)
        group = groups.filter(pk=place_id).first() if place_id else groups.filter(name=place.name).first()
        if group is None and place_id is None:
            group = create_group(assignment_id=assignment_id, name=place.name, now=now)
        if group is None:
            raise PlaceGone
        return None, group
    subjects = Subject.objects.select_for_update().filter(assignment=assignment_id)
    subject = subjects.filter(pk=place_id).first() if place_id else subjects.filter(number=place.name).first()
    if subject is None and place_id is None:
        subject = create_subject(assignment_id=assignment_id, number=place.name, now=now)
    if subject is None:
        raise PlaceGone
    return subject, None


def _purpose(assignment_id: int) -> str:
    return f"photo-content:{assignment_id}"
