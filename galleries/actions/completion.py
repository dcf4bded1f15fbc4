"""Completing assignments (A16): by the night when nothing came for three months, or by hand; and the alarm."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.periods import Bound, cutoff, local_date
from galleries.assignment_registry import completion_facts
from galleries.completion import ALARM, closes_at, latest
from galleries.emails import mail_open_assignments
from galleries.models import Assignment
from privacy.audit import log_access

from .clients import note_books_activity
from .contacts import restamp

BATCH = 500


class CompletionRefused(Exception):
    """The assignment cannot be completed now. `message` says why."""

    message = _("This assignment cannot be completed.")


class AlreadyCompleted(CompletionRefused):
    """Completed before, by the night or by a colleague."""

    message = _("This assignment was completed already.")


class StillOnline(CompletionRefused):
    """The client's own term still runs: completion is never before its end."""

    message = _("The photos are still online for this client. The assignment can be completed after that.")


def facts_of(assignments: Iterable[Assignment]) -> dict[int, datetime]:
    """The latest of window end, last delivery and last payment of each assignment (A16); none where there is none."""
    rows = list(assignments)
    found = {row.pk: row.window_ends_at for row in rows if row.window_ends_at is not None}
    for facts in completion_facts:
        for key, moment in facts(assignment_ids=[row.pk for row in rows]).items():
            found[key] = latest(found.get(key), moment) or moment
    return found


@transaction.atomic
def complete_assignment(*, assignment_id: int, by: User, now: datetime) -> datetime:
    """Complete an assignment by hand; returns from when its terms count: its latest fact, or now when it has none.

    Raises `AlreadyCompleted` and `StillOnline`.
    """
    assignment = Assignment.objects.select_for_update().get(pk=assignment_id)
    if assignment.completed_at is not None:
        raise AlreadyCompleted
    if assignment.window_ends_at is not None and assignment.window_ends_at > now:
        raise StillOnline
    at = min(facts_of([assignment]).get(assignment_id, now), now)
    _complete(assignment_id, at=at)
    log_access(user=by, kind="galleries.assignment", object_id=assignment_id, action="complete", now=now)
    return at


def complete_quiet(*, now: datetime) -> int:
    """Complete every assignment of which nothing was heard for three months (A16); how many.

    Each batch commits by itself, and a second run finds nothing.
    """
    done, after = 0, 0
    while True:
        waiting = Assignment.objects.filter(completed_at__isnull=True, pk__gt=after).order_by("pk")
        keys = list(waiting.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return done
        done += _complete_batch(keys, now=now)
        after = keys[-1]


@transaction.atomic
def warn_of_open(*, now: datetime) -> int:
    """Tell the privacy owner, once, which assignments are open for eighteen months (A16, P06); how many."""
    rows = Assignment.objects.filter(
        completed_at__isnull=True, open_alarm_at__isnull=True, created_at__lte=cutoff(now, ALARM, Bound.AT_LEAST)
    )
    numbers = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    if numbers:
        mail_open_assignments(numbers, now=now)
        Assignment.objects.filter(pk__in=numbers).update(open_alarm_at=now)
    return len(numbers)


def reopen(*, assignment_id: int, window_ends_at: datetime) -> None:
    """Photos came online: the client's term ends later, and what was completed is not (A16)."""
    Assignment.objects.filter(pk=assignment_id).update(window_ends_at=window_ends_at, completed_at=None)
    restamp(assignment_ids=[assignment_id], completed_at=None)


@transaction.atomic
def _complete_batch(keys: Collection[int], *, now: datetime) -> int:
    locked = Assignment.objects.filter(pk__in=keys, completed_at__isnull=True).order_by("pk").select_for_update()
    rows = list(locked)
    facts = facts_of(rows)
    messages = Assignment.objects.filter(pk__in=keys, messages__isnull=False).annotate(last=Max("messages__at"))
    said = dict(messages.values_list("pk", "last"))
    done = 0
    for row in rows:
        sign = latest(row.created_at, said.get(row.pk)) or row.created_at
        fact = facts.get(row.pk)
        if closes_at(fact=fact, created_at=row.created_at, sign_of_life=sign) <= now:
            _complete(row.pk, at=min(fact or sign, now))
            done += 1
    return done


def _complete(assignment_id: int, *, at: datetime) -> None:
    Assignment.objects.filter(pk=assignment_id).update(completed_at=at)
    restamp(assignment_ids=[assignment_id], completed_at=at)
    # RT27 counts from completion where no invoice came later.
    note_books_activity(assignment_ids=[assignment_id], on=local_date(at))
