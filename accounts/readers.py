"""Whom the engine tells when a document changes: customers with a confirmed address, not who works here (P94)."""

from collections.abc import Sequence
from datetime import datetime

from privacy.readers import Audience, Reader, register

from .models import User


def account_holders(*, after: int, limit: int, now: datetime) -> Sequence[Reader]:
    """The next customers whose address was confirmed by `now`, in the order of their accounts."""
    found = User.objects.filter(is_staff=False, is_active=True, confirmed_at__lte=now, pk__gt=after).order_by("pk")
    return [Reader(row, row.email, row.language) for row in found.only("email", "language")[:limit]]


register(Audience.ACCOUNT_HOLDERS, account_holders)
