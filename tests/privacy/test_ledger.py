import os
import stat
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import TransactionTestCase

from privacy import ledger, triggers
from privacy.models import LedgerEntry, LedgerSeal
from tests.ledger_flush import run_statements

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def written(count: int, now: datetime) -> None:
    for n in range(count):
        ledger.record("erased", now=now, rule="RT24", kind="privacy.outgoingmail", count=n, reason="sweep", ids=[n])


def tamper(sql: str) -> None:
    """Change the ledger as somebody would who has the database to himself."""
    run_statements([*triggers.drop(connection.vendor), sql, *triggers.create(connection.vendor)])


def test_each_seal_hashes_the_one_before(now: datetime) -> None:
    written(3, now)
    assert ledger.seal() == 3
    seals = list(LedgerSeal.objects.order_by("sequence"))
    assert [s.sequence for s in seals] == [1, 2, 3]
    assert [s.previous_hash for s in seals] == [ledger.GENESIS, seals[0].hash, seals[1].hash]
    assert len({s.hash for s in seals}) == 3


def test_sealing_goes_on_where_it_stopped(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_BATCH", 2)
    written(5, now)
    assert ledger.seal() == 5
    assert ledger.seal() == 0
    written(1, now)
    assert ledger.seal() == 1
    assert ledger.verify().is_sound


def test_a_sound_ledger_verifies(now: datetime) -> None:
    written(4, now)
    ledger.seal()
    ledger.write_head(now=now)
    written(1, now)
    report = ledger.verify()
    assert (report.is_sound, report.sealed, report.unsealed) == (True, 4, 1)


def test_an_entry_without_ids_has_no_digest_and_ids_leave_only_one(now: datetime) -> None:
    ledger.record("sweep", now=now)
    ledger.record("erased", now=now, ids=[3, 1, 2])
    ledger.record("erased", now=now, ids=[1, 2, 3])
    empty, first, second = LedgerEntry.objects.order_by("pk").values_list("digest", flat=True)
    assert (empty, first) == ("", second)
    assert first.startswith("1$")


@pytest.mark.parametrize("sql", ["UPDATE {t} SET {c} = {c}", "DELETE FROM {t}"])
@pytest.mark.parametrize(("table", "column"), [("privacy_ledgerentry", "event"), ("privacy_ledgerseal", "hash")])
def test_the_database_refuses_any_change(sql: str, table: str, column: str, now: datetime) -> None:
    written(1, now)
    ledger.seal()
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        run_statements([sql.format(t=table, c=column)])


@pytest.mark.skipif("postgres" not in os.environ.get("DATABASE_URL", ""), reason="SQLite has no TRUNCATE")
def test_postgresql_refuses_to_truncate(now: datetime) -> None:
    written(1, now)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        run_statements(["TRUNCATE privacy_ledgerentry CASCADE"])


@pytest.mark.clauses("P96")
@pytest.mark.parametrize("column", ["event = 'x'", "rule = 'RT01'", "kind = 'x'", "count = 99", "reason = 'x'"])
def test_a_changed_entry_shows(column: str, now: datetime) -> None:
    written(3, now)
    ledger.seal()
    second = LedgerSeal.objects.get(sequence=2).entry_id
    tamper(f"UPDATE privacy_ledgerentry SET {column} WHERE id = {second}")  # noqa: S608
    report = ledger.verify()
    assert (report.is_sound, report.broken) == (False, [2])


def test_an_entry_taken_out_shows(now: datetime) -> None:
    written(3, now)
    ledger.seal()
    second = LedgerSeal.objects.get(sequence=2).entry_id
    tamper("DELETE FROM privacy_ledgerseal WHERE sequence = 2")
    tamper(f"DELETE FROM privacy_ledgerentry WHERE id = {second}")  # noqa: S608
    assert ledger.verify().broken == [3]


@pytest.mark.clauses("P96")
def test_a_chain_that_was_cut_off_shows_by_its_head_outside(now: datetime) -> None:
    written(3, now)
    ledger.seal()
    ledger.write_head(now=now)
    assert ledger.verify().is_sound
    tamper("DELETE FROM privacy_ledgerseal WHERE sequence = 3")
    report = ledger.verify()
    assert (report.broken, report.missing_heads, report.is_sound) == ([], [3], False)


def test_a_chain_that_was_written_anew_shows_by_its_head_outside(now: datetime) -> None:
    written(2, now)
    ledger.seal()
    ledger.write_head(now=now)
    tamper("DELETE FROM privacy_ledgerseal")
    tamper("UPDATE privacy_ledgerentry SET count = 77")
    ledger.seal()
    report = ledger.verify()
    assert (report.broken, report.missing_heads) == ([], [2])


def test_the_heads_are_ours_alone_and_only_added_to(now: datetime) -> None:
    ledger.write_head(now=now)
    assert not ledger.heads_file().exists()
    for night in range(2):
        written(1, now)
        ledger.seal()
        ledger.write_head(now=now + timedelta(days=night))
    path = ledger.heads_file()
    assert [line.split()[1] for line in path.read_text().splitlines()] == ["1", "2"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_head_nobody_can_read_is_no_proof(now: datetime) -> None:
    written(1, now)
    ledger.seal()
    ledger.write_head(now=now)
    with ledger.heads_file().open("a") as heads:
        heads.write("half a li")
    report = ledger.verify()
    assert (report.unreadable_heads, report.is_sound) == (1, False)


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_can_leave_a_ledger_behind(now: datetime) -> None:
    written(2, now)
    assert ledger.seal() == 2
    TransactionTestCase._fixture_teardown(TransactionTestCase())  # type: ignore[attr-defined]
    assert not LedgerEntry.objects.exists()
    written(1, now)
    with pytest.raises(DatabaseError, match="only added to"):
        LedgerEntry.objects.all().delete()
