"""What the privacy engine itself keeps. None of these tables names a person, but the mail waiting to be sent."""

from .audit import AccessLogEntry, SecurityEvent
from .consents import Consent
from .exceptions import Hold, Restriction
from .ledger import LedgerEntry, LedgerSeal
from .mail import OutgoingMail
from .storage import StoredObject
from .sweeps import RuleRun, SweepLease, SweepRun

__all__ = [
    "AccessLogEntry",
    "Consent",
    "Hold",
    "LedgerEntry",
    "LedgerSeal",
    "OutgoingMail",
    "Restriction",
    "RuleRun",
    "SecurityEvent",
    "StoredObject",
    "SweepLease",
    "SweepRun",
]
