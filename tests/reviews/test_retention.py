"""RT17 on both sides of each boundary: a draft goes after ninety days, what is shown has no end (P73)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from privacy.actions.exceptions import place_hold
from privacy.dossier import dossier
from privacy.models import Consent, RuleRun
from privacy.people import Person
from privacy.sweep import run_sweep
from reviews.actions import refuse_review, withdraw_review
from reviews.deadlines import decide_by
from reviews.models import Review
from shop.models import Order
from tests.accounts.staff import hire
from tests.galleries.studio import NOW, code_row
from tests.shop.counter import Counter

from .pen import FEED, LIST, TYPED, shown, written

pytestmark = pytest.mark.postgres
BLINK = timedelta(microseconds=1)
NINETY_DAYS = NOW + timedelta(days=90)


def night(at: object) -> None:
    run = run_sweep(now=at)  # type: ignore[arg-type]
    bad = list(RuleRun.objects.filter(sweep=run).exclude(outcome="done", residue=0).values_list("rule", "error"))
    assert run is not None
    assert not bad


@pytest.mark.clauses("P73")
def test_rt17_a_published_review_is_shown_after_ten_years_and_after_a_hundred_nights(
    clock: time_machine.Traveller,
) -> None:
    shown()
    for years in (1, 5, 10):
        later = NOW + timedelta(days=366 * years)
        night(later)
        clock.move_to(later, tick=False)
        assert TYPED["text"] in Browser().get(LIST).content.decode()
        assert TYPED["text"] in Browser().get(FEED).content.decode()
    assert Consent.objects.get().ends_at is None


@pytest.mark.clauses("P70")
def test_rt17_what_is_not_published_goes_after_ninety_days_decided_or_not() -> None:
    waiting, refused = written(), written()
    refuse_review(review_id=refused.pk, reason="advert", by=hire(), now=NOW + timedelta(days=80))
    night(NINETY_DAYS - BLINK)
    assert Review.objects.standing(NINETY_DAYS - BLINK).count() == 2
    assert not Review.objects.standing(NINETY_DAYS).exists()
    night(NINETY_DAYS)
    assert not Review.objects.exists()
    assert set(Consent.objects.values_list("ends_at", flat=True)) == {NINETY_DAYS}
    assert waiting.consent_id != refused.consent_id


@pytest.mark.clauses("P72")
def test_rt17_what_a_hold_kept_goes_with_the_night_after_it() -> None:
    review = shown()
    end = NOW + timedelta(days=9)
    place_hold(kind="reviews.review", object_id=review.pk, reason="r", owner_id=hire().pk, until=end, now=NOW)
    withdraw_review(review_id=review.pk, now=NOW)
    night(end - BLINK)
    assert Review.objects.exists()
    night(end)
    assert not Review.objects.exists()


def test_the_proof_of_the_consent_goes_a_year_after_the_review() -> None:
    withdraw_review(review_id=shown().pk, now=NOW)
    night(NOW + timedelta(days=360))
    assert Consent.objects.exists()
    night(NOW + timedelta(days=367))
    assert not Consent.objects.exists()


def test_an_order_or_code_that_goes_leaves_the_review(counter: Counter, paid_order: Order) -> None:
    by_code = shown(code_id=code_row(counter.studio.anna).pk)
    by_order = shown(order_id=paid_order.pk)
    night(NOW + timedelta(days=366))
    by_code.refresh_from_db()
    by_order.refresh_from_db()
    assert by_code.code is None
    assert by_order.is_verified
    assert Review.objects.shown().count() == 2


def test_weekends_do_not_count_for_a_decision() -> None:
    # NOW is a Thursday: Friday, Monday, Tuesday.
    assert decide_by(NOW).isoformat() == "2026-10-27"
    assert decide_by(NOW - timedelta(days=3)).isoformat() == "2026-10-22"


@pytest.mark.clauses("P85")
def test_a_person_is_told_of_the_reviews_that_are_theirs_and_no_others(counter: Counter) -> None:
    code = code_row(counter.studio.anna)
    mine = written(code_id=code.pk, email="")
    mailed = shown(email="sanne@example.org")
    shown(email="stranger@example.org")
    by_code = dossier(Person(code_ids=frozenset({code.pk})), now=NOW)
    by_mail = dossier(Person(email="sanne@example.org"), now=NOW)
    reviews = [section for section in by_code + by_mail if section.source.model is Review]
    assert [entry.row for section in reviews for entry in section.entries] == [mine, mailed]
    ends = [entry.until for section in reviews for entry in section.entries]
    assert ends == [NINETY_DAYS, None]
