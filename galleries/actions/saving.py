"""Keeping a login code in an account, and taking it out (P44)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from privacy import erasure

from ..models import LoginCode, SavedCode

# More cards than a family collects in five years; it bounds the page.
SAVED_PER_ACCOUNT = 50


@transaction.atomic
def save_code(*, user_id: int, code_id: int, now: datetime) -> bool:
    """Keep an open code in an account; False when the account is full. Saved before, it stays as it was."""
    User.objects.select_for_update().get(pk=user_id)
    mine = SavedCode.objects.filter(user_id=user_id)
    if mine.filter(code_id=code_id).exists():
        return True
    if mine.count() >= SAVED_PER_ACCOUNT or not LoginCode.objects.open(now).filter(pk=code_id).exists():
        return False
    SavedCode.objects.create(user_id=user_id, code_id=code_id, saved_at=now)
    return True


@transaction.atomic
def forget_code(*, user_id: int, saved_id: UUID, now: datetime) -> int:
    """Take a code out of an account. The photos stay, and the card still opens them."""
    mine = SavedCode.objects.filter(user_id=user_id, public_id=saved_id).values_list("pk", flat=True)
    return erasure.erase(SavedCode, list(mine), reason="self_service", now=now)
