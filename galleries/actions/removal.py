"""What goes with photos when they are erased, whoever asked: the sweep, a parent, or a rights request (P22, P23)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from galleries.models import Assignment, Group, Photo, Subject, Tombstone
from privacy import erasure

from .closing import close_with_photos
from .extending import end_extensions
from .shown import bump_revision, refresh_codes


def erase_photos(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """Erase one batch of photos with renditions and files, in the caller's transaction.

    Leaves a tombstone of each file, so that no import brings it back; marks subjects and groups that have no photo left
    for RT26; ends codes that open nothing any more (RT04); closes what was asked about them. Returns how many went.
    """
    rows = list(
        Photo.objects.filter(pk__in=ids).values_list("assignment_id", "subject_id", "group_id", "content_digest")
    )
    assignments = {row[0] for row in rows}
    # The lock an import holds while it adds a photo: who is left without one is asked when it is done, never during it.
    locked = Assignment.objects.select_for_update(no_key=True).filter(pk__in=assignments).order_by("pk")
    list(locked.values_list("pk", flat=True))
    close_with_photos(ids, now=now)
    count = erasure.erase_rows(Photo, ids, reason=reason, rule=rule, now=now)
    Tombstone.objects.bulk_create(
        [Tombstone(assignment_id=row[0], content_digest=row[3]) for row in rows], ignore_conflicts=True
    )
    end_extensions(subject_ids={row[1] for row in rows} - {None}, now=now)
    _mark_subjects({row[1] for row in rows} - {None}, {row[2] for row in rows} - {None}, now=now)
    _mark_emptied_assignments(assignments, now=now)
    refresh_codes(assignment_ids=assignments, now=now)
    bump_revision(assignment_ids=assignments)
    return count


def _mark_subjects(subject_ids: Iterable[int | None], group_ids: Iterable[int | None], *, now: datetime) -> None:
    """Subjects that are on no photo any more, alone or with their group; then groups with nobody left on a photo."""
    touched = Subject.objects.filter(Q(pk__in=subject_ids) | Q(group__in=group_ids), emptied_at__isnull=True)
    of_group = Photo.objects.filter(group=OuterRef("group"))
    touched.filter(~Exists(Photo.objects.filter(subject=OuterRef("pk"))), ~Exists(of_group)).update(emptied_at=now)
    groups = Group.objects.filter(Q(pk__in=group_ids) | Q(subjects__in=subject_ids), emptied_at__isnull=True)
    of_members = Photo.objects.filter(subject__group=OuterRef("pk"))
    left_alone = groups.filter(~Exists(Photo.objects.filter(group=OuterRef("pk"))), ~Exists(of_members))
    Group.objects.filter(pk__in=left_alone.values("pk")).update(emptied_at=now)


def _mark_emptied_assignments(assignment_ids: Collection[int], *, now: datetime) -> None:
    """With the last photo of an assignment go its tombstones, and whoever was never on a photo."""
    nothing_left = ~Exists(Photo.objects.filter(assignment=OuterRef("assignment")))
    for model in (Subject, Group, Tombstone):
        rows = model._base_manager.filter(nothing_left, assignment__in=assignment_ids, emptied_at__isnull=True)
        rows.update(emptied_at=now)
