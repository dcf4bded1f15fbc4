"""Reviews meet what no keyboard types: an answer each time, and a page and a feed that still open."""

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client as Browser

from reviews.models import Review
from tests.galleries.studio import NOW, code_row
from tests.shop.counter import Counter, browser_of, open_counter

from .test_hostile_input import ODD, is_answered

pytestmark = pytest.mark.postgres


@pytest.fixture
def counter(db: None) -> Iterator[Counter]:
    with time_machine.travel(NOW, tick=False):
        yield open_counter()


@pytest.fixture
def anna(counter: Counter) -> Browser:
    return browser_of(counter, counter.studio.anna)


def test_the_review_form_answers_whatever_is_typed(anna: Browser) -> None:
    page = anna.get("/beoordelingen/schrijven/")
    source = page.context["form"].fields["source"].choices[0][0]
    # Without the consent, so that the page comes back and the place stays free.
    fields = {"source": source, "stars": "4", "text": "T", "name": "N", "email": "n@example.org", "token": "x"}
    is_answered(anna, "/beoordelingen/schrijven/", fields)
    is_answered(anna, "/beoordelingen/schrijven/", fields | {"consent": "on", "email": "?"})
    assert anna.get("/beoordelingen/", {"page": "9" * 5000}).status_code == 200
    assert anna.get("/beoordelingen/schrijven/", {"source": "\x00"}).status_code == 200
    assert anna.get("/beoordelingen/via/%00/").status_code == 404


def test_an_odd_review_breaks_neither_page_nor_feed(counter: Counter) -> None:
    for odd in ODD:
        browser = browser_of(counter, counter.studio.anna)
        token = browser.get("/beoordelingen/schrijven/").context["token"]
        source = f"code {code_row(counter.studio.anna).public_id}"
        fields = {"source": source, "stars": "4", "text": f"x{odd}", "name": odd[:80], "email": "n@example.org"}
        browser.post("/beoordelingen/schrijven/", {**fields, "consent": "on", "token": token})
        Review.objects.update(published_at=NOW, refused_at=None, code=None)
    assert Review.objects.count() == len(ODD) - 1, "one of them is longer than a review"
    assert Browser().get("/beoordelingen/").status_code == 200
    ElementTree.fromstring(Browser().get("/beoordelingen/atom/").content)  # noqa: S314  (our own feed)


def test_recording_a_review_answers_whatever_is_typed(db: None, admin_client: Browser) -> None:
    fields = {"text": "T", "order": "", "consented_on": "", "token": "x", "channel": "x", "stars": "x"}
    is_answered(admin_client, "/beheer/reviews/review/record/", fields)
    assert not Review.objects.exists()
