"""How a removal request ends: with a decision, told to who asked, and a year later forgotten (P22, RT19)."""

from collections.abc import Collection
from datetime import datetime

from galleries.models import RemovalCase
from privacy.mail import queue_mail


def close_case(case: RemovalCase, *, decision: str, explanation: str, now: datetime) -> None:
    """Close an open case, in the caller's transaction, and mail who asked what was decided, where they left an
    address."""
    RemovalCase.objects.filter(pk=case.pk).update(closed_at=now, decision=decision, explanation=explanation)
    case.refresh_from_db()
    if not case.email:
        return
    queue_mail(
        kind="galleries.removal_decided",
        to=case.email,
        template="galleries/removal_decided",
        context={"case": case},
        language=case.language,
        now=now,
    )


def close_with_photos(photo_ids: Collection[int], *, now: datetime) -> None:
    """The photos are going, by whatever way: what was asked about them is answered by that."""
    waiting = RemovalCase.objects.open().filter(photo__in=photo_ids).order_by("pk")
    for case in waiting.select_for_update(of=("self",)):
        close_case(case, decision=RemovalCase.Decision.DELETED, explanation="", now=now)
