"""Somebody who writes a review, for tests."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.test import Client as Browser

from reviews.actions import Evidence, Words, publish_review, record_review, write_review
from reviews.models import Review
from tests.accounts.staff import hire
from tests.galleries.studio import NOW

LIST, FEED, WRITE, SENT = (
    "/beoordelingen/",
    "/beoordelingen/atom/",
    "/beoordelingen/schrijven/",
    "/beoordelingen/verstuurd/",
)
TYPED = {
    "stars": "4",
    "text": "Vlot geholpen, mooie foto’s.",
    "name": "Sanne",
    "email": "sanne@example.org",
    "consent": "on",
}
WORDS = Words(stars=4, text=TYPED["text"], name="Sanne", email="sanne@example.org", language="nl")
EVIDENCE = Evidence(source="Messenger, inbox", words="Mag dit op de site? Ja hoor", agreed_on=date(2026, 10, 20))


def words(**changes: Any) -> Words:
    return replace(WORDS, **changes)


def written(*, now: datetime = NOW, order_id: int | None = None, code_id: int | None = None, **changes: Any) -> Review:
    """A review that waits."""
    return write_review(form_token=uuid4(), words=words(**changes), order_id=order_id, code_id=code_id, now=now)


def shown(*, now: datetime = NOW, order_id: int | None = None, code_id: int | None = None, **changes: Any) -> Review:
    """A review on the site."""
    review = written(now=now, order_id=order_id, code_id=code_id, **changes)
    return publish_review(review_id=review.pk, by=hire(email=f"{uuid4()}@jkreeft.example"), now=now)


def recorded(*, now: datetime = NOW, order_id: int | None = None, **changes: Any) -> Review:
    """A review from Messenger that waits."""
    return record_review(
        form_token=uuid4(),
        channel="messenger",
        words=words(**changes),
        evidence=EVIDENCE,
        order_id=order_id,
        now=now,
    )


def form(browser: Browser, **changes: str) -> dict[str, str]:
    """The form as it stands on its page, filled in."""
    page = browser.get(WRITE)
    assert page.status_code == 200
    source = page.context["form"].fields["source"]
    first = source.choices[0][0] if source.choices else ""
    return {**TYPED, "source": first, "token": str(page.context["token"]), **changes}


def send(browser: Browser, **changes: str) -> Any:
    return browser.post(WRITE, form(browser, **changes))
