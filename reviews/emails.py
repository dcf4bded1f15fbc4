"""The mails to who wrote a review, in the language they wrote in. None repeats the review: when that is withdrawn, no
copy of it lies in our post."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from common import links
from privacy.mail import queue_mail

from . import deadlines
from .models import Review

LINK_PURPOSE = "reviews.review"
# A review has no term, so neither has the link that ends it (A26, P73).
LINK_MAX_AGE = timedelta(days=366 * 100)


def own_path(review: Review) -> str:
    """The page on which a review is withdrawn, by a link that proves itself and names nobody."""
    return reverse("reviews:own", args=[links.sign(LINK_PURPOSE, str(review.public_id))])


def own_link(review: Review) -> str:
    """The same, as it stands in a mail or a chat."""
    return settings.SITE_URL + own_path(review)


def mail_received(review: Review, *, now: datetime) -> None:
    """That a review came, until when we decide, and the link to withdraw it."""
    _send(review, "received", now=now, decide_by=deadlines.decide_by(review.written_at))


def mail_published(review: Review, *, now: datetime) -> None:
    """That a review is shown, where, and the link to withdraw it."""
    _send(review, "published", now=now, reviews_url=settings.SITE_URL + reverse("reviews:list"))


def mail_refused(review: Review, *, now: datetime) -> None:
    """Why a review is not shown, and what its writer can do."""
    _send(review, "refused", now=now, reason=review.get_refusal_display, days=deadlines.DRAFT.days)


def _send(review: Review, name: str, *, now: datetime, **context: object) -> None:
    queue_mail(
        kind=f"reviews.{name}",
        to=review.email,
        template=f"reviews/{name}",
        context={"name": review.name, "own_url": own_link(review), "channel": review.channel, **context},
        language=review.language,
        now=now,
    )
