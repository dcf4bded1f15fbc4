"""Asking us to take a photo away: a group photo by who holds a code for it, any photo by way of staff (P22, A7)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.periods import local_date
from common.workdays import add_working_days
from galleries.models import Channel, HiddenPhoto, LoginCode, Photo, RemovalCase
from privacy.audit import log_access

from .shown import bump_revision

# A34: our own target; the law gives a month.
WORKING_DAYS = 3


class CannotAsk(Exception):
    """No case was opened. `message` says why."""

    message = _("This photo is not here any more, so there is nothing to take away.")


class RequestSourceMissing(CannotAsk):
    """What staff record for somebody came some way, and stands somewhere else too (P22)."""

    message = _("Say how it was asked and where that stands: the day of the call, or the number of the message.")


@transaction.atomic
def ask_removal(
    *, code_id: int, photo_id: UUID, note: str, email: str, language: str, form_token: UUID, now: datetime
) -> RemovalCase:
    """Open a case about a group photo for the holder of a code (P22, P32, A7): from now on this code no longer shows
    it, and nobody can order it, until staff decided within three working days (A34).

    `note` says who it is about, `email` gets our answer; both go with the case (RT19). The same form twice, or a second
    one while the first is open, is one case. Raises `CannotAsk` when the code does not open such a group photo.
    """
    known = RemovalCase.objects.filter(form_token=form_token, code=code_id).first()
    if known:
        return known
    code = LoginCode.objects.select_related("subject").get(pk=code_id)
    of_group = Photo.objects.visible(now).filter(group=code.subject.group_id, group__isnull=False, public_id=photo_id)
    # Who asks for the same photo at the same moment waits here, and finds the case below.
    photo = of_group.select_for_update(of=("self",)).first()
    if photo is None:
        raise CannotAsk
    waiting = RemovalCase.objects.open().filter(photo=photo, code=code).first()
    if waiting:
        return waiting
    case, _is_new = RemovalCase.objects.get_or_create(
        form_token=form_token,
        defaults={
            "photo": photo,
            "code": code,
            "note": note,
            "email": email,
            "language": language,
            **_received(now),
        },
    )
    HiddenPhoto.objects.get_or_create(photo=photo, code=code, defaults={"hidden_at": now})
    bump_revision(assignment_ids=[photo.assignment_id])
    return case


@transaction.atomic
def record_removal_request(
    *,
    photo_id: int,
    channel: str,
    reference: str,
    note: str,
    email: str,
    language: str,
    received_at: datetime,
    form_token: UUID,
    by: User,
    now: datetime,
) -> RemovalCase:
    """Open a case for somebody who asked us another way, with or without a code, about a portrait or a group photo
    (P22, P92). Nobody can order the photo until it is decided; the three working days run from `received_at` (A34).

    The same form twice is one case. Raises `RequestSourceMissing` without a channel and a reference, `CannotAsk` when
    the photo is gone.
    """
    if channel == Channel.CODE or channel not in Channel.values or not reference.strip():
        raise RequestSourceMissing
    photo = Photo.objects.select_for_update().filter(pk=photo_id).first()
    if photo is None:
        raise CannotAsk
    case, is_new = RemovalCase.objects.get_or_create(
        form_token=form_token,
        defaults={
            "photo": photo,
            "channel": channel,
            "reference": reference.strip(),
            "note": note,
            "email": email,
            "language": language,
            **_received(received_at),
        },
    )
    if is_new:
        log_access(user=by, kind="galleries.removalcase", object_id=case.pk, action="record", now=now)
        bump_revision(assignment_ids=[photo.assignment_id])
    return case


def _received(at: datetime) -> dict[str, object]:
    return {"received_at": at, "due_on": add_working_days(local_date(at), WORKING_DAYS)}
