"""Measuring how good the photos of an assignment are, and deciding on the reward that rests on it (P19-P21, A28, A29).

Both are work for ourselves with photos we hold for somebody else, so they are done only while the client wants the
photos online: its own term, never the time a parent added. Every step asks that again, and a refusal is an entry of
the ledger. What is kept says nothing about one person: below twenty subjects nothing is.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.jobs import schedule
from galleries.models import Assignment, Photo, QualityAggregate
from galleries.models.quality import FEWEST_SUBJECTS
from galleries.quality import NAMES, Features, measured, summed_up
from galleries.querysets import PhotoQuerySet
from galleries.renditions import RefusedImageError
from galleries.terms import in_client_term
from privacy import ledger
from privacy.audit import log_access
from privacy.files import store


class QualityRefused(Exception):
    """The quality of these photos is not measured or rewarded now. `message` says why, `word` is what the ledger
    keeps of it."""

    message = _("This cannot be done with these photos.")
    word = "refused"


class OutsideTerm(QualityRefused):
    """Not online yet, or past the client's own term, extended or not (P21, A28)."""

    message = _(
        "Quality is measured and rewarded only while the client wants the photos online. "
        "That time has not begun or is over; the time parents added does not count."
    )
    word = "outside_term"


class TooFewSubjects(QualityRefused):
    """A mean over fewer than twenty subjects could lead back to one of them (P20)."""

    message = _("Quality is kept only over at least twenty subjects with a portrait online. Nothing was kept.")
    word = "too_few_subjects"


class MeasuredBefore(QualityRefused):
    """Two measurements would differ by who came in between, which leads back to that person (P20)."""

    message = _("The quality of this assignment was measured before. It is measured once.")
    word = "measured_before"


class NotMeasured(QualityRefused):
    """A reward rests on a measurement (A29)."""

    message = _("A reward rests on a measurement, and this assignment was not measured.")
    word = "not_measured"


def ask_measurement(*, assignment_id: int, by: User, now: datetime) -> None:
    """Let a job measure the portraits of an assignment. Raises `OutsideTerm`, `MeasuredBefore`, `TooFewSubjects`."""
    with _refusals_noted(assignment_id, now=now):
        _check(assignment_id, now=now)
        if subjects_with_portraits(assignment_id=assignment_id, now=now) < FEWEST_SUBJECTS:
            raise TooFewSubjects
        log_access(user=by, kind="galleries.assignment", object_id=assignment_id, action="measure", now=now)
        schedule("galleries.measure_quality", assignment_id=assignment_id)


def measure(*, assignment_id: int, now: datetime) -> list[list[Features]]:
    """The features of every portrait that is online, together for each subject, who is not named. They are in memory
    only: `keep_summary` is what may be done with them. A photo that cannot be read is passed over.

    Raises `OutsideTerm`, `MeasuredBefore` and `TooFewSubjects`, before any photo is opened.
    """
    with _refusals_noted(assignment_id, now=now):
        _check(assignment_id, now=now)
        if subjects_with_portraits(assignment_id=assignment_id, now=now) < FEWEST_SUBJECTS:
            raise TooFewSubjects
    rows = _portraits(assignment_id, now=now).order_by("subject", "pk").values_list("subject", "original__name")
    return [list(_features(name for _, name in own)) for _, own in groupby(rows, key=lambda row: row[0])]


def keep_summary(*, assignment_id: int, features: Sequence[Sequence[Features]], now: datetime) -> QualityAggregate:
    """Keep mean and spread of what was measured, over at least twenty subjects, and nothing else (P20, RT18).

    Raises `OutsideTerm`, `MeasuredBefore` and `TooFewSubjects`: what a job measured too late is not kept.
    """
    with _refusals_noted(assignment_id, now=now):
        _check(assignment_id, now=now)
        summary = summed_up(features, fewest=FEWEST_SUBJECTS)
        if summary is None:
            raise TooFewSubjects
        figures = {f"{name}_mean": _rounded(summary.means[name]) for name in NAMES}
        figures |= {f"{name}_spread": _rounded(summary.spreads[name]) for name in NAMES}
        ledger.record("quality_measured", now=now, kind="galleries.assignment", count=summary.subjects)
        return QualityAggregate.objects.create(
            assignment_id=assignment_id, measured_at=now, subject_count=summary.subjects, **figures
        )


def decide_reward(*, assignment_id: int, cents: int, by: User, now: datetime) -> None:
    """Decide on the extra reward for an assignment, in cents, within the client's own term (P21, A29). Decided again
    within it, the last amount counts. Raises `OutsideTerm` and `NotMeasured`."""
    with _refusals_noted(assignment_id, now=now):
        if not in_client_term(*_term(assignment_id), now=now):
            raise OutsideTerm
        measured_one = QualityAggregate.objects.filter(assignment=assignment_id)
        if measured_one.filter(reward_cents=cents).exists():
            # The same form sent twice decides nothing anew.
            return
        if not measured_one.update(reward_cents=cents, reward_decided_at=now):
            raise NotMeasured
        log_access(user=by, kind="galleries.assignment", object_id=assignment_id, action="reward", now=now)
        ledger.record("quality_rewarded", now=now, kind="galleries.assignment", count=1)


def subjects_with_portraits(*, assignment_id: int, now: datetime) -> int:
    """How many subjects of an assignment have a portrait online: what the twenty are counted in."""
    return _portraits(assignment_id, now=now).values("subject").distinct().count()


@contextmanager
def _refusals_noted(assignment_id: int, *, now: datetime) -> Iterator[None]:
    """One transaction; a refusal undoes it and is written down by itself, without persons (P21)."""
    try:
        with transaction.atomic():
            yield
    except QualityRefused as refusal:
        ledger.record("quality_refused", now=now, kind="galleries.assignment", reason=refusal.word, ids=[assignment_id])
        raise


def _check(assignment_id: int, *, now: datetime) -> None:
    if not in_client_term(*_term(assignment_id), now=now):
        raise OutsideTerm
    if QualityAggregate.objects.filter(assignment=assignment_id).exists():
        raise MeasuredBefore


def _term(assignment_id: int) -> tuple[datetime | None, int]:
    """When the assignment came online and for how many months, locked: another term waits."""
    locked = Assignment.objects.select_for_update(no_key=True).filter(pk=assignment_id)
    return locked.values_list("published_at", "term_months").get()


def _portraits(assignment_id: int, *, now: datetime) -> PhotoQuerySet:
    return Photo.objects.visible(now).filter(assignment=assignment_id, subject__isnull=False)


def _features(names: Iterator[str]) -> Iterator[Features]:
    for name in names:
        try:
            with store.open(name) as file:
                yield measured(file.read())
        except (FileNotFoundError, RefusedImageError):
            # Deleted since it was listed, or no picture: it counts for nothing.
            continue


def _rounded(value: float) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"))
