"""What invented people wrote to the demo studio: reviews, a question and a complaint, through the same actions as
everybody's; and what the studio answers with."""

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from PIL import Image, ImageDraw

from accounts.models import User
from common.periods import local_date
from complaints.actions import TemplateFacts, complain_about_order, create_template, receive_message
from complaints.models import Reason, ReplyTemplate, Topic
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


TEMPLATES = (
    TemplateFacts(
        title="Wanneer staan de foto’s online?",
        text_nl="{greeting}\n\nBedankt voor je bericht van {date}. De foto’s staan online zodra de school ze vrijgeeft;"
        " je kaart met code krijg je op school.\n\nGroet,\n{studio}, {phone}",
        text_en="{greeting}\n\nThank you for your message of {date}. The photos are online as soon as the school says "
        "so; you get your card with the code at school.\n\nKind regards,\n{studio}, {phone}",
        is_active=True,
    ),
    TemplateFacts(
        title="Nieuwe afdruk na een klacht",
        text_nl="{greeting}\n\nWat vervelend. We sturen je deze week kosteloos een nieuwe afdruk.\n\nGroet,\n{studio}",
        text_en="{greeting}\n\nWe are sorry. We send you a new print this week, free of charge.\n\nRegards,\n{studio}",
        is_active=True,
    ),
)


def write_in(*, now: datetime) -> None:
    """A question, and a complaint about one product of an order, as far as they are not there yet."""
    receive_message(
        form_token=uuid5(NAMESPACE_URL, "demo-question"),
        topic=Topic.QUESTION,
        name="Fatima Verzinsel",
        email="fatima@example.com",
        text="Kan ik de klassenfoto ook op canvas krijgen?",
        language="nl",
        is_spam=False,
        now=now - timedelta(hours=5),
    )
    order = Order.objects.filter(email="eva@example.com", paid_at__isnull=False).first()
    line = order.lines.order_by("pk").first() if order else None
    if order and line:
        complain_about_order(
            form_token=uuid5(NAMESPACE_URL, "demo-complaint"),
            order=order,
            line_id=line.pk,
            reason=Reason.DAMAGED,
            text="Er zit een vouw in de hoek van de afdruk.",
            picture=_folded_print(),
            language="nl",
            now=now - timedelta(days=1),
        )
    for facts in TEMPLATES:
        if not ReplyTemplate.objects.filter(title=facts.title).exists():
            create_template(facts=facts)


def _folded_print() -> bytes:
    """A drawn photo of a print with a fold in its corner."""
    image = Image.new("RGB", (900, 1200), "#cfc8bd")
    pen = ImageDraw.Draw(image)
    pen.rectangle((150, 150, 750, 1050), fill="#8fb3b8", outline="#ffffff", width=24)
    pen.polygon([(750, 150), (540, 150), (750, 360)], fill="#e9e4dc", outline="#b9b0a2")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


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
