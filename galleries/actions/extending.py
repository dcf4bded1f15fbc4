"""Keeping portraits 48 months longer on the consent of who holds a code, and withdrawing it (P26-P31, A5-A9, A40)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from galleries.keeping import Keeping, keeping_of
from galleries.models import Assignment, Channel, Extension, LoginCode, Photo
from galleries.terms import client_end, extended_end
from privacy import erasure, ledger
from privacy.actions.consents import end_consents, give_consent, withdraw_consents
from privacy.audit import log_access
from privacy.documents import KEEP_LONGER_VERSION
from privacy.mail import queue_mail
from privacy.models import Consent

from .deleting import Receipt
from .shown import bump_revision, refresh_codes

CONSENT = "galleries.keep_longer"


class CannotExtend(Exception):
    """The portraits are not kept longer now. `message` says why."""

    message = _("These photos can no longer be kept longer: their time has ended.")


class NotYet(CannotExtend):
    """One extension stands already, and its end is more than six months away (A5)."""

    message = _("You asked this already. You can ask again six months before the photos would go.")


class CapacityMissing(CannotExtend):
    """Nobody said as whom they ask: that is stored with every consent (P29, A8)."""

    message = _("Say who asks: a legal representative, the person on the photos, or an employee.")


class SourceMissing(CannotExtend):
    """What staff record for somebody came some way, and stands somewhere else too (P28)."""

    message = _("Say how it was asked and where that stands: the day of the call, or the number of the message.")


class CodeClosed(CannotExtend):
    """The code opens nothing, so its holder could neither see nor withdraw what is recorded."""

    message = _("This code opens no photos any more. Record the extension with a code that works.")


@transaction.atomic
def keep_longer(
    *,
    code_id: int,
    capacity: str,
    channel: str = Channel.CODE,
    reference: str = "",
    email: str,
    language: str,
    now: datetime,
) -> Extension:
    """Keep all portraits of a code's subject 48 calendar months past their current end, on consent (P27, P30, A5).

    `capacity` is what the asker says to be (A8); `channel` and `reference` say how they asked when it was not with
    their code (P28). With an address a receipt is mailed in `language`; the address is kept in that message only.
    Raises `CapacityMissing`, `SourceMissing`, `CannotExtend` and `NotYet`.
    """
    if capacity not in Consent.Capacity.values:
        raise CapacityMissing
    if channel != Channel.CODE and not reference.strip():
        raise SourceMissing
    code = _lock(code_id)
    keeping = keeping_of(subject_id=code.subject_id, code_id=code_id, now=now)
    if keeping is None:
        raise CannotExtend
    if keeping.offer is None:
        raise NotYet
    consent = give_consent(
        kind=CONSENT,
        wording=KEEP_LONGER_VERSION,
        about_kind="galleries.subject",
        about_id=code.subject.public_id,
        capacity=capacity,
        # Moved to its real end right below, with those of the photos.
        ends_at=now,
        now=now,
    )
    extension = Extension.objects.create(
        subject=code.subject, code=code, consent=consent, channel=channel, reference=reference.strip(), created_at=now
    )
    _follow(code, now=now)
    if email:
        _send_receipt(consent, keeping, email=email, language=language, now=now)
    return extension


@transaction.atomic
def record_extension(
    *, code_id: int, capacity: str, channel: str, reference: str, email: str, language: str, by: User, now: datetime
) -> Extension:
    """Keep portraits longer for the holder of a code who asked us by phone, mail or otherwise (P28, P29).

    The same as `keep_longer`, in the access log under who recorded it. Raises what that raises, and
    `CodeClosed`.
    """
    if channel == Channel.CODE or channel not in Channel.values:
        raise SourceMissing
    if not LoginCode.objects.open(now).filter(pk=code_id).exists():
        raise CodeClosed
    extension = keep_longer(
        code_id=code_id,
        capacity=capacity,
        channel=channel,
        reference=reference,
        email=email,
        language=language,
        now=now,
    )
    log_access(user=by, kind="galleries.extension", object_id=extension.pk, action="record", now=now)
    return extension


@transaction.atomic
def stop_keeping(*, code_id: int, email: str, language: str, now: datetime) -> Receipt | None:
    """Withdraw the consents of one holder of a code (P31). With the last consent the portraits go back to the client's
    own term; those past it are erased at once (A9, A40), and a receipt says how many. None when none were.

    With an address a receipt of the withdrawal is mailed in `language`; the address is kept in that message only."""
    code = _lock(code_id)
    standing = Extension.objects.standing().filter(code=code_id)
    withdraw_consents(ids=list(standing.values_list("consent_id", flat=True)), now=now)
    if not standing.update(ended_at=now):
        return None
    _follow(code, now=now)
    receipt = _erase_lapsed(code.subject_id, now=now)
    if email:
        queue_mail(
            kind="galleries.withdrawn",
            to=email,
            template="galleries/withdrawn",
            context={"at": now, "receipt": receipt},
            language=language,
            now=now,
        )
    return receipt


def _erase_lapsed(subject_id: int, *, now: datetime) -> Receipt | None:
    """Erase the portraits that no consent keeps past the client's term any more (A9)."""
    lapsed = Photo.objects.filter(subject=subject_id, expires_at__lte=now)
    ids = list(lapsed.order_by("pk").values_list("pk", flat=True))
    try:
        count = erasure.erase(Photo, ids, reason="withdrawal", now=now)
    except erasure.Held:
        # Nobody sees them any more; the night takes them when the hold ends.
        return None
    if not count:
        return None
    entry = ledger.record("receipt", now=now, kind="galleries.photo", count=count, reason="withdrawal", ids=ids)
    return Receipt(number=entry.pk, at=now, count=count)


