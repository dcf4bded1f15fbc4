"""The end of a review, whoever asks for it, and of what leads to its writer."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from privacy import erasure, holds, ledger
from privacy.actions.consents import end_consents, withdraw_consents
from privacy.actions.erasing import REASON

from ..models import Review


@transaction.atomic
def withdraw_review(*, review_id: int, reason: str = "withdrawal", now: datetime) -> bool:
    """Withdraw the consent to a review: it is off every page and feed at once, and erased (P72). Whether it was there.

    While a legal hold or a restriction keeps the row nobody sees it any more, and the night takes it when that ends
    (RT17). `reason` is for the ledger: "withdrawal", or "request" when staff were asked.
    """
    review = Review.objects.filter(pk=review_id, withdrawn_at__isnull=True).select_for_update(of=("self",)).first()
    if review is None:
        return False
    withdraw_consents(ids=[review.consent_id], now=now)
    Review.objects.filter(pk=review.pk).update(withdrawn_at=now)
    with suppress(erasure.Held):
        erasure.erase(Review, [review.pk], reason=reason, now=now)
    return True


@transaction.atomic
def forget_writer(*, review_ids: Collection[int], now: datetime) -> int:
    """Let reviews stay and their writers go: name, address, order, code and account are wiped (A26); how many.

    What was verified stays called so: it was. One that was withdrawn, or that a hold or a restriction keeps, is left as
    it is.
    """
    holds.freeze_exceptions()
    rows = Review.objects.standing(now).filter(pk__in=review_ids).order_by("pk").select_for_update(of=("self",))
    ids = list(rows.values_list("pk", flat=True))
    found = [pk for pk in ids if not holds.any_excepted(Review, [pk], now=now)]
    Review.objects.filter(pk__in=found).update(name="", email="", order=None, code=None, writer=None)
    if found:
        ledger.record(
            "name_removed", now=now, kind="reviews.review", count=len(found), reason="self_service", ids=found
        )
    return len(found)


def erase_reviews(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """The erasure of reviews: the proof of each consent stays a year from now, and names nobody (RT20). A request to
    erase is a withdrawal too (P72)."""
    consents = list(Review.objects.filter(pk__in=ids).values_list("consent_id", flat=True))
    count = erasure.erase_rows(Review, ids, reason=reason, rule=rule, now=now)
    if reason == REASON:
        withdraw_consents(ids=consents, now=now)
    else:
        end_consents(ids=consents, now=now)
    return count
