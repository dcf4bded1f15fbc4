"""Reviews in the back office: recorded, decided, answered, withdrawn; each by who may."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser

from accounts.roles import Role
from privacy.actions.exceptions import restrict
from privacy.models import AccessLogEntry, LedgerEntry
from reviews.actions import withdraw_review
from reviews.admin import moderation
from reviews.models import Review
from shop.models import Order
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW

from .pen import shown, written

pytestmark = pytest.mark.postgres
LIST = "/beheer/reviews/review/"
RECORD = {
    "channel": "whatsapp",
    "stars": "5",
    "text": "Top!",
    "name": "",
    "email": "",
    "language": "nl",
    "order": "",
    "consent_source": "WhatsApp, toestel van de studio",
    "consent_words": "Mag dit op de site? Prima.",
    "consented_on": "2026-10-21",
}


@pytest.fixture
def desk() -> Browser:
    return at_work(Role.FRONT_DESK)


def record(desk: Browser, **changes: str) -> Any:
    token = desk.get(f"{LIST}record/").context["form"]["token"].value()
    return desk.post(f"{LIST}record/", {**RECORD, "token": str(token), **changes})


def figures(browser: Browser) -> dict[str, int]:
    page = browser.get("/beheer/", headers={"accept-language": "en"})
    return {str(figure.label): figure.count for _, panel in page.context["panels"] for figure in panel}


@pytest.mark.clauses("P70")
def test_the_desk_records_a_review_from_a_messenger_and_gets_the_link_to_pass_on(desk: Browser) -> None:
    answer = record(desk)
    review = Review.objects.get()
    assert answer["Location"] == f"{LIST}{review.pk}/change/"
    assert (review.channel, review.consent_words, review.is_verified) == ("whatsapp", RECORD["consent_words"], False)
    page = desk.get(answer["Location"]).content.decode()
    assert "/beoordelingen/via/" in page
    assert RECORD["consent_source"] in page


@pytest.mark.clauses("P72")
@pytest.mark.parametrize("missing", ["consent_source", "consent_words", "consented_on"])
def test_no_evidence_of_consent_no_review(desk: Browser, missing: str) -> None:
    assert record(desk, **{missing: ""}).status_code == 200
    assert record(desk, consented_on="2026-10-23").status_code == 200
    assert not Review.objects.exists()


def test_a_paid_order_verifies_what_the_desk_records(desk: Browser, paid_order: Order) -> None:
    assert record(desk, order="2026-NONE").status_code == 200
    record(desk, order=paid_order.number.lower())
    assert Review.objects.get().is_verified
    again = record(desk, order=paid_order.number)
    assert again.status_code == 200
    assert again.context["form"].errors["order"]


def test_publishing_refusing_and_answering_go_by_pages_that_say_what_they_do(desk: Browser) -> None:
    review = written()
    page = f"{LIST}{review.pk}/"
    for step in ("publish", "refuse"):
        assert review.text in desk.get(f"{page}{step}/").content.decode()
    assert desk.post(f"{page}publish/")["Location"] == LIST
    assert Review.objects.shown().get().decided_by is not None
    desk.post(f"{page}answer/", {"text": "Dank je wel"})
    assert Review.objects.get().answer == "Dank je wel"
    assert desk.post(f"{page}refuse/", {"reason": "stars"}).status_code == 200
    assert Review.objects.shown().exists(), "few stars are no reason"
    desk.post(f"{page}refuse/", {"reason": "person"})
    assert not Review.objects.shown().exists()


def test_what_was_withdrawn_meanwhile_is_a_sentence(desk: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    review = written()

    def gone(**arguments: Any) -> None:
        withdraw_review(review_id=review.pk, now=NOW)
        monkeypatch.undo()
        return publish(**arguments)

    publish = moderation.publish_review
    monkeypatch.setattr(moderation, "publish_review", gone)
    answer = desk.post(f"{LIST}{review.pk}/publish/", follow=True)
    assert answer.status_code == 200
    assert len(answer.context["messages"]) == 1


@pytest.mark.clauses("P72")
def test_a_review_is_withdrawn_for_who_asks_us(desk: Browser) -> None:
    review = shown()
    assert desk.get(f"{LIST}{review.pk}/withdraw/").status_code == 200
    assert Review.objects.exists()
    desk.post(f"{LIST}{review.pk}/withdraw/")
    assert not Review.objects.exists()
    assert LedgerEntry.objects.filter(event="erased", reason="request").exists()


@pytest.mark.clauses("P08")
def test_the_privacy_owner_withdraws_and_decides_nothing(clock: time_machine.Traveller) -> None:
    owner, review = at_work(Role.PRIVACY_OWNER), written()
    assert owner.get(f"{LIST}{review.pk}/publish/").status_code == 403
    assert owner.get(f"{LIST}record/").status_code == 403
    page = owner.get(f"{LIST}{review.pk}/change/").content.decode()
    assert "/withdraw/" in page
    assert "/publish/" not in page
    assert AccessLogEntry.objects.filter(kind="reviews.review", object_id=review.pk).exists()


def test_the_first_page_counts_what_waits_and_what_waits_too_long(desk: Browser, clock: time_machine.Traveller) -> None:
    written()
    shown()
    restrict(kind="reviews.review", object_id=written().pk, reason="r", now=NOW)
    assert (figures(desk)["reviews to decide about"], figures(desk)["reviews that waited too long"]) == (1, 0)
    # Thursday's review is due on Tuesday; on Wednesday it is late.
    clock.move_to(NOW + timedelta(days=5), tick=False)
    assert figures(desk)["reviews that waited too long"] == 0
    clock.move_to(NOW + timedelta(days=6), tick=False)
    assert figures(desk)["reviews that waited too long"] == 1


def test_the_list_sorts_by_what_is_to_be_done(desk: Browser) -> None:
    waiting, online = written(), shown()
    listed = {
        state: {row.pk for row in desk.get(LIST, {"state": state}).context["cl"].result_list}
        for state in ("waiting", "published", "refused")
    }
    assert listed == {"waiting": {waiting.pk}, "published": {online.pk}, "refused": set()}
