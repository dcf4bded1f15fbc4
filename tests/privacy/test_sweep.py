from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core import mail as mailbox
from django.core.files.base import ContentFile

from accounts.models import StaffRole, User
from privacy import erasure, files, lease
from privacy.models import (
    AccessLogEntry,
    Hold,
    LedgerEntry,
    OutgoingMail,
    Restriction,
    RuleRun,
    SecurityEvent,
    StoredObject,
    SweepRun,
)
from privacy.registry import registry
from privacy.selection import Selection
from privacy.sweep import run_sweep

from .conftest import a_leaver, a_mail, an_object, some_mails

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TICK = timedelta(microseconds=1)


def swept(now: datetime, **options: int) -> SweepRun:
    run = run_sweep(now=now, wall=lambda: now, **options)
    assert run is not None
    return run


def of_rule(run: SweepRun, rule: str) -> RuleRun:
    return RuleRun.objects.get(sweep=run, rule=rule)


def test_a_night_with_nothing_due_is_green_and_touches_nothing(now: datetime) -> None:
    a_mail(kept_from=now)
    run = swept(now)
    assert run.status == SweepRun.Status.GREEN
    assert set(run.rules.values_list("rule", "erased", "residue")) == {(rule, 0, 0) for rule in registry.rules}
    assert OutgoingMail.objects.count() == 1


def make_due_at(rule: str, anchor: datetime) -> None:
    if rule == "RT24":
        a_mail(kept_from=anchor)
    elif rule == "RT23.security":
        SecurityEvent.objects.create(at=anchor, event="code.refused")
    else:
        Session.objects.create(session_key="k", session_data="d", expire_date=anchor)


@pytest.mark.parametrize(("shift", "gone"), [(timedelta(0), 1), (TICK, 0)], ids=["due", "not yet"])
@pytest.mark.parametrize(("rule", "days"), [("RT24", 14), ("RT23.security", 90), ("RT30.session", 0)])
def test_rows_go_at_the_very_moment_and_not_before(
    rule: str, days: int, shift: timedelta, gone: int, now: datetime
) -> None:
    make_due_at(rule, now - timedelta(days=days) + shift)
    run = swept(now)
    assert run.status == SweepRun.Status.GREEN
    assert of_rule(run, rule).erased == gone
    assert registry.rules[rule].model._base_manager.count() == 1 - gone


@pytest.mark.clauses("P08", "P55")
@pytest.mark.parametrize(
    ("anchor", "left"), [("2025-06-15T23:59:59+02:00", 0), ("2025-06-16T00:00:00+02:00", 1)], ids=["due", "not yet"]
)
@pytest.mark.parametrize("rule", ["RT23.access", "RT23.history", "RT32"])
def test_calendar_rules_go_by_the_date_on_the_wall(rule: str, anchor: str, left: int, now: datetime) -> None:
    at = datetime.fromisoformat(anchor)
    if rule == "RT23.access":
        AccessLogEntry.objects.create(at=at, kind="shop.order", object_id=1, action="view")
    elif rule == "RT32":
        a_leaver(at)
    else:
        entry = LogEntry.objects.create(user_id=User.objects.create(email="x@x.nl").pk, action_flag=1)
        LogEntry.objects.filter(pk=entry.pk).update(action_time=at)
    assert of_rule(swept(now), rule).erased == 1 - left


def test_a_leaver_goes_with_their_roles_and_logs_stay_without_them(now: datetime) -> None:
    leaver = a_leaver(now - timedelta(days=400))
    StaffRole.objects.create(user=leaver, role="front_desk")
    AccessLogEntry.objects.create(at=now, user=leaver, kind="shop.order", object_id=1, action="view")
    swept(now)
    assert not User.objects.exists()
    assert not StaffRole.objects.exists()
    assert AccessLogEntry.objects.get().user_id is None


