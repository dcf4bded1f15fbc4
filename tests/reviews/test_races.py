"""Two at once, on a database that lets two work at once: one review, one case, one file."""

from functools import partial
from uuid import uuid4

import pytest

from complaints.actions import complain_about_order
from complaints.models import Complaint
from privacy.models import Consent, OutgoingMail, StoredObject
from reviews.actions import AlreadyReviewed, NotThere, publish_review, withdraw_review, write_review
from reviews.models import Review
from tests import races
from tests.accounts.staff import hire
from tests.galleries.studio import NOW, code_row
from tests.shop.counter import Counter, open_counter, placed_order

from .pen import WORDS, written

pytestmark = [
    pytest.mark.postgres,
    races.needs_two_writers,
]
at_once = partial(races.at_once, refusals=(AlreadyReviewed, NotThere))


@pytest.fixture
def counter(transactional_db: None) -> Counter:
    return open_counter()


@pytest.mark.parametrize("_again", range(3))
def test_one_form_sent_by_two_fingers_is_one_review(counter: Counter, _again: int) -> None:
    token, code = uuid4(), code_row(counter.studio.anna).pk
    send = partial(write_review, form_token=token, words=WORDS, code_id=code, now=NOW)
    first, second = at_once(send, send)
    assert first == second
    assert Review.objects.count() == Consent.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("_again", range(3))
def test_two_reviews_of_one_code_are_one_and_a_refusal(counter: Counter, _again: int) -> None:
    code = code_row(counter.studio.anna).pk
    first, second = (partial(write_review, form_token=uuid4(), words=WORDS, code_id=code, now=NOW) for _ in range(2))
    answers = at_once(first, second)
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyReviewed", "Review"]
    assert Review.objects.count() == Consent.objects.count() == 1


@pytest.mark.clauses("P72")
@pytest.mark.parametrize("_again", range(3))
def test_what_is_withdrawn_while_it_is_published_is_gone(counter: Counter, _again: int) -> None:
    review, desk = written(code_id=code_row(counter.studio.anna).pk), hire()
    at_once(
        lambda: publish_review(review_id=review.pk, by=desk, now=NOW),
        lambda: withdraw_review(review_id=review.pk, now=NOW),
    )
    assert not Review.objects.exists()
    assert Consent.objects.get().withdrawn_at == NOW


def test_one_complaint_sent_by_two_fingers_is_one_case_with_one_photo(counter: Counter) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    before, token = StoredObject.objects.filter(doomed_at__isnull=True).count(), uuid4()
    send = partial(
        complain_about_order,
        form_token=token,
        order=order,
        line_id=None,
        reason="damaged",
        text="T",
        picture=b"\xff\xd8",
        language="nl",
        now=NOW,
    )
    first, second = at_once(send, send)
    assert first == second == Complaint.objects.get()
    kept = StoredObject.objects.filter(doomed_at__isnull=True)
    assert kept.count() == before + 1
    assert kept.filter(pk=first.picture_id, attached_at=NOW).exists()
