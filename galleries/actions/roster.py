"""Who is photographed on an assignment, many at once: numbers and groups, no names (P16)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from galleries.models import Group, Subject

from .clients import create_group, create_subject
from .shown import bump_revision, keep_who_has_photos, refresh_codes


class NumberTaken(Exception):
    """Another subject of the assignment has this number."""

    message = _("Another subject of this assignment has this number.")


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One subject as a client lists it: a number and the name of a group, "" for none."""

    number: str
    group: str


@dataclass(frozen=True, slots=True)
class RosterResult:
    """How many subjects and groups were added, and which numbers were there already and stayed as they were."""

    subjects: int
    groups: int
    known: tuple[str, ...]


@transaction.atomic
def add_subjects(*, assignment_id: int, lines: Collection[RosterLine], now: datetime) -> RosterResult:
    """Add the subjects of a list and the groups they name. A number that is there already is left alone, so sending a
    list twice adds nothing twice (P16)."""
    numbers = set(Subject.objects.filter(assignment_id=assignment_id).values_list("number", flat=True))
    groups = {group.name: group.pk for group in Group.objects.filter(assignment_id=assignment_id)}
    known, made = [], 0
    for line in lines:
        if line.number in numbers:
            known.append(line.number)
            continue
        if line.group and line.group not in groups:
            groups[line.group] = create_group(assignment_id=assignment_id, name=line.group, now=now).pk
            made += 1
        create_subject(assignment_id=assignment_id, number=line.number, group_id=groups.get(line.group), now=now)
        numbers.add(line.number)
    return RosterResult(subjects=len(lines) - len(known), groups=made, known=tuple(known))


@transaction.atomic
def change_subject(*, subject_id: int, number: str, group_id: int | None, now: datetime) -> None:
    """Correct a subject's number, or put it in another group: its codes then open the photos of that group (P36).

    Raises `NumberTaken`.
    """
    subject = Subject.objects.select_for_update().get(pk=subject_id)
    others = Subject.objects.filter(assignment=subject.assignment_id, number=number).exclude(pk=subject_id)
    if others.exists():
        raise NumberTaken
    Subject.objects.filter(pk=subject_id).update(number=number, group_id=group_id)
    keep_who_has_photos(assignment_id=subject.assignment_id)
    refresh_codes(assignment_ids=[subject.assignment_id], now=now)
    bump_revision(assignment_ids=[subject.assignment_id])
