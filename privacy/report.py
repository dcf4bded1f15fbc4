"""What the commands tell about the night: what it would do, what it did, what is left."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from . import breaker, files, ledger
from .models import RuleRun, SweepRun
from .registry import registry
from .selection import selection

OVERDUE_AFTER = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One rule tonight: how many rows it takes, how many an exception keeps, and whether the breaker would pause it."""

    rule: str
    title: str
    kind: str
    due: int
    kept: int
    tomorrow: int
    pauses: bool


@dataclass(frozen=True, slots=True)
class Residue:
    """What one rule left: rows that are due and still there. None: could not be counted."""

    rule: str
    residue: int | None


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether everything due is gone and the ledger is whole."""

    rules: list[Residue]
    outbox: int
    ledger: ledger.Report

    @property
    def is_sound(self) -> bool:
        """Nothing left, everything counted, nothing changed in the ledger."""
        return self.outbox == 0 and self.ledger.is_sound and all(line.residue == 0 for line in self.rules)


def plan(*, now: datetime) -> list[PlanLine]:
    """What a sweep at `now` would do. Changes nothing."""
    expected = breaker.expectation(now=now)
    lines = []
    for rule in registry.sorted_rules():
        chosen = selection(rule)
        due = chosen.count_due(now)
        ripe = chosen.count_ripe(now, limit=2**31)
        tomorrow = chosen.count_ripe(now.astimezone(UTC) + timedelta(days=1), limit=2**31)
        most = expected.allowed(rule.key)
        pauses = most is not None and ripe > most
        kind = rule.model._meta.label_lower
        lines.append(PlanLine(rule.key, str(rule.title), kind, due, ripe - due, tomorrow - ripe, pauses))
    return lines


def verify(*, now: datetime) -> Verification:
    """Count every rule's own selection, the outbox, and check the ledger. Changes nothing."""
    lines = [Residue(rule.key, _count(rule.key, now)) for rule in registry.sorted_rules()]
    return Verification(lines, files.outbox_size(now=now), ledger.verify())


def run_lines(run: SweepRun) -> list[dict[str, Any]]:
    """What each rule did in a run."""
    names = ["rule", "outcome", "erased", "residue", "forecast", "error"]
    return list(RuleRun.objects.filter(sweep=run).order_by("pk").values(*names))


def as_json(line: PlanLine | Verification) -> dict[str, Any]:
    """A line as JSON takes it."""
    return asdict(line)


def is_overdue(*, now: datetime) -> bool:
    """Whether the last finished night is longer ago than a night may be late (a laptop was closed, beat stopped)."""
    last = SweepRun.objects.filter(finished_at__isnull=False, clock__lte=now).order_by("-pk").first()
    return last is None or last.started_at < now - OVERDUE_AFTER


def _count(key: str, now: datetime) -> int | None:
    try:
        return selection(registry.rules[key]).count_due(now)
    except Exception:  # could not count is not zero, whatever the reason
        return None