@pytest.mark.clauses("P48")
def test_the_staff_rule_never_matches_a_customer(now: datetime) -> None:
    a_leaver(now - timedelta(days=400), is_staff=False)
    swept(now)
    assert User.objects.count() == 1


def test_batches_end_with_the_short_one_and_each_leaves_one_entry(now: datetime) -> None:
    some_mails(7, kept_from=now - timedelta(days=15))
    some_mails(2, kept_from=now - timedelta(days=13))
    run = swept(now, batch=3)
    assert of_rule(run, "RT24").erased == 7
    assert OutgoingMail.objects.count() == 2
    entries = LedgerEntry.objects.filter(rule="RT24").order_by("pk")
    assert [(e.event, e.kind, e.count, e.reason) for e in entries] == [
        ("erased", "privacy.outgoingmail", n, "sweep") for n in (3, 3, 1)
    ]


def test_a_batch_that_is_exactly_full_ends_the_rule(now: datetime) -> None:
    some_mails(6, kept_from=now - timedelta(days=15))
    assert of_rule(swept(now, batch=3), "RT24").erased == 6


@pytest.mark.parametrize(("until", "left"), [(TICK, 1), (timedelta(0), 0)], ids=["running", "over"])
def test_a_hold_keeps_a_row_until_its_end(until: timedelta, left: int, now: datetime) -> None:
    kept = a_mail(kept_from=now - timedelta(days=15))
    Hold.objects.create(
        kind="privacy.outgoingmail", object_id=kept.pk, reason="case 1", created_at=now, until=now + until
    )
    run = swept(now)
    assert OutgoingMail.objects.count() == left
    assert (run.status, of_rule(run, "RT24").residue) == (SweepRun.Status.GREEN, 0)


@pytest.mark.clauses("P88")
@pytest.mark.parametrize(("is_lifted", "left"), [(False, 1), (True, 0)])
def test_a_restriction_keeps_a_row_until_it_is_lifted(is_lifted: bool, left: int, now: datetime) -> None:
    kept = a_mail(kept_from=now - timedelta(days=15))
    Restriction.objects.create(
        kind="privacy.outgoingmail",
        object_id=kept.pk,
        reason="case 1",
        created_at=now,
        lifted_at=now if is_lifted else None,
    )
    swept(now)
    assert OutgoingMail.objects.count() == left


def test_a_held_row_keeps_only_itself(now: datetime) -> None:
    kept = a_mail(kept_from=now - timedelta(days=16))
    some_mails(4, kept_from=now - timedelta(days=15))
    Hold.objects.create(
        kind="privacy.outgoingmail", object_id=kept.pk, reason="c", created_at=now, until=now + timedelta(days=1)
    )
    assert of_rule(swept(now, batch=2), "RT24").erased == 4
    assert list(OutgoingMail.objects.values_list("pk", flat=True)) == [kept.pk]


