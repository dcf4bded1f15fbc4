"""Importing a shoot: workers render, this one process writes.

Each photo goes through the same steps, and the process may be killed between any two of them: its three files are
registered (committed), their bytes written, then one transaction writes the photo, points it at its files and, where
the assignment is online, puts the photo online. A kill leaves at most registered files without a photo; the next import
of the assignment dooms them at its start, and otherwise the night does (RT03). What stands in the database is never
imported again, and what was deleted stays deleted: its tombstone has the same digest.
"""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from galleries.intake import Candidate, Place, Reason, look
from galleries.models import Assignment, Group, Photo, Subject, Tombstone
from galleries.render_pool import RenderPool
from galleries.renditions import Refusal, Renditions
from privacy import files, lease
from privacy.models import StoredObject

from .storing import AlreadyKnown, Original, PlaceGone, folders_of, known_by, store_photo


class Outcome(StrEnum):
    """What became of one file."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    DELETED = "deleted before"
    REFUSED = "refused"


class ImportRunning(Exception):
    """Another process imports into the same assignment."""

    message = "Another import of this assignment is running."


@dataclass(slots=True)
class Manifest:
    """What an import did: paths within the folder. `deleted` names files whose photo was deleted before and stays so;
    `ignored` what systems leave beside photos, which does not count as found."""

    imported: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    refused: list[tuple[str, Reason | Refusal]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def found(self) -> int:
        return len(self.imported) + len(self.duplicates) + len(self.deleted) + len(self.refused)

    def note(self, label: str, outcome: Outcome) -> None:
        lists = {
            Outcome.IMPORTED: self.imported,
            Outcome.DUPLICATE: self.duplicates,
            Outcome.DELETED: self.deleted,
        }
        lists[outcome].append(label)


Report = Callable[[int, int, str, Outcome], None]
_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file at the workers, with what tells afterwards whether it changed meanwhile."""

    candidate: Candidate
    original: Original
    stamp: _Stamp
    rendering: Future[Renditions | Refusal]


@dataclass(slots=True)
class _Run:
    """One import: into what, what is known there, and what came of it so far."""

    assignment: Assignment
    clock: Callable[[], datetime]
    report: Report
    total: int
    manifest: Manifest
    places: dict[Place, int]
    photos: set[str]
    tombstones: set[str]

    def note(self, label: str, outcome: Outcome) -> None:
        self.manifest.note(label, outcome)
        self.report(self.manifest.found, self.total, label, outcome)

    def refuse(self, label: str, reason: Reason | Refusal) -> None:
        self.manifest.refused.append((label, reason))
        self.report(self.manifest.found, self.total, label, Outcome.REFUSED)


def _silent(done: int, total: int, label: str, outcome: Outcome) -> None:
    """Nobody watches."""


def import_shoot(
    *,
    assignment_id: int,
    folder: Path,
    jobs: int,
    clock: Callable[[], datetime],
    report: Report = _silent,
    wall: Callable[[], datetime] = timezone.now,
) -> Manifest:
    """Import the photos in `folder` into an assignment with `jobs` rendering processes; may be repeated or killed.

    `clock` is asked for each photo, because a long import must not shorten the term of its last photos (A2); `report`
    is told (done, found, path, outcome); `wall` is the real clock, on which the lease runs. Photos of a published
    assignment are online at once. Subjects and groups that are not there yet are made (P16). Raises `ImportRunning`,
    also when this process was silent so long that another one took over.
    """
    with _alone(assignment_id, wall=wall) as held:
        assignment = Assignment.objects.get(pk=assignment_id)
        _doom_leftovers(assignment, now=clock())
        intake = look(folder)
        run = _Run(
            assignment=assignment,
            clock=clock,
            report=report,
            total=len(intake.candidates) + len(intake.refused),
            manifest=Manifest(ignored=intake.ignored),
            places=_known_places(assignment_id),
            photos=_digests(Photo.objects.filter(assignment=assignment)),
            tombstones=_digests(Tombstone.objects.filter(assignment=assignment)),
        )
        for label, reason in intake.refused:
            run.refuse(label, reason)
        with RenderPool(jobs=jobs, watermark=settings.STUDIO_NAME) as pool:
            for waiting in _rendered(run, intake.candidates, pool, ahead=2 * jobs):
                held.renew(now=wall())
                _keep(run, waiting)
    return run.manifest


