"""Named filters. They take the time as an argument and never write."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.periods import local_date
from privacy.models import Restriction

from .terms import UNPUBLISHED_DAYS

if TYPE_CHECKING:
    # Named in the quoted types below.
    from .models import Extension, LoginCode, Photo, Reminder, RemovalCase  # noqa: F401


def open_restrictions(**rows: OuterRef) -> "QuerySet[Restriction]":
    """Restrictions (art. 18 GDPR) that were not lifted, on any of these rows: our kind, and where its key stands."""
    on = Q()
    for kind, row in rows.items():
        on |= Q(kind=f"galleries.{kind}", object_id=row)
    return Restriction.objects.filter(on, lifted_at__isnull=True)


def any_restriction() -> "QuerySet[Restriction]":
    """Open restrictions on whatever a gallery shows: while there is one, no kept page is trusted."""
    kinds = [f"galleries.{kind}" for kind in ("photo", "subject", "group", "assignment")]
    return Restriction.objects.filter(kind__in=kinds, lifted_at__isnull=True)


class PhotoQuerySet(QuerySet["Photo"]):
    def visible(self, now: datetime) -> Self:
        """What may be shown at this moment: available, within its term whether or not the night has run (A35), and
        not restricted."""
        restricted = open_restrictions(
            photo=OuterRef("pk"),
            subject=OuterRef("subject_id"),
            group=OuterRef("group_id"),
            assignment=OuterRef("assignment_id"),
        )
        return self.filter(~Exists(restricted), expires_at__gt=now, available_from__lte=now)

    def within_term(self, now: datetime) -> Self:
        """What is not past its term: online (RT01, RT02), not yet (RT03) or handed to the client (RT28); restricted or
        not."""
        waiting = Q(uploaded_at__gt=now - timedelta(days=UNPUBLISHED_DAYS))
        not_online = waiting & Q(handed_over_until__isnull=True) | Q(handed_over_until__gt=now)
        return self.filter(Q(expires_at__isnull=True) & not_online | Q(expires_at__gt=now))

    def waiting(self) -> Self:
        """What staff still have to put online, or hand to the client."""
        return self.filter(available_from__isnull=True, handed_over_at__isnull=True)

    def of_codes(self, code_ids: Collection[int]) -> Self:
        """What any of these codes opens or will open: the portraits of its subject, the photos of its group."""
        subjects = Q(subject__codes__in=code_ids)
        return self.filter(subjects | Q(group__subjects__codes__in=code_ids)).distinct()

    def opened_by(self, *, subject_id: int, group_id: int | None) -> Self:
        """What the code of this subject opens: its portraits and the photos of its group (P36)."""
        if group_id is None:
            return self.filter(subject_id=subject_id)
        return self.filter(Q(subject_id=subject_id) | Q(group_id=group_id))


class LoginCodeQuerySet(QuerySet["LoginCode"]):
    def open(self, now: datetime) -> Self:
        """Codes that open something at this moment: neither revoked, nor expired, nor restricted."""
        restricted = open_restrictions(
            logincode=OuterRef("pk"), subject=OuterRef("subject_id"), assignment=OuterRef("subject__assignment_id")
        )
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=now), ~Exists(restricted), revoked_at__isnull=True
        )

    def within_term(self, now: datetime) -> Self:
        """Codes whose photos are not all past their term, revoked or not."""
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))

    def with_digest(self, digests: Collection[str]) -> Self:
        """The code with one of these keyed digests: one per key of the ring."""
        return self.filter(digest__in=digests)


class ExtensionQuerySet(QuerySet["Extension"]):
    def standing(self) -> Self:
        """What was asked and neither withdrawn nor over."""
        return self.filter(ended_at__isnull=True)


class ReminderQuerySet(QuerySet["Reminder"]):
    def due(self, *, codes: LoginCodeQuerySet, photos: PhotoQuerySet) -> Self:
        """Those with one of `codes`, the open ones, who were not mailed about one of `photos`, those their code shows
        that go soon; or whose message was never accepted for sending."""
        opened = Q(subject=OuterRef("code__subject")) | Q(group=OuterRef("code__subject__group"))
        going = photos.filter(opened, expires_at__gt=OuterRef("told_until"))
        return self.filter(Exists(going) | Q(mail__status="failed"), code__in=codes.values("pk"))


class RemovalCaseQuerySet(QuerySet["RemovalCase"]):
    def open(self) -> Self:
        """What staff still have to decide."""
        return self.filter(closed_at__isnull=True)

    def late(self, now: datetime) -> Self:
        """What should have been decided by now: its last working day is over (A34)."""
        return self.open().filter(due_on__lt=local_date(now))
