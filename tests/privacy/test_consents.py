"""Consents that stand until somebody withdraws them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from privacy.actions.consents import end_consents, give_consent, withdraw_consents
from privacy.models import Consent, RuleRun
from privacy.sweep import run_sweep
from tests.galleries.studio import NOW

pytestmark = pytest.mark.postgres
LONG_AFTER = NOW + timedelta(days=3660)


def given() -> Consent:
    return give_consent(
        kind="t.t", wording="1", about_kind="t.t", about_id=uuid4(), capacity=None, ends_at=None, now=NOW
    )


def test_a_consent_without_an_end_is_kept_until_a_year_after_it_is_withdrawn(db: None) -> None:
    consent = given()
    run_sweep(now=LONG_AFTER)
    assert Consent.objects.get() == consent
    assert withdraw_consents(ids=[consent.pk], now=LONG_AFTER) == 1
    run_sweep(now=LONG_AFTER + timedelta(days=364))
    assert Consent.objects.exists()
    run = run_sweep(now=LONG_AFTER + timedelta(days=367))
    assert not Consent.objects.exists()
    assert RuleRun.objects.get(sweep=run, rule="RT20").residue == 0


def test_what_it_was_about_may_end_it_too(db: None) -> None:
    consent = given()
    end_consents(ids=[consent.pk], now=LONG_AFTER)
    consent.refresh_from_db()
    assert (consent.withdrawn_at, consent.ends_at) == (None, LONG_AFTER)
    assert withdraw_consents(ids=[consent.pk], now=LONG_AFTER) == 0


def test_a_capacity_is_left_out_on_purpose_and_never_by_mistake(db: None) -> None:
    with pytest.raises(ValueError, match="not a valid"):
        give_consent(kind="t.t", wording="1", about_kind="t.t", about_id=uuid4(), capacity="", ends_at=None, now=NOW)
    assert not Consent.objects.exists()


def test_a_withdrawn_consent_has_its_end(db: None) -> None:
    consent = given()
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(withdrawn_at=NOW)
