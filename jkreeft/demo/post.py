"""What invented people wrote to the demo studio: reviews, through the same actions as everybody's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from accounts.models import User
from common.periods import local_date
from reviews.actions import Evidence, Words, answer_review, publish_review, record_review, write_review
from shop.models import Order

from .studio import COLLEAGUES


@dataclass(frozen=True)
class Opinion:
    """One review. `email` finds the order it is about; without one it came by Messenger. It waits until published."""

    stars: int
    text: str
    name: str
    email: str
    written_ago: timedelta
    is_published: bool = True
    answer: str = ""


OPINIONS = (
    Opinion(
        5,
        "Scherpe foto’s en het bestellen was in vijf minuten klaar. De afdruk op 13 × 18 staat al op de kast.",
        "Eva Sprookje",
        "eva@example.com",
        timedelta(days=13),
        answer="Wat leuk om te horen, dankjewel!",
    ),
    Opinion(
        2,
        "De foto’s zijn mooi, maar het pakje deed er acht dagen over en de envelop was gekreukt.",
        "",
        "daan@example.com",
        timedelta(days=6),
        answer="Dat spijt ons. We versturen sinds deze week in een stevige koker.",
    ),
    Opinion(
        4,
        "Fijn dat je per foto kunt kiezen in plaats van een vast pakket.",
        "Noor",
        "",
        timedelta(days=9),
    ),
    Opinion(5, "Geduldige fotograaf!", "", "bram@example.com", timedelta(hours=20), is_published=False),
)


def hand_in(opinion: Opinion, *, now: datetime) -> None:
    """Write, publish and answer a review, as far as it is not there yet."""
    at = now - opinion.written_ago
    order = Order.objects.filter(email=opinion.email, paid_at__isnull=False).first() if opinion.email else None
    if opinion.email and order is None:
        return
    token = uuid5(NAMESPACE_URL, f"demo-review:{opinion.text}")
    words = Words(stars=opinion.stars, text=opinion.text, name=opinion.name, email=opinion.email, language="nl")
    if order:
        review = write_review(form_token=token, words=words, order_id=order.pk, now=at)
    else:
        evidence = _evidence(local_date(at))
        review = record_review(
            form_token=token, channel="messenger", words=words, evidence=evidence, order_id=None, now=at
        )
    if opinion.is_published:
        desk = User.objects.get(email=COLLEAGUES[0].email)
        publish_review(review_id=review.pk, by=desk, now=min(at + timedelta(days=1), now))
        answer_review(review_id=review.pk, text=opinion.answer, now=min(at + timedelta(days=1), now))


def _evidence(day: date) -> Evidence:
    return Evidence(
        source="Messenger van de studio", words="Mogen we dit op onze site zetten? – Ja, leuk!", agreed_on=day
    )
