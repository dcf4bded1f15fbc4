"""Holds and restrictions: placed and ended by the privacy owner, read by every sweep and every surface."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from common.periods import local_date
from privacy.mail import queue_mail
from privacy.models import Hold, RecipientNotice, Restriction
from privacy.rights.recipients import tell

# How long before a restriction ends who asked for it is told.
NOTICE = timedelta(days=7)


class ExceptionRefused(Exception):
    """A hold or restriction that cannot be. `message` says why to the one who asked."""

    def __init__(self, message: object) -> None:
        self.message = message
        super().__init__("hold or restriction refused")


@transaction.atomic
def place_hold(*, kind: str, object_id: int, reason: str, owner_id: int, until: datetime, now: datetime) -> Hold:
    """Keep one row past its term until `until`, for a reason somebody answers for (A18).

    Raises `ExceptionRefused` when the end is not in the future, as a hold without an end is no retention, and when the
    row is gone.
    """
    if until <= now:
        raise ExceptionRefused(_("A hold ends in the future."))
    hold = Hold.objects.create(
        kind=kind, object_id=object_id, reason=reason, owner_id=owner_id, until=until, created_at=now
    )
    _check_still_there(kind, object_id)
    return hold


@transaction.atomic
def end_hold(*, hold_id: int, now: datetime) -> bool:
    """End a hold before its time. False when it had ended already."""
    return Hold.objects.filter(pk=hold_id, until__gt=now).update(until=now) == 1


@transaction.atomic
def restrict(
    *, kind: str, object_id: int, reason: str, now: datetime, email: str = "", language: str = "nl"
) -> Restriction:
    """Store one row and do nothing else with it until the restriction is lifted (art. 18 GDPR, P88).

    `email` is where who asked for it hears before it is lifted. Raises `ExceptionRefused` when it is restricted
    already, or gone.
    """
    if Restriction.objects.select_for_update().filter(kind=kind, object_id=object_id, lifted_at=None).exists():
        raise ExceptionRefused(_("This row is restricted already."))
    restriction = Restriction.objects.create(
        kind=kind, object_id=object_id, reason=reason, created_at=now, email=email, language=language
    )
    _check_still_there(kind, object_id)
    tell(kind, [object_id], RecipientNotice.Event.RESTRICTED, now)
    return restriction


@transaction.atomic
def lift_restriction(*, restriction_id: int, now: datetime) -> bool:
    """Let a row be used again. False when that was done already.

    Raises `ExceptionRefused` while who asked for it was not told, or the day they were told has not come (art. 18(3)
    GDPR, P88).
    """
    row = Restriction.objects.select_for_update().filter(pk=restriction_id, lifted_at=None).first()
    if row is None:
        return False
    if row.email and (row.lifts_on is None or row.lifts_on > local_date(now)):
        raise ExceptionRefused(_("First announce the lifting: who asked for the restriction hears of it before."))
    Restriction.objects.filter(pk=row.pk).update(lifted_at=now)
    return True


@transaction.atomic
def announce_lifting(*, restriction_ids: Collection[int], now: datetime) -> int:
    """Tell who asked for restrictions that they end in a week; how many. One mail for each address (P88)."""
    rows = Restriction.objects.filter(pk__in=restriction_ids, lifted_at=None, announced_at=None).exclude(email="")
    day = local_date(now) + NOTICE
    told: dict[tuple[str, str], list[int]] = {}
    for row in rows.select_for_update().order_by("pk"):
        told.setdefault((row.email, row.language), []).append(row.pk)
    for (email, language), ids in told.items():
        queue_mail(
            kind="privacy.restriction_lifting",
            to=email,
            template="privacy/restriction_lifting",
            context={"day": day, "count": len(ids)},
            language=language,
            now=now,
        )
        Restriction.objects.filter(pk__in=ids).update(announced_at=now, lifts_on=day)
    return sum(len(ids) for ids in told.values())


def lift_announced(*, now: datetime) -> int:
    """Lift what was announced and whose day has come; how many."""
    due = Restriction.objects.filter(lifted_at=None, lifts_on__lte=local_date(now)).order_by("pk")
    return sum(lift_restriction(restriction_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)))


def _check_still_there(kind: str, object_id: int) -> None:
    """After the insert, which waits for a sweep that is just erasing: what it erased cannot be kept any more."""
    if not apps.get_model(kind)._base_manager.filter(pk=object_id).exists():
        raise ExceptionRefused(_("There is no such row."))
