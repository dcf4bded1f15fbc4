from datetime import datetime, timedelta

import pytest
import time_machine

from accounts.models import User
from accounts.roles import Role
from privacy import breaker
from privacy.actions.rules import UnknownRule, release_rule
from privacy.models import AccessLogEntry, LedgerEntry, OutgoingMail, RuleRun, SweepRun
from privacy.sweep import run_sweep
from tests.accounts.staff import browser_of, hire

from .conftest import some_mails

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def little_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaker, "SLACK", 2)


def swept(now: datetime) -> RuleRun:
    run = run_sweep(now=now, wall=lambda: now)
    assert run is not None
    return RuleRun.objects.get(sweep=run, rule="RT24")


def owner() -> User:
    return User.objects.get_or_create(email="privacy@jkreeft.example")[0]


def due(count: int, night: datetime) -> None:
    some_mails(count, kept_from=night - timedelta(days=14))


def test_a_first_night_has_no_expectation_and_runs(now: datetime) -> None:
    due(50, now)
    assert (swept(now).outcome, OutgoingMail.objects.count()) == (RuleRun.Outcome.DONE, 0)


@pytest.mark.parametrize(("extra", "outcome"), [(6, RuleRun.Outcome.DONE), (7, RuleRun.Outcome.PAUSED)])
def test_a_rule_pauses_beyond_five_times_what_was_expected(extra: int, outcome: str, now: datetime) -> None:
    tomorrow = now + timedelta(days=1)
    due(1, tomorrow)
    assert swept(now).forecast == 1
    due(extra, tomorrow)
    run = swept(tomorrow)
    assert run.outcome == outcome
    assert run.sweep.status == (SweepRun.Status.GREEN if outcome == "done" else SweepRun.Status.RED)


def test_missed_nights_raise_what_a_rule_may_take(now: datetime) -> None:
    swept(now)
    assert breaker.expectation(now=now + timedelta(days=1)).allowed("RT24") == 2
    due(1, now + timedelta(days=1))
    swept(now)
    assert breaker.expectation(now=now + timedelta(days=3)).allowed("RT24") == 3 * 5 + 2


def test_a_paused_rule_stays_paused_until_it_is_released(now: datetime) -> None:
    swept(now)
    nights = [now + timedelta(days=n) for n in (1, 2, 3)]
    due(9, nights[0])
    assert swept(nights[0]).outcome == RuleRun.Outcome.PAUSED
    paused = swept(nights[1])
    assert (paused.outcome, paused.residue) == (RuleRun.Outcome.PAUSED, 9)
    assert breaker.paused_rules() == {"RT24"}
    release_rule(rule="RT24", by=owner().pk, now=nights[1] + timedelta(hours=1))
    assert breaker.paused_rules() == set()
    released = swept(nights[2])
    assert (released.outcome, released.erased) == (RuleRun.Outcome.DONE, 9)


def test_a_release_is_in_the_ledger_and_lasts_one_night(now: datetime) -> None:
    swept(now)
    release_rule(rule="RT24", by=owner().pk, now=now + timedelta(hours=1))
    assert LedgerEntry.objects.filter(event="released", rule="RT24").count() == 1
    assert AccessLogEntry.objects.get().user == owner()
    assert breaker.expectation(now=now + timedelta(days=1)).allowed("RT24") is None
    swept(now + timedelta(days=1))
    assert breaker.expectation(now=now + timedelta(days=2)).allowed("RT24") == 2


def test_an_unknown_rule_cannot_be_released(now: datetime) -> None:
    with pytest.raises(UnknownRule):
        release_rule(rule="RT98", by=owner().pk, now=now)


@pytest.mark.parametrize(("role", "is_released"), [(Role.PRIVACY_OWNER, True), (Role.FRONT_DESK, False)])
def test_only_the_privacy_owner_releases_what_is_paused(role: Role, is_released: bool, now: datetime) -> None:
    swept(now)
    due(9, now + timedelta(days=1))
    night = swept(now + timedelta(days=1)).sweep
    form = {"action": "release", "_selected_action": [night.pk]}
    with time_machine.travel(now + timedelta(days=1, hours=6), tick=False):
        browser_of(hire(role)).post("/beheer/privacy/sweeprun/", form)
    assert (breaker.paused_rules() == set()) == is_released
