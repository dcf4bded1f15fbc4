"""What staff do with a review: publish, refuse with a reason from the stated rule, answer."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User

from ..emails import mail_published, mail_refused
from ..models import Review


class NotThere(Exception):
    """The review was withdrawn, is past its term, or is not published: there is nothing to do this with."""


class Replaced(Exception):
    """Its writer wrote another one after it was refused, and an order or a code has one review."""


@transaction.atomic
def publish_review(*, review_id: int, by: User, now: datetime) -> Review:
    """Show a review, however few its stars, and tell its writer (P70, L24). Published already, it stays as it is.

    Raises NotThere, and Replaced when a refused one made room for another.
    """
    review = _locked(review_id, now=now)
    if review.published_at is None:
        _publish(review, by=by, now=now)
        review.refresh_from_db()
        if review.email:
            mail_published(review, now=now)
    return review


@transaction.atomic
def refuse_review(*, review_id: int, reason: str, by: User, now: datetime) -> Review:
    """Keep a review from being shown, also one that was, for a reason of the stated rule, and tell its writer which.

    It goes ninety days after it was written (RT17); another one may be written meanwhile. Raises NotThere.
    """
    review = _locked(review_id, now=now)
    if review.refused_at is None:
        Review.objects.filter(pk=review.pk).update(
            published_at=None,
            refused_at=now,
            refusal=Review.Refusal(reason),
            decided_by=by,
            answer="",
            answered_at=None,
        )
        review.refresh_from_db()
        if review.email:
            mail_refused(review, now=now)
    return review


@transaction.atomic
def answer_review(*, review_id: int, text: str, now: datetime) -> Review:
    """Put our answer below a published review, in place of an earlier one; an empty one takes it away.

    Raises NotThere.
    """
    review = _locked(review_id, now=now)
    if review.published_at is None:
        raise NotThere
    Review.objects.filter(pk=review.pk).update(answer=text, answered_at=now if text else None)
    review.refresh_from_db()
    return review


def _publish(review: Review, *, by: User, now: datetime) -> None:
    try:
        with transaction.atomic():
            Review.objects.filter(pk=review.pk).update(published_at=now, refused_at=None, refusal="", decided_by=by)
    except IntegrityError as error:
        raise Replaced from error


def _locked(review_id: int, *, now: datetime) -> Review:
    review = Review.objects.standing(now).filter(pk=review_id).select_for_update(of=("self",)).first()
    if review is None:
        raise NotThere
    return review