def _rendered(run: _Run, candidates: list[Candidate], pool: RenderPool, *, ahead: int) -> Iterator[_Waiting]:
    """The new files, rendered, in the order of the folder; at most `ahead` of them wait in memory."""
    waiting: deque[_Waiting] = deque()
    for candidate in candidates:
        opened = _open(run, candidate)
        if opened is not None:
            original, stamp = opened
            waiting.append(_Waiting(candidate, original, stamp, pool.submit(candidate.path)))
        while len(waiting) >= ahead:
            yield waiting.popleft()
    yield from waiting


def _open(run: _Run, candidate: Candidate) -> tuple[Original, _Stamp] | None:
    """The file's digest and stamp; None for a file that is known, or cannot be read."""
    try:
        with candidate.path.open("rb") as file:
            stamp = _stamp(os.fstat(file.fileno()))
            sha256 = hashlib.file_digest(file, "sha256").digest()
    except OSError:
        run.refuse(candidate.label, Refusal.UNREADABLE)
        return None
    known = set(known_by(run.assignment.pk, sha256))
    if known & run.tombstones:
        run.note(candidate.label, Outcome.DELETED)
        return None
    if known & run.photos:
        run.note(candidate.label, Outcome.DUPLICATE)
        return None
    return Original(candidate.path, sha256), stamp


def _keep(run: _Run, waiting: _Waiting) -> None:
    label, place = waiting.candidate.label, waiting.candidate.place
    made = waiting.rendering.result()
    if isinstance(made, Refusal):
        run.refuse(label, made)
        return
    if _has_changed(waiting):
        run.refuse(label, Reason.CHANGED)
        return
    try:
        photo = store_photo(
            assignment=run.assignment,
            place=place,
            place_id=run.places.get(place),
            original=waiting.original,
            made=made,
            now=run.clock(),
        )
    except AlreadyKnown:
        run.note(label, Outcome.DUPLICATE)
    except (PlaceGone, files.ObjectGone):
        run.refuse(label, Reason.GONE)
    else:
        run.places[place] = photo.group_id or photo.subject_id or 0
        run.photos.add(photo.content_digest)
        run.note(label, Outcome.IMPORTED)


def _has_changed(waiting: _Waiting) -> bool:
    # What was hashed, what was rendered and what is copied must be the same bytes.
    try:
        return _stamp(waiting.candidate.path.stat()) != waiting.stamp
    except OSError:
        return True


def _stamp(status: os.stat_result) -> _Stamp:
    return status.st_ino, status.st_size, status.st_mtime_ns


def _digests(rows: models.QuerySet[Any]) -> set[str]:
    return set(rows.values_list("content_digest", flat=True))


def _known_places(assignment_id: int) -> dict[Place, int]:
    subjects = Subject.objects.filter(assignment=assignment_id).values_list("number", "pk")
    groups = Group.objects.filter(assignment=assignment_id).values_list("name", "pk")
    return {Place(is_group=False, name=number): pk for number, pk in subjects} | {
        Place(is_group=True, name=name): pk for name, pk in groups
    }


@transaction.atomic
def _doom_leftovers(assignment: Assignment, *, now: datetime) -> None:
    """Files an import of this assignment registered before it was killed. Nobody else is importing here now."""
    orphans = StoredObject.objects.filter(attached_at__isnull=True, doomed_at__isnull=True)
    for folder in folders_of(assignment):
        files.doom(orphans.filter(name__startswith=f"{folder}/").values_list("pk", flat=True), now=now)


@contextmanager
def _alone(assignment_id: int, *, wall: Callable[[], datetime]) -> Iterator[lease.Lease]:
    # In the database, as that is what two machines share; a process that died here gives it back at once.
    held = lease.acquire(f"import-{assignment_id}", now=wall())
    if held is None:
        raise ImportRunning
    try:
        yield held
    except lease.LeaseLost as error:
        raise ImportRunning from error
    finally:
        held.release()
