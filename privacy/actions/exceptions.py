"""Holds and restrictions: placed and ended by the privacy owner, read by every sweep and every surface."""

from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy.models import Hold, Restriction


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
def restrict(*, kind: str, object_id: int, reason: str, now: datetime) -> Restriction:
    """Store one row and do nothing else with it until the restriction is lifted (art. 18 GDPR).

    Raises `ExceptionRefused` when it is restricted already, or gone.
    """
    if Restriction.objects.select_for_update().filter(kind=kind, object_id=object_id, lifted_at=None).exists():
        raise ExceptionRefused(_("This row is restricted already."))
    restriction = Restriction.objects.create(kind=kind, object_id=object_id, reason=reason, created_at=now)
    _check_still_there(kind, object_id)
    return restriction


@transaction.atomic
def lift_restriction(*, restriction_id: int, now: datetime) -> bool:
    """Let a row be used again (art. 18(3) GDPR). False when that was done already."""
    return Restriction.objects.filter(pk=restriction_id, lifted_at=None).update(lifted_at=now) == 1


def _check_still_there(kind: str, object_id: int) -> None:
    """After the insert, which waits for a sweep that is just erasing: what it erased cannot be kept any more."""
    if not apps.get_model(kind)._base_manager.filter(pk=object_id).exists():
        raise ExceptionRefused(_("There is no such row."))
