"""What is kept of a review, who hears what, and how it ends."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.roles import Role
from privacy.actions.exceptions import place_hold, restrict
from privacy.documents import REVIEW_VERSION
from privacy.models import Consent, LedgerEntry, OutgoingMail
from reviews.actions import (
    AlreadyReviewed,
    NotThere,
    Replaced,
    answer_review,
    forget_writer,
    publish_review,
    refuse_review,
    withdraw_review,
    write_review,
)
from reviews.models import Review
from shop.models import Order
from tests.accounts.staff import browser_of, hire
from tests.galleries.studio import NOW, code_row
from tests.shop.counter import Counter

from .pen import EVIDENCE, WORDS, recorded, shown, written

pytestmark = pytest.mark.postgres
LATER = NOW + timedelta(days=2)


def mails() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.clauses("P70", "P72")
def test_a_review_from_the_site_waits_and_its_consent_stands_until_it_is_withdrawn() -> None:
    review = written()
    assert (review.channel, review.is_verified, review.is_waiting) == ("site", False, True)
    consent = Consent.objects.get()
    assert review.consent == consent
    assert (consent.kind, consent.wording, consent.about_id) == ("reviews.review", REVIEW_VERSION, review.public_id)
    assert (consent.ends_at, consent.withdrawn_at, consent.capacity) == (None, None, "")
    assert not Review.objects.shown().exists()


@pytest.mark.clauses("P70")
def test_a_review_from_a_messenger_keeps_where_when_and_how_its_writer_agreed() -> None:
    review = recorded(email="")
    assert (review.channel, review.is_verified) == ("messenger", False)
    assert (review.consent_source, review.consent_words, review.consented_on) == (
        EVIDENCE.source,
        EVIDENCE.words,
        EVIDENCE.agreed_on,
    )
    assert Consent.objects.get().wording == "own words"
    assert mails() == []


@pytest.mark.clauses("P70")
def test_only_an_order_verifies(paid_order: Order, counter: Counter) -> None:
    assert written(order_id=paid_order.pk).is_verified
    assert not written(code_id=code_row(counter.studio.anna).pk).is_verified


def test_the_same_form_twice_is_one_review_and_one_mail() -> None:
    token = uuid4()
    first, second = (write_review(form_token=token, words=WORDS, now=NOW) for _ in range(2))
    assert first == second
    assert Review.objects.count() == Consent.objects.count() == 1
    assert mails() == ["reviews.received"]


def test_one_order_and_one_code_have_one_review_each(paid_order: Order, counter: Counter) -> None:
    code = code_row(counter.studio.anna).pk
    written(order_id=paid_order.pk)
    written(code_id=code)
    with pytest.raises(AlreadyReviewed):
        written(order_id=paid_order.pk)
    with pytest.raises(AlreadyReviewed):
        written(code_id=code)
    assert Review.objects.count() == Consent.objects.count() == 2


def test_a_refused_or_withdrawn_review_makes_room_for_another(paid_order: Order) -> None:
    first = written(order_id=paid_order.pk)
    refuse_review(review_id=first.pk, reason="advert", by=hire(), now=NOW)
    second = written(order_id=paid_order.pk)
    withdraw_review(review_id=second.pk, now=NOW)
    assert written(order_id=paid_order.pk).is_waiting


def test_publishing_shows_it_and_tells_its_writer_once() -> None:
    review, desk = written(stars=1), hire()
    for _ in range(2):
        publish_review(review_id=review.pk, by=desk, now=LATER)
    assert Review.objects.shown().get().published_at == LATER
    assert mails() == ["reviews.received", "reviews.published"]
    mail = OutgoingMail.objects.get(kind="reviews.published")
    assert "/beoordelingen/via/" in mail.text
    assert WORDS.text not in mail.text + mail.html


def test_a_refusal_names_the_reason_and_takes_a_published_one_away_too() -> None:
    review, desk = shown(), hire()
    answer_review(review_id=review.pk, text="Dank", now=LATER)
    refused = refuse_review(review_id=review.pk, reason="person", by=desk, now=LATER)
    assert (refused.refusal, refused.published_at, refused.answer) == ("person", None, "")
    assert not Review.objects.shown().exists()
    mail = OutgoingMail.objects.get(kind="reviews.refused")
    assert "iemand anders" in mail.text
    assert publish_review(review_id=review.pk, by=desk, now=LATER).refusal == ""


def test_only_what_is_shown_is_answered() -> None:
    review = written()
    with pytest.raises(NotThere):
        answer_review(review_id=review.pk, text="Dank", now=NOW)
    publish_review(review_id=review.pk, by=hire(), now=NOW)
    assert answer_review(review_id=review.pk, text="Dank", now=LATER).answered_at == LATER
    assert answer_review(review_id=review.pk, text="", now=LATER).answered_at is None


@pytest.mark.clauses("P72")
def test_withdrawing_erases_it_at_once_and_ends_its_consent() -> None:
    review, other = shown(), shown(text="Another")
    assert withdraw_review(review_id=review.pk, now=LATER)
    assert Review.objects.get() == other
    consent = Consent.objects.get(about_id=review.public_id)
    assert (consent.withdrawn_at, consent.ends_at) == (LATER, LATER)
    assert LedgerEntry.objects.filter(event="erased", kind="reviews.review", reason="withdrawal").count() == 1
    assert not withdraw_review(review_id=review.pk, now=LATER)
    for late in (publish_review, refuse_review):
        with pytest.raises(NotThere):
            late(review_id=review.pk, by=hire(email=f"{late.__name__}@example.org"), now=LATER, **_reason(late))


def _reason(action: object) -> dict[str, str]:
    return {"reason": "advert"} if action is refuse_review else {}


@pytest.mark.clauses("P72")
def test_what_a_hold_keeps_is_out_of_sight_at_once_all_the_same() -> None:
    review = shown()
    end = NOW + timedelta(days=9)
    place_hold(kind="reviews.review", object_id=review.pk, reason="r", owner_id=hire().pk, until=end, now=NOW)
    assert withdraw_review(review_id=review.pk, now=LATER)
    assert Review.objects.get().withdrawn_at == LATER
    assert not Review.objects.shown().exists()
    assert Consent.objects.get().withdrawn_at == LATER


def test_a_restricted_review_is_neither_shown_nor_changed() -> None:
    review = shown()
    restrict(kind="reviews.review", object_id=review.pk, reason="r", now=NOW)
    assert not Review.objects.shown().exists()
    assert forget_writer(review_ids=[review.pk], now=NOW) == 0
    assert Review.objects.get().name == "Sanne"


def test_the_writer_goes_and_the_review_stays(paid_order: Order) -> None:
    review = shown(order_id=paid_order.pk)
    assert forget_writer(review_ids=[review.pk], now=LATER) == 1
    left = Review.objects.shown().get()
    assert (left.name, left.email, left.order, left.code, left.writer) == ("", "", None, None, None)
    assert (left.text, left.stars, left.is_verified) == (WORDS.text, 4, True)
    assert Consent.objects.get().withdrawn_at is None


def test_a_refused_review_is_not_published_beside_the_one_that_took_its_place(paid_order: Order) -> None:
    desk = hire()
    refused = refuse_review(review_id=written(order_id=paid_order.pk).pk, reason="advert", by=desk, now=NOW)
    written(order_id=paid_order.pk)
    with pytest.raises(Replaced):
        publish_review(review_id=refused.pk, by=desk, now=NOW)
    answer = browser_of(hire(Role.FRONT_DESK)).post(f"/beheer/reviews/review/{refused.pk}/publish/", follow=True)
    assert "een andere beoordeling" in answer.content.decode()
