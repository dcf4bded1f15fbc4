"""Issuing, revoking and reprinting login codes (P25)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from accounts.models import User
from common.keys import decrypt, digest, digest_candidates, encrypt
from galleries.codes import new_code
from galleries.models import Extension, HiddenPhoto, LoginCode, Photo, Reminder, RemovalCase, Subject
from privacy.audit import log_access

# What the keyed digest of a code is made for; digests of two purposes never match.
CODE_DIGEST = "galleries.logincode"


def build_code(*, subject_id: int, expires_at: datetime | None, now: datetime) -> tuple[LoginCode, str]:
    """An unsaved row for a fresh code, and the code itself, which is stored only as digest and ciphertext."""
    code = new_code()
    row = LoginCode(
        subject_id=subject_id,
        digest=digest(CODE_DIGEST, code),
        encrypted=encrypt(code),
        issued_at=now,
        expires_at=expires_at,
    )
    return row, code


@transaction.atomic
def issue_code(*, subject_id: int, now: datetime) -> str:
    """Give a subject one more code and return its ten characters (A40: a second household has its own)."""
    subject = Subject.objects.select_for_update().get(pk=subject_id)
    row, code = build_code(subject_id=subject_id, expires_at=_latest_expiry(subject.pk, subject.group_id), now=now)
    row.save(force_insert=True)
    return code


@transaction.atomic
def revoke_code(*, code_id: int, by: User, now: datetime) -> bool:
    """Close a code at once, and with it what was asked for its gallery's end (RT31). False when it was closed
    already."""
    changed = LoginCode.objects.filter(pk=code_id, revoked_at__isnull=True).update(revoked_at=now)
    Reminder.objects.filter(code=code_id, closes_at__gt=now).update(closes_at=now)
    log_access(user=by, kind="galleries.logincode", object_id=code_id, action="revoke", now=now)
    return changed == 1


@transaction.atomic
def replace_code(*, code_id: int, by: User, now: datetime) -> str | None:
    """Close a code and give its subject a new one, returned; None when it was closed already."""
    if not revoke_code(code_id=code_id, by=by, now=now):
        return None
    code = issue_code(subject_id=LoginCode.objects.get(pk=code_id).subject_id, now=now)
    # The same household with a new card: what it asked still stands, and it can still withdraw (P31).
    replacement = LoginCode.objects.with_digest(digest_candidates(CODE_DIGEST, code)).get()
    Extension.objects.filter(code=code_id).update(code=replacement)
    Reminder.objects.filter(code=code_id).update(code=replacement, closes_at=replacement.expires_at or now)
    HiddenPhoto.objects.filter(code=code_id).update(code=replacement)
    RemovalCase.objects.filter(code=code_id).update(code=replacement)
    return code


@transaction.atomic
def reprint(*, code_id: int, by: User, now: datetime) -> str:
    """The ten characters of a code, for a new card. Each reading is in the access log (P08)."""
    row = LoginCode.objects.get(pk=code_id)
    log_access(user=by, kind="galleries.logincode", object_id=code_id, action="reprint", now=now)
    return decrypt(row.encrypted)


def note_use(*, code_id: int, now: datetime) -> None:
    """Remember that a code was used, to the day: one write per code and day at most."""
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - timedelta(days=1))
    LoginCode.objects.filter(stale, pk=code_id).update(last_used_at=now)


def _latest_expiry(subject_id: int, group_id: int | None) -> datetime | None:
    photos = Photo.objects.opened_by(subject_id=subject_id, group_id=group_id)
    latest: datetime | None = photos.aggregate(latest=Max("expires_at"))["latest"]
    return latest
