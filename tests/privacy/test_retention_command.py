import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import override_settings

from privacy import breaker, ledger
from privacy.models import OutgoingMail, SweepRun
from privacy.registry import registry

from .conftest import NOW, a_mail, some_mails

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
LATER = (NOW + timedelta(days=20)).isoformat()


@pytest.fixture(autouse=True)
def at_night() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("retention", *arguments, stdout=out)
    return out.getvalue()


def test_plan_counts_and_changes_nothing(now: datetime) -> None:
    some_mails(3, kept_from=now - timedelta(days=14))
    some_mails(2, kept_from=now - timedelta(days=13, hours=12))
    answer = json.loads(told("plan", "--json"))
    (line,) = [line for line in answer["rules"] if line["rule"] == "RT24"]
    assert (line["due"], line["kept"], line["tomorrow"], line["pauses"]) == (3, 0, 2, False)
    assert {line["rule"] for line in answer["rules"]} == set(registry.rules)
    assert OutgoingMail.objects.count() == 5


def test_plan_takes_another_clock_and_reads_as_a_table(now: datetime) -> None:
    some_mails(3, kept_from=now)
    text = told("plan", "--at", LATER)
    assert any(line.split() == ["RT24", "privacy.outgoingmail", "3", "0", "0"] for line in text.splitlines())
    assert text.endswith("3 rows due at 2026-07-05 03:15.\n")


def test_plan_says_what_the_breaker_would_pause(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    told("run")
    monkeypatch.setattr(breaker, "SLACK", 2)
    some_mails(3, kept_from=now - timedelta(days=14))
    assert "pauses" in told("plan")


def test_run_does_what_is_due_and_says_so(now: datetime) -> None:
    some_mails(3, kept_from=now - timedelta(days=14))
    assert told("run").endswith("The night is green: 3 rows.\n")
    assert not OutgoingMail.objects.exists()


@override_settings(ENVIRONMENT="production")
def test_run_never_takes_a_later_clock_in_production(now: datetime) -> None:
    a_mail(kept_from=now)
    with pytest.raises(CommandError, match="nobody deletes early"):
        told("run", "--at", LATER)
    assert OutgoingMail.objects.count() == 1
    assert "green" in told("run", "--at", (now - timedelta(days=1)).isoformat())


def test_run_takes_a_later_clock_in_a_demo(now: datetime) -> None:
    a_mail(kept_from=now)
    with override_settings(ENVIRONMENT="demo"):
        answer = json.loads(told("run", "--json", "--at", LATER))
    assert (answer["status"], OutgoingMail.objects.count()) == ("green", 0)


def test_run_fails_when_the_night_is_red(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    told("run")
    monkeypatch.setattr(breaker, "SLACK", 0)
    some_mails(1, kept_from=now - timedelta(days=14))
    with pytest.raises(CommandError, match="attention"):
        told("run")


@pytest.mark.parametrize(("hours", "runs"), [(26, 1), (27, 2)])
def test_a_missed_night_is_run_at_the_next_start(hours: int, runs: int, now: datetime) -> None:
    told("run", "--if-overdue")
    with time_machine.travel(now + timedelta(hours=hours), tick=False):
        told("run", "--if-overdue")
    assert SweepRun.objects.count() == runs


def test_verify_is_content_after_a_night(now: datetime) -> None:
    some_mails(3, kept_from=now - timedelta(days=14))
    told("run")
    answer = json.loads(told("verify", "--json"))
    assert (answer["sound"], answer["outbox"], answer["ledger"]["broken"]) == (True, 0, [])
    assert {line["residue"] for line in answer["rules"]} == {0}


def test_verify_fails_on_residue(now: datetime) -> None:
    some_mails(1, kept_from=now - timedelta(days=14))
    with pytest.raises(CommandError, match="left"):
        told("verify")


def test_verify_fails_on_a_broken_ledger(now: datetime) -> None:
    told("run")
    with ledger.heads_file().open("a") as heads:
        heads.write(f"2026-06-15T03:15:00+00:00 9 {'f' * 64}\n")
    with pytest.raises(CommandError, match="fit"):
        told("verify")


def test_verify_fails_when_a_rule_cannot_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privacy.report.selection", lambda rule: None)
    with pytest.raises(CommandError, match="counted"):
        told("verify")


def test_a_clock_that_is_no_moment_is_refused() -> None:
    with pytest.raises(CommandError, match="--at"):
        told("plan", "--at", "tomorrow")
