"""What shows that we do what we say (P96): last night, and whether the ledger is whole. Read by the public pages."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from . import ledger

_KEY = "privacy.ledger_verified"
# Longer than from one verification to the next, so that a missed one shows as old, not as absent.
_KEPT_SECONDS = 8 * 24 * 3600


@dataclass(frozen=True)
class LedgerProof:
    """The last verification of the ledger: when, over how many entries, and whether nothing was changed or cut off."""

    at: datetime
    entries: int
    is_sound: bool


def verify_ledger(*, now: datetime) -> LedgerProof:
    """Recompute the whole chain, and keep the outcome for the pages: too much work for each visitor to ask anew."""
    report = ledger.verify()
    proof = LedgerProof(at=now, entries=report.sealed, is_sound=report.is_sound)
    cache.set(_KEY, proof, _KEPT_SECONDS)
    return proof


def last_proof() -> LedgerProof | None:
    """The last verification, if there was one."""
    found: LedgerProof | None = cache.get(_KEY)
    return found
