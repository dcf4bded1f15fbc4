"""The night: every rule in bounded batches, then the files, then the question what is left.

Each batch is one transaction that locks its rows, asks again whether they are due and kept by nobody, erases or wipes
them, and writes its ledger entry; so a worker may die anywhere and the next run finishes the work. One rule that fails
never stops the others and always turns the night red, with the class of its error and no word of its text. At the end
every rule's own selection is counted again: what could not be counted is not zero, and red.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from . import breaker, erasure, files, holds, lease, ledger, sweep_mail, wipes
from .models import RuleRun, SweepRun
from .registry import registry
from .rules import Outcome, Rule
from .selection import Row, Selection, Span, selection

log = logging.getLogger(__name__)
BATCH = 5000
# A batch wiped in one statement costs the least at twice that, and still holds its locks for a moment only.
PLAIN_FACTOR = 2
NIGHT = timedelta(days=1)
# A forecast counts no further: beyond this it only has to be large.
FORECAST_LIMIT = 100_000
# A rule may make rows due for another one (the last photo of a subject); three rounds end that.
ROUNDS = 3
LEASE = "sweep"

Clock = Callable[[], datetime]


@dataclass
class _Night:
    """One run: its clock, its lease, and what each rule did."""

    now: datetime
    wall: Clock
    lease: lease.Lease
    batch: int
    expected: breaker.Expectation
    runs: dict[str, RuleRun] = field(default_factory=dict)

    def still_ours(self) -> None:
        self.lease.renew(now=self.wall())


def run_sweep(*, now: datetime, wall: Clock = timezone.now, batch: int = BATCH) -> SweepRun | None:
    """Do what is due at `now`; the run, or None while another process sweeps.

    `wall` is the real clock, which the lease and the run's own times use when `now` is the clock of another day.
    """
    held = lease.acquire(LEASE, now=wall())
    if held is None:
        return None
    try:
        # In UTC: a day added to a local time is a day on the wall, which may have 23 or 25 hours.
        return _run(now.astimezone(UTC), wall, held, batch)
    finally:
        held.release()


def _run(now: datetime, wall: Clock, held: lease.Lease, batch: int) -> SweepRun:
    # A run that never finished belongs to a process that died.
    SweepRun.objects.filter(finished_at__isnull=True).update(status=SweepRun.Status.RED, finished_at=wall())
    night = _Night(now, wall, held, batch, breaker.expectation(now=now))
    run = SweepRun.objects.create(started_at=wall(), clock=now)
    is_whole = False
    try:
        _run_rules(night, run)
        is_whole = _drain(night)
    except lease.LeaseLost:
        log.error("sweep %s lost its lease", run.pk)
    return _finish(night, run, is_whole=is_whole)


def _run_rules(night: _Night, run: SweepRun) -> None:
    todo = registry.sorted_rules()
    for _round in range(ROUNDS):
        for rule in todo:
            entry = night.runs.setdefault(rule.key, RuleRun(sweep=run, rule=rule.key))
            _run_rule(night, rule, entry)
        for rule in registry.sorted_rules():
            _look_back(night, rule, night.runs[rule.key])
        todo = [rule for rule in todo if _is_left_over(night.runs[rule.key])]
        if not todo:
            return


def _is_left_over(entry: RuleRun) -> bool:
    return entry.outcome == RuleRun.Outcome.DONE and bool(entry.residue)


def _run_rule(night: _Night, rule: Rule, entry: RuleRun) -> None:
    """One rule, all its batches. Whatever it raises stays here, as the name of a class."""
    try:
        chosen = selection(rule)
        most = night.expected.allowed(rule.key)
        ripe = chosen.count_ripe(night.now, limit=1 if most is None else most + 1)
        if most is not None and ripe > most:
            entry.outcome = RuleRun.Outcome.PAUSED
        elif ripe:
            entry.erased += _run_batches(night, rule, chosen)
    except lease.LeaseLost:
        raise
    except Exception as error:  # one failing rule never stops the others
        log.error("rule %s failed: %s", rule.key, type(error).__name__)
        entry.outcome, entry.error = RuleRun.Outcome.FAILED, type(error).__name__


def _run_batches(night: _Night, rule: Rule, chosen: Selection) -> int:
    """Batch by batch along the index. The short batch is the last one, so that no empty one has to be looked for."""
    total, after = 0, None
    size = night.batch if _by_keys(rule) else night.batch * PLAIN_FACTOR
    while True:
        night.still_ours()
        with transaction.atomic():
            holds.freeze_exceptions()
            end = chosen.end_of_batch(night.now, after=after, size=size)
            total += _run_batch(rule, chosen, Span(after, end), now=night.now)
        if end is None:
            return total
        after = _next(after, end)


def _next(after: Row | None, end: Row) -> Row:
    if after == end:
        raise RuntimeError("a batch that does not move on would never end")
    return end


def _run_batch(rule: Rule, chosen: Selection, span: Span, *, now: datetime) -> int:
    """One batch in its transaction. Rows without children or files are wiped in one statement and never come here."""
    if not _by_keys(rule):
        count = chosen.update(now, span, wipes.columns(rule, now))
        if count:
            wipes.record_wipe(rule, count, reason="sweep", now=now)
        return count
    if rule.outcome is Outcome.DELETE:
        ids = chosen.lock(now, span)
        return erasure.erase_locked(rule.model, ids, reason="sweep", rule=rule.key, now=now)
    return wipes.wipe_locked(rule, chosen.lock(now, span), reason="sweep", now=now)


def _by_keys(rule: Rule) -> bool:
    """Whether the keys of a batch have to come here, for children or files."""
    return rule.outcome is Outcome.DELETE or bool(wipes.holds_files(rule))


def _look_back(night: _Night, rule: Rule, entry: RuleRun) -> None:
    """Count what is left, and what tomorrow will find. None says that it could not be counted."""
    try:
        chosen = selection(rule)
        tomorrow = chosen.count_ripe(night.now + NIGHT, limit=FORECAST_LIMIT)
        # Who is due now is past its term tomorrow as well: nobody there is nobody here.
        entry.residue = chosen.count_due(night.now) if tomorrow else 0
        if entry.outcome == RuleRun.Outcome.DONE:
            entry.forecast = tomorrow
        else:
            # A paused rule stays paused: what it holds back is not what a night should take.
            entry.forecast = _last_forecast(rule)
    except Exception as error:  # a rule that cannot be counted must not hide the others
        log.error("rule %s cannot be counted: %s", rule.key, type(error).__name__)
        entry.residue = None
        entry.error = entry.error or type(error).__name__


def _last_forecast(rule: Rule) -> int | None:
    earlier = RuleRun.objects.filter(rule=rule.key, forecast__isnull=False).order_by("-pk").first()
    return earlier.forecast if earlier else None


def _drain(night: _Night) -> bool:
    """Remove the files that were doomed; whether none is left."""
    while files.drain(limit=500):
        night.still_ours()
    return files.outbox_size(now=night.now) == 0


def _finish(night: _Night, run: SweepRun, *, is_whole: bool) -> SweepRun:
    """Write down what happened, seal the ledger, write its head outside the database, call the owner if need be."""
    entries = list(night.runs.values())
    green = is_whole and all(entry.outcome == RuleRun.Outcome.DONE and entry.residue == 0 for entry in entries)
    run.status = SweepRun.Status.GREEN if green else SweepRun.Status.RED
    run.finished_at = night.wall()
    with transaction.atomic():
        RuleRun.objects.bulk_create(entries)
        run.save(update_fields=["status", "finished_at"])
        ledger.record("sweep", now=night.now, count=sum(e.erased for e in entries), reason=run.status)
        if not green:
            sweep_mail.call_owner(entries, now=night.wall())
    ledger.seal()
    ledger.write_head(now=night.wall())
    _empty_wal()
    return run


def _empty_wal() -> None:
    """What was erased must not live on in SQLite's write-ahead log."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
