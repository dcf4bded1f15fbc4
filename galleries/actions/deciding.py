"""What staff decide about a removal request: mask, replace or delete the photo, or leave it with a reason (P22, A7)."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from galleries.emails import mail_late_cases
from galleries.masking import Box, mask
from galleries.models import HiddenPhoto, Photo, RemovalCase
from galleries.registry import photo_changes
from galleries.renditions import RefusedImageError
from privacy import erasure, holds
from privacy.audit import log_access
from privacy.files import store

from .closing import close_case
from .storing import in_storage
from .swapping import FileRefused, PhotoChanged, put_in_place, rendered

Decision = RemovalCase.Decision


class DecisionRefused(Exception):
    """The request stays open. `message` says why."""

    message = _("This cannot be done with this request.")


class AlreadyDecided(DecisionRefused):
    """It has its decision, or the photo is gone."""

    message = _("This request is decided already, or its photo is gone.")


class ReasonMissing(DecisionRefused):
    """Who is refused reads why (art. 12(4) GDPR)."""

    message = _("Say why nothing changes: who asked reads it.")


class PhotoHeld(DecisionRefused):
    """A legal hold or a restriction keeps the photo as it is (A18, art. 18 GDPR)."""

    message = _("A legal hold or a restriction keeps this photo as it is. Ask the privacy owner.")


def mask_photo(*, case_id: int, box: Box, explanation: str, by: User, now: datetime) -> None:
    """Make what is inside `box` unrecognisable for good and close the case: new files take the place of the old ones,
    which go (P22, P23, A7). Who asked is mailed, buyers are told without naming anyone.

    Runs outside any transaction. Raises `AlreadyDecided`, `PhotoHeld`, and `swapping.SwapRefused`.
    """
    photo = _photo_of(case_id)
    try:
        with store.open(photo.original.name) as original:
            masked = mask(original.read(), box)
    except FileNotFoundError as error:
        raise AlreadyDecided from error
    except RefusedImageError as error:
        raise FileRefused(error.refusal) from error
    _swap(photo, masked, case_id=case_id, decision=Decision.MASKED, explanation=explanation, by=by, now=now)


def replace_photo(*, case_id: int, data: bytes, explanation: str, by: User, now: datetime) -> None:
    """Put the JPEG file `data` in the place of the photo and close the case, as `mask_photo` does."""
    photo = _photo_of(case_id)
    _swap(photo, data, case_id=case_id, decision=Decision.REPLACED, explanation=explanation, by=by, now=now)


@transaction.atomic
def delete_photo(*, case_id: int, explanation: str, by: User, now: datetime) -> None:
    """Erase the photo for everybody, with its files and its places in baskets, and close the case (P22, P23).

    Raises `AlreadyDecided` and `PhotoHeld`.
    """
    photo, case = _lock(case_id)
    _tell_buyers(photo, Decision.DELETED, now=now)
    _close(case, Decision.DELETED, explanation=explanation, by=by, now=now)
    try:
        erasure.erase(Photo, [photo.pk], reason="removal_request", now=now)
    except erasure.Held as held:
        raise PhotoHeld from held


@transaction.atomic
def leave_photo(*, case_id: int, explanation: str, by: User, now: datetime) -> None:
    """Close the case without a change. The photo is for sale again, and stays hidden for the code that asked (A7).

    `explanation` is what who asked reads. Raises `ReasonMissing` and `AlreadyDecided`.
    """
    if not explanation.strip():
        raise ReasonMissing
    _photo, case = _lock(case_id)
    _close(case, Decision.UNCHANGED, explanation=explanation, by=by, now=now)


@transaction.atomic
def warn_of_late(*, now: datetime) -> int:
    """Tell the privacy owner, once, which requests have waited longer than three working days (A34, P06); how many."""
    rows = RemovalCase.objects.late(now).filter(alarmed_at__isnull=True)
    late = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    if late:
        mail_late_cases(late, now=now)
        RemovalCase.objects.filter(pk__in=late).update(alarmed_at=now)
    return len(late)


def _photo_of(case_id: int) -> Photo:
    case = RemovalCase.objects.open().filter(pk=case_id).select_related("photo__original", "photo__assignment").first()
    if case is None or case.photo is None:
        raise AlreadyDecided
    return case.photo


def _swap(
    photo: Photo, data: bytes, *, case_id: int, decision: Decision, explanation: str, by: User, now: datetime
) -> None:
    made = rendered(data)
    with in_storage(photo.assignment, ContentFile(data), made, now=now) as stored, transaction.atomic():
        locked, case = _lock(case_id)
        if holds.any_excepted(Photo, [locked.pk], now=now):
            raise PhotoHeld
        if locked.original_id != photo.original_id:
            raise PhotoChanged
        put_in_place(locked, data=data, made=made, stored=stored, reason=decision, now=now)
        # What was asked was done: the code that asked sees what is left of it again.
        hidden = HiddenPhoto.objects.filter(photo=locked, code=case.code_id)
        erasure.erase(HiddenPhoto, list(hidden.values_list("pk", flat=True)), reason="removal_request", now=now)
        _tell_buyers(locked, decision, now=now)
        _close(case, decision, explanation=explanation, by=by, now=now)


def _lock(case_id: int) -> tuple[Photo, RemovalCase]:
    """The photo and then its open case, in the order of the night."""
    holds.freeze_exceptions()
    known = RemovalCase.objects.open().filter(pk=case_id).values_list("photo_id", flat=True).first()
    photo = Photo.objects.select_for_update().filter(pk=known).first() if known else None
    case = RemovalCase.objects.open().select_for_update().filter(pk=case_id, photo=photo).first()
    if photo is None or case is None:
        raise AlreadyDecided
    return photo, case


def _tell_buyers(photo: Photo, decision: Decision, *, now: datetime) -> None:
    for tell in photo_changes:
        tell(photo=photo, decision=decision, now=now)


def _close(case: RemovalCase, decision: Decision, *, explanation: str, by: User, now: datetime) -> None:
    close_case(case, decision=decision, explanation=explanation.strip(), now=now)
    log_access(user=by, kind="galleries.removalcase", object_id=case.pk, action=f"decide_{decision}", now=now)
