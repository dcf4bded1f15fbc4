"""What the privacy engine itself keeps. None of these tables names a person, but mail that was sent and requests of who
uses a right."""

from .audit import AccessLogEntry, SecurityEvent
from .consents import Consent
from .exceptions import Hold, Restriction
from .exports import AddressProof, Export
from .ledger import LedgerEntry, LedgerSeal
from .mail import OutgoingMail
from .notices import RecipientNotice
from .recipients import DataRecipient, LegalDisclosure
from .requests import Proof, RequestChannel, RequestLetter, RequestMove, Right, RightsRequest
from .storage import StoredObject
from .sweeps import RuleRun, SweepLease, SweepRun
from .telling import ProcessorTold, VersionTold

__all__ = [
    "AccessLogEntry",
    "AddressProof",
    "Consent",
    "DataRecipient",
    "Export",
    "Hold",
    "LedgerEntry",
    "LedgerSeal",
    "LegalDisclosure",
    "OutgoingMail",
    "ProcessorTold",
    "Proof",
    "RecipientNotice",
    "RequestChannel",
    "RequestLetter",
    "RequestMove",
    "Restriction",
    "Right",
    "RightsRequest",
    "RuleRun",
    "SecurityEvent",
    "StoredObject",
    "SweepLease",
    "SweepRun",
    "VersionTold",
]
