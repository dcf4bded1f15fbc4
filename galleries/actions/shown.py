"""What follows in the same transaction whenever the set of photos behind a gallery changes."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from galleries.models import Assignment, Group, LoginCode, Photo, Reminder, Subject
from galleries.querysets import PhotoQuerySet


def bump_revision(*, assignment_ids: Collection[int]) -> None:
    """Make every cached fragment of these assignments' galleries stale at once."""
    Assignment.objects.filter(pk__in=assignment_ids).update(revision=F("revision") + 1)


def keep_who_has_photos(*, assignment_id: int) -> None:
    """Whoever is on a photo, and their groups, wait for nothing any more: they go with their photos (RT26)."""
    own = Photo.objects.filter(subject=OuterRef("pk"))
    with_their_group = Photo.objects.filter(group=OuterRef("group"))
    subjects = Subject.objects.filter(assignment=assignment_id, emptied_at__isnull=False)
    subjects.filter(Q(Exists(own)) | Q(Exists(with_their_group))).update(emptied_at=None)
    together = Photo.objects.filter(group=OuterRef("pk"))
    of_members = Photo.objects.filter(subject__group=OuterRef("pk"))
    groups = Group.objects.filter(assignment=assignment_id, emptied_at__isnull=False)
    groups.filter(Q(Exists(together)) | Q(Exists(of_members))).update(emptied_at=None)


def refresh_codes(*, assignment_ids: Collection[int], now: datetime) -> None:
    """Set each code's end to the latest end of any photo it opens (RT04). A code whose photos are all gone ends now;
    one that never opened a photo keeps waiting for them. Who asked for a mail before the end follows (RT31)."""
    own = _latest(Photo.objects.filter(subject__codes=OuterRef("pk")))
    of_group = _latest(Photo.objects.filter(group__subjects__codes=OuterRef("pk")))
    # NULL inside GREATEST means another thing on each database, so neither side is ever NULL alone.
    latest = Greatest(Coalesce(own, of_group), Coalesce(of_group, own))
    nothing_left = Case(When(expires_at__gt=now, then=Value(now)), default=F("expires_at"))
    LoginCode.objects.filter(subject__assignment__in=assignment_ids).update(expires_at=Coalesce(latest, nothing_left))
    end = LoginCode.objects.filter(pk=OuterRef("code"), revoked_at__isnull=True).values("expires_at")
    reminders = Reminder.objects.filter(code__subject__assignment__in=assignment_ids)
    reminders.update(closes_at=Coalesce(Subquery(end), F("closes_at")))


def _latest(photos: PhotoQuerySet) -> Subquery:
    return Subquery(photos.filter(expires_at__isnull=False).order_by("-expires_at").values("expires_at")[:1])