def test_a_rule_that_fails_stops_nobody_and_turns_the_night_red(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
        raise ZeroDivisionError("ouder@example.com")

    monkeypatch.setitem(registry.erasures, SecurityEvent, explode)  # type: ignore[misc]
    SecurityEvent.objects.create(at=now - timedelta(days=91), event="x")
    a_mail(kept_from=now - timedelta(days=15))
    run = swept(now)
    failed = of_rule(run, "RT23.security")
    assert (failed.outcome, failed.error, failed.residue) == (RuleRun.Outcome.FAILED, "ZeroDivisionError", 1)
    assert of_rule(run, "RT24").erased == 1
    assert run.status == SweepRun.Status.RED
    assert SecurityEvent.objects.count() == 1


@pytest.mark.clauses("P06")
def test_a_red_night_writes_to_the_privacy_owner(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    a_mail(kept_from=now - timedelta(days=13))
    monkeypatch.setattr(Selection, "count_due", lambda self, at: 1)
    swept(now)
    letter = OutgoingMail.objects.get(kind="privacy.sweep_red")
    assert letter.to == "privacy@jkreeft.example"
    assert "RT24" in letter.text
    assert "<li>RT24" in letter.html
    assert mailbox.outbox == []


def test_a_green_night_writes_to_nobody(now: datetime) -> None:
    swept(now)
    assert not OutgoingMail.objects.exists()


def test_could_not_count_is_not_zero(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Selection, at: datetime) -> int:
        raise RuntimeError

    a_mail(kept_from=now - timedelta(days=13))
    monkeypatch.setattr(Selection, "count_due", refuse)
    run = swept(now)
    assert run.status == SweepRun.Status.RED
    assert of_rule(run, "RT24").residue is None
    assert of_rule(run, "RT24").error == "RuntimeError"


def test_the_forecast_counts_what_tomorrow_brings(now: datetime) -> None:
    some_mails(3, kept_from=now - timedelta(days=13))
    some_mails(2, kept_from=now - timedelta(days=13) + TICK)
    assert of_rule(swept(now), "RT24").forecast == 3


@pytest.mark.clauses("P23", "P55")
def test_files_of_broken_uploads_go_after_a_day_with_their_bytes(now: datetime, places_of_my_own: Path) -> None:
    for name, age in [("a/old.jpg", timedelta(hours=24)), ("a/new.jpg", timedelta(hours=24) - TICK)]:
        files.store.save(name, ContentFile(b"x"))
        an_object(name, created=now - age)
    an_object("a/used.jpg", created=now - timedelta(days=9), attached_at=now)
    swept(now)
    assert set(StoredObject.objects.values_list("name", flat=True)) == {"a/new.jpg", "a/used.jpg"}
    assert [path.name for path in sorted((places_of_my_own / "a").iterdir())] == ["new.jpg"]


def test_a_file_that_cannot_be_removed_turns_the_night_red_and_keeps_no_other(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = an_object("a/stuck.jpg", created=now - timedelta(days=3))
    an_object("a/free.jpg", created=now - timedelta(days=2))

    def remove(name: str) -> bool:
        if name == "a/stuck.jpg":
            raise OSError
        return True

    monkeypatch.setattr(files, "remove", remove)
    assert swept(now).status == SweepRun.Status.RED
    left = StoredObject.objects.get()
    assert (left.pk, left.doomed_at) == (stuck.pk, now)
    assert left.attempts > 0
    monkeypatch.undo()
    assert swept(now).status == SweepRun.Status.GREEN
    assert not StoredObject.objects.exists()


def test_only_one_process_sweeps(now: datetime) -> None:
    held = lease.acquire("sweep", now=now)
    assert held is not None
    assert run_sweep(now=now, wall=lambda: now) is None
    held.release()
    assert run_sweep(now=now, wall=lambda: now) is not None


def test_a_night_that_died_is_red_and_the_next_one_finishes_its_work(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_mails(6, kept_from=now - timedelta(days=15))
    calls: list[int] = []

    def die_in_the_second_batch(*args: object, **kwargs: object) -> int:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return erase(*args, **kwargs)  # type: ignore[arg-type]

    erase = erasure.erase_locked
    monkeypatch.setattr(erasure, "erase_locked", die_in_the_second_batch)
    with pytest.raises(KeyboardInterrupt):
        swept(now, batch=2)
    monkeypatch.undo()
    dead = SweepRun.objects.get()
    assert (dead.finished_at, OutgoingMail.objects.count()) == (None, 4)
    assert swept(now, batch=2).status == SweepRun.Status.GREEN
    dead.refresh_from_db()
    assert dead.status == SweepRun.Status.RED
    assert OutgoingMail.objects.count() == 0


def test_who_lost_the_lease_stops_and_says_red(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    a_mail(kept_from=now - timedelta(days=15))

    def lost(self: lease.Lease, *, now: datetime) -> None:
        raise lease.LeaseLost

    monkeypatch.setattr(lease.Lease, "renew", lost)
    assert swept(now).status == SweepRun.Status.RED
    assert OutgoingMail.objects.filter(kind="test").count() == 1