def apply_extensions(*, assignment_id: int, subject_id: int | None = None, now: datetime) -> None:
    """Set the end of every extended portrait: the client's own term and 48 months for each consent of the holder who
    asked most often (A40). Whoever changes a term or puts photos online calls it afterwards. A named subject without
    any consent goes back to the client's term (A9). What is over stays over (A6)."""
    standing = Extension.objects.standing().filter(subject__assignment=assignment_id)
    if subject_id is not None:
        standing = standing.filter(subject=subject_id)
    months = Assignment.objects.values_list("term_months", flat=True).get(pk=assignment_id)
    rounds: dict[int, int] = {} if subject_id is None else {subject_id: 0}
    for subject, code, count in standing.values_list("subject", "code").annotate(count=Count("pk")).order_by():
        rounds[subject] = max(count, rounds.get(subject, 0))
        _end_consents_with_photos(subject, code, months=months, rounds=count)
    for subject, most in rounds.items():
        _move_ends(subject, months=months, rounds=most, now=now)


def end_extensions(*, subject_ids: Iterable[int | None], now: datetime) -> None:
    """The last portrait of these subjects is gone: nothing is kept any more (RT02: the receipt is closed)."""
    left = Photo.objects.filter(subject__in=subject_ids).values("subject")
    over = Extension.objects.standing().filter(subject__in=subject_ids).exclude(subject__in=left)
    end_consents(ids=list(over.values_list("consent_id", flat=True)), now=now)
    over.update(ended_at=now)


def _lock(code_id: int) -> LoginCode:
    """The code, with its portraits and then its assignment locked, in the order of the night."""
    code = LoginCode.objects.select_related("subject").get(pk=code_id)
    portraits = Photo.objects.filter(subject=code.subject_id).order_by("pk")
    list(portraits.select_for_update().values_list("pk", flat=True))
    Assignment.objects.select_for_update(no_key=True).get(pk=code.subject.assignment_id)
    return code


def _follow(code: LoginCode, *, now: datetime) -> None:
    """The portraits' ends, the codes and the galleries after a consent was given or withdrawn."""
    assignment_id = code.subject.assignment_id
    apply_extensions(assignment_id=assignment_id, subject_id=code.subject_id, now=now)
    refresh_codes(assignment_ids=[assignment_id], now=now)
    bump_revision(assignment_ids=[assignment_id])


def _move_ends(subject_id: int, *, months: int, rounds: int, now: datetime) -> None:
    """Give the portraits of one subject the end of the client's term and of so many extensions (RT01, RT02)."""
    photos = Photo.objects.filter(subject=subject_id, expires_at__gt=now)
    for start in _starts(subject_id):
        end = extended_end(client_end(start, months=months), rounds=rounds)
        photos.filter(available_from=start).update(expires_at=end, kept_on_consent=rounds > 0)


def _starts(subject_id: int) -> list[datetime]:
    photos = Photo.objects.filter(subject=subject_id, available_from__isnull=False)
    starts = photos.order_by("available_from").values_list("available_from", flat=True).distinct()
    return [start for start in starts if start is not None]


def _end_consents_with_photos(subject_id: int, code_id: int, *, months: int, rounds: int) -> None:
    starts = _starts(subject_id)
    if starts:
        end = extended_end(client_end(starts[-1], months=months), rounds=rounds)
        standing = Extension.objects.standing().filter(code=code_id)
        Consent.objects.filter(pk__in=standing.values("consent")).update(ends_at=end)


def _send_receipt(consent: Consent, keeping: Keeping, *, email: str, language: str, now: datetime) -> None:
    queue_mail(
        kind="galleries.kept",
        to=email,
        template="galleries/kept",
        context={"consent": consent, "days": keeping.offer},
        language=language,
        now=now,
    )
