"""Putting photos online: from here their month runs and codes open them (P16-P18, A1, A2, A4). Or handing them to the
client instead (A36)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.periods import local_date
from galleries.assignment_registry import Item, Text
from galleries.checklist import checklist, missing
from galleries.completion import latest
from galleries.models import Assignment, LoginCode, Photo, Subject
from galleries.querysets import PhotoQuerySet
from galleries.terms import MONTHS_WITHOUT_OWNER, client_end
from privacy.audit import log_access

from .clients import note_books_activity
from .codes import build_code
from .completion import reopen
from .extending import apply_extensions
from .shown import bump_revision, keep_who_has_photos, refresh_codes


class PublicationRefused(Exception):
    """The photos cannot be put online. `message` says why."""

    message: Text = _("These photos cannot be published.")


class AlreadyPublished(PublicationRefused):
    """The assignment is online; late photos go through `make_available`."""

    message = _("This assignment was published before.")


class NotPublished(PublicationRefused):
    """Late photos follow a publication, they do not replace it."""

    message = _("This assignment was not published yet.")


class NothingToPublish(PublicationRefused):
    """There is no photo that is not online yet."""

    message = _("This assignment has no photos to publish.")


class NothingToHandOver(PublicationRefused):
    """There is no photo that is neither online nor handed to the client."""

    message = _("This assignment has no photos to hand over.")


class NotReady(PublicationRefused):
    """Something stands open on the checklist that keeps an assignment offline, such as the accepted terms (P34)."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        labels = ", ".join(str(item.label) for item in items)
        self.message = _("This assignment cannot be published yet. Missing: {labels}.").format(labels=labels)
        super().__init__("not ready to publish")


class TermNotApproved(PublicationRefused):
    """The approval of a term above twelve months is missing (A4)."""

    message = _("The term of more than twelve months was not approved by the privacy owner.")


@transaction.atomic
def publish_assignment(*, assignment_id: int, by: User, now: datetime) -> int:
    """Put all photos of an assignment online for the agreed term and give each subject a code. Returns the photos.

    The term runs from this moment to the end of its last day (A1). Raises `AlreadyPublished`, and `NotReady` with what
    the checklist misses: the accepted terms, the approved term, photos, a contact person (P18, P34).
    """
    _lock_unpublished(assignment_id)
    assignment = Assignment.objects.select_for_update().get(pk=assignment_id)
    if assignment.published_at is not None:
        raise AlreadyPublished
    open_items = missing(checklist(assignment, now=now))
    if open_items:
        raise NotReady(open_items)
    Assignment.objects.filter(pk=assignment_id).update(published_at=now)
    count = _put_online(assignment, Photo.objects.filter(assignment=assignment), now=now)
    log_access(user=by, kind="galleries.assignment", object_id=assignment_id, action="publish", now=now)
    return count


@transaction.atomic
def make_available(*, assignment_id: int, photo_ids: Collection[int], now: datetime) -> int:
    """Put late photos of a published assignment online; each gets its own whole term (A2). Returns how many.

    Raises `NotPublished`, `NothingToPublish`, `TermNotApproved`.
    """
    assignment = Assignment.objects.select_for_update().get(pk=assignment_id)
    if assignment.published_at is None:
        raise NotPublished
    return _put_online(assignment, Photo.objects.filter(assignment=assignment, pk__in=photo_ids), now=now)


@transaction.atomic
def hand_over(*, assignment_id: int, by: User, now: datetime) -> int:
    """Record that the client received the photos that are not online. They are kept for the agreed term from now, and
    then go (RT28, A36); no code opens them. Returns how many.

    They may go online after all until then. Raises `NothingToHandOver`, `NotReady` and `TermNotApproved`.
    """
    _lock_unpublished(assignment_id)
    assignment = Assignment.objects.select_for_update().get(pk=assignment_id)
    # Nothing leaves for a client either before the terms are accepted (P34).
    open_items = missing(checklist(assignment, now=now)) if assignment.published_at is None else []
    if open_items:
        raise NotReady(open_items)
    _check_approval(assignment)
    end = client_end(now, months=assignment.term_months)
    waiting = Photo.objects.filter(assignment=assignment).waiting()
    count = waiting.update(handed_over_at=now, handed_over_until=end)
    if count == 0:
        raise NothingToHandOver
    keep_who_has_photos(assignment_id=assignment_id)
    # A delivery is one of the facts that completion counts from (A16).
    reopen(assignment_id=assignment_id, window_ends_at=latest(assignment.window_ends_at, now) or now)
    note_books_activity(assignment_ids=[assignment_id], on=local_date(now))
    log_access(user=by, kind="galleries.assignment", object_id=assignment_id, action="hand_over", now=now)
    return count


def _check_approval(assignment: Assignment) -> None:
    if assignment.term_months > MONTHS_WITHOUT_OWNER and assignment.term_approved_by_id is None:
        raise TermNotApproved


def _lock_unpublished(assignment_id: int) -> None:
    """Lock as the night does (RT03), photos before their assignment: two orders would wait for each other for ever."""
    waiting = Photo.objects.filter(assignment_id=assignment_id, available_from__isnull=True).order_by("pk")
    list(waiting.select_for_update().values_list("pk", flat=True))


def _put_online(assignment: Assignment, photos: PhotoQuerySet, *, now: datetime) -> int:
    _check_approval(assignment)
    end = client_end(now, months=assignment.term_months)
    count = photos.filter(available_from__isnull=True).update(
        available_from=now, expires_at=end, handed_over_at=None, handed_over_until=None
    )
    if count == 0:
        raise NothingToPublish
    apply_extensions(assignment_id=assignment.pk, now=now)
    keep_who_has_photos(assignment_id=assignment.pk)
    _issue_missing_codes(assignment, now=now)
    refresh_codes(assignment_ids=[assignment.pk], now=now)
    bump_revision(assignment_ids=[assignment.pk])
    reopen(assignment_id=assignment.pk, window_ends_at=latest(assignment.window_ends_at, end) or end)
    note_books_activity(assignment_ids=[assignment.pk], on=local_date(end))
    return count


def _issue_missing_codes(assignment: Assignment, *, now: datetime) -> None:
    """One code for each subject that has photos to see and no code that works."""
    working = LoginCode.objects.filter(subject=OuterRef("pk"), revoked_at__isnull=True)
    online = Photo.objects.filter(expires_at__isnull=False)
    has_photos = Q(Exists(online.filter(subject=OuterRef("pk")))) | Q(Exists(online.filter(group=OuterRef("group"))))
    subjects = Subject.objects.filter(~Exists(working), has_photos, assignment=assignment)
    ids = subjects.order_by("pk").values_list("pk", flat=True)
    LoginCode.objects.bulk_create([build_code(subject_id=pk, expires_at=None, now=now)[0] for pk in ids])
