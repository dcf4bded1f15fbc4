"""The ledger: what was erased under which rule, and never who.

Entries are written unchained, in the transaction of the change they speak of, so that nobody waits for the head. One
sealer chains them afterwards: each seal hashes its entry and the seal before. Triggers in the database refuse any
change of an entry or a seal; each night the head is written outside the database, so that even who removes the triggers
cannot change, drop or cut off entries unseen.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from common.keys import digest

from . import lease
from .models import LedgerEntry, LedgerSeal

GENESIS = "0" * 64
_BATCH = 1000
# How far behind the last sealed entry a slow transaction may still appear; `verify` looks at the whole table.
_STRAGGLERS = 10_000


def record(
    event: str,
    *,
    now: datetime,
    rule: str = "",
    kind: str = "",
    count: int = 0,
    reason: str = "",
    ids: Iterable[Any] = (),
) -> LedgerEntry:
    """Write one entry, in the transaction of the change it speaks of. `ids` leave nothing but one keyed digest."""
    listed = ",".join(sorted(str(pk) for pk in ids))
    return LedgerEntry.objects.create(
        at=now,
        event=event,
        rule=rule,
        kind=kind,
        count=count,
        reason=reason,
        digest=digest("ledger", f"{kind}:{listed}") if listed else "",
    )


def seal() -> int:
    """Chain the entries that are not chained yet; how many. One sealer at a time: a second one waits and finds none."""
    total = 0
    while sealed := _seal_batch():
        total += sealed
    return total


@transaction.atomic
def _seal_batch() -> int:
    lease.lock_row("seal")
    last = LedgerSeal.objects.order_by("-sequence").first()
    waiting = LedgerEntry.objects.filter(seal__isnull=True).order_by("pk")
    if last:
        waiting = waiting.filter(pk__gt=last.entry_id - _STRAGGLERS)
    sequence, head, seals = (last.sequence, last.hash, []) if last else (0, GENESIS, [])
    for entry in waiting[:_BATCH]:
        sequence, previous, head = sequence + 1, head, chain_hash(head, sequence + 1, entry)
        seals.append(LedgerSeal(sequence=sequence, entry=entry, previous_hash=previous, hash=head))
    LedgerSeal.objects.bulk_create(seals)
    return len(seals)


def chain_hash(previous: str, sequence: int, entry: LedgerEntry) -> str:
    """What a seal holds: the SHA-256 of the seal before, the place in the chain, and all columns of the entry."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    facts = [entry.pk, at, entry.event, entry.rule, entry.kind, entry.count, entry.reason, entry.digest]
    return hashlib.sha256(json.dumps([previous, sequence, *facts]).encode()).hexdigest()


def heads_file() -> Path:
    """Where the heads stand, one line a night: moment, sequence, hash."""
    return Path(settings.VAR_DIR) / "ledger" / "heads.log"


def write_head(*, now: datetime) -> None:
    """Write the head of the chain outside the database, readable by us alone."""
    last = LedgerSeal.objects.order_by("-sequence").first()
    if last is None:
        return
    path = heads_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("a", encoding="ascii") as heads:
        heads.write(f"{now.astimezone(UTC).isoformat()} {last.sequence} {last.hash}\n")


@dataclass
class Report:
    """What a verification found: `broken` sequences, whose seal does not fit, and heads that lost their seal."""

    sealed: int = 0
    unsealed: int = 0
    broken: list[int] = field(default_factory=list)
    missing_heads: list[int] = field(default_factory=list)
    unreadable_heads: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing was changed, dropped or cut off. Entries that wait for the sealer are no fault."""
        return not (self.broken or self.missing_heads or self.unreadable_heads)


def verify() -> Report:
    """Recompute the whole chain and compare it with the heads written outside the database (P96)."""
    report = Report(unsealed=LedgerEntry.objects.filter(seal__isnull=True).count())
    heads = dict(_heads(report))
    previous, expected = GENESIS, 1
    seals = LedgerSeal.objects.select_related("entry").order_by("sequence")
    for link in seals.iterator(chunk_size=2000):
        fits = link.sequence == expected and link.previous_hash == previous
        if not fits or link.hash != chain_hash(previous, link.sequence, link.entry):
            report.broken.append(link.sequence)
        if heads.pop(link.sequence, link.hash) != link.hash:
            report.missing_heads.append(link.sequence)
        previous, expected = link.hash, link.sequence + 1
        report.sealed += 1
    report.missing_heads += sorted(heads)
    return report


def _heads(report: Report) -> Iterator[tuple[int, str]]:
    path = heads_file()
    for line in path.read_text(encoding="ascii", errors="replace").splitlines() if path.is_file() else []:
        parts = line.split()
        if len(parts) == 3 and parts[1].isdigit():
            yield int(parts[1]), parts[2]
        else:
            report.unreadable_heads += 1
