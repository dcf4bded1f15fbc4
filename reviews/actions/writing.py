"""A review comes in: from the site, or recorded by staff from a messenger. Nothing is shown yet."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from privacy.actions.consents import give_consent
from privacy.documents import REVIEW_VERSION

from ..emails import mail_received
from ..models import Review

CONSENT = "reviews.review"
# Which words a consent was given to, where they were not ours.
OWN_WORDS = "own words"


class AlreadyReviewed(Exception):
    """A review of this order or code stands already."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody thought, and what they tell of themselves: a name if they like (P71), an address for the link with
    which they withdraw it (A26)."""

    stars: int
    text: str
    name: str
    email: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """That somebody agreed on a messenger: where that stands, their words, and the day (P72, A27)."""

    source: str
    words: str
    agreed_on: date


def write_review(
    *,
    form_token: UUID,
    words: Words,
    order_id: int | None = None,
    code_id: int | None = None,
    writer_id: int | None = None,
    now: datetime,
) -> Review:
    """Keep a review written on the site from a paid order, which verifies it, or from a code; mail its writer the link
    with which it is withdrawn (P70, P72, A26). The same form twice is one review. Raises AlreadyReviewed.
    """
    return _keep(
        words,
        wording=REVIEW_VERSION,
        now=now,
        form_token=form_token,
        channel=Review.Channel.SITE,
        order_id=order_id,
        code_id=code_id,
        writer_id=writer_id,
        is_verified=order_id is not None,
    )


def record_review(
    *,
    form_token: UUID,
    channel: str,
    words: Words,
    evidence: Evidence,
    order_id: int | None,
    now: datetime,
) -> Review:
    """Keep a review from a messenger, with the evidence that its writer agreed to it being shown here (P70, A27).

    `order_id` is the paid order staff found it to be about, which verifies it. Raises AlreadyReviewed.
    """
    return _keep(
        words,
        wording=OWN_WORDS,
        now=now,
        form_token=form_token,
        channel=Review.Channel(channel),
        order_id=order_id,
        is_verified=order_id is not None,
        consent_source=evidence.source,
        consent_words=evidence.words,
        consented_on=evidence.agreed_on,
    )


def _keep(words: Words, *, form_token: UUID, wording: str, now: datetime, **facts: Any) -> Review:
    try:
        with transaction.atomic():
            earlier = Review.objects.filter(form_token=form_token).first()
            return earlier or _create(words, form_token=form_token, wording=wording, now=now, **facts)
    except IntegrityError as error:
        # Somebody else was faster: with this very form, or with another review of the same order or code.
        earlier = Review.objects.filter(form_token=form_token).first()
        if earlier is None:
            raise AlreadyReviewed from error
        return earlier


def _create(words: Words, *, wording: str, now: datetime, **facts: Any) -> Review:
    public_id = uuid4()
    consent = give_consent(
        kind=CONSENT,
        wording=wording,
        about_kind=CONSENT,
        about_id=public_id,
        capacity=None,
        ends_at=None,
        now=now,
    )
    review = Review.objects.create(
        public_id=public_id,
        consent=consent,
        stars=words.stars,
        text=words.text,
        name=words.name,
        email=words.email,
        language=words.language,
        written_at=now,
        **facts,
    )
    if review.email:
        mail_received(review, now=now)
    return review
