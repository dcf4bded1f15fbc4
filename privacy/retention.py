"""What the privacy engine itself holds, and the rules that end it."""

from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, Period

from . import (
    files,
    library_retention,  # noqa: F401 - it declares
)
from .declarations import Basis, Category, Purpose, Recipient, Whose, not_personal, personal, plain
from .dossier import Source, sources
from .models import (
    AccessLogEntry,
    Consent,
    Hold,
    LegalDisclosure,
    OutgoingMail,
    Restriction,
    SecurityEvent,
    StoredObject,
)
from .people import Person
from .registry import registry
from .rights import declared as _of_rights  # noqa: F401 - it declares
from .rules import Outcome, Rule

_BY_CODE = "a word our code chooses from a fixed list"
_OF_COMPANY = "about a company and its agreement with us; the form asks for no person"
_WHY = "a file number or a ground; the form asks to name nobody"

_by_staff = partial(
    personal,
    whose=Whose.STAFF,
    category=Category.WORK,
    purpose=Purpose.SECURITY,
    basis=Basis.LEGITIMATE_INTEREST,
    clauses=("P08", "P55"),
)
_in_mail = partial(
    personal,
    whose=Whose.ORDERER,
    category=Category.MESSAGE,
    purpose=Purpose.INFORM,
    basis=Basis.CONTRACT,
    rule="RT24",
    clauses=("P38", "P55"),
    recipients=(Recipient.HOST, Recipient.MAIL_PROVIDER),
)

registry.declare(
    "privacy.AccessLogEntry",
    {
        "id": plain(),
        "at": plain(),
        "user": _by_staff(rule="RT23.access", label=_("Who opened it")),
        "kind": not_personal(_BY_CODE),
        "object_id": _by_staff(rule="RT23.access", label=_("What you opened")),
        "action": not_personal(_BY_CODE),
    },
)
registry.declare(
    "privacy.SecurityEvent",
    {"id": plain(), "at": plain(), "event": not_personal(_BY_CODE), "count": plain()},
)
_of_consent = partial(
    personal,
    whose=Whose.SUBJECT,
    category=Category.CONSENT,
    purpose=Purpose.KEEP_LONGER,
    basis=Basis.LEGAL_DUTY,
    rule="RT20",
    clauses=("P29", "P30", "P31"),
    recipients=(Recipient.HOST,),
)

registry.declare(
    "privacy.Consent",
    {
        "id": plain(),
        "public_id": plain(),
        "kind": not_personal(_BY_CODE),
        "wording": not_personal("the version of a text of ours"),
        "about_kind": not_personal(_BY_CODE),
        "about_id": _of_consent(access=False),
        "capacity": _of_consent(label=_("Consent given as")),
        "given_at": _of_consent(label=_("Consent given on")),
        "withdrawn_at": _of_consent(label=_("Consent withdrawn on")),
        "ends_at": plain(),
    },
)
registry.declare(
    "privacy.Hold",
    {
        "id": plain(),
        "public_id": plain(),
        "kind": not_personal(_BY_CODE),
        "object_id": plain(),
        "reason": not_personal(_WHY),
        "created_at": plain(),
        "owner": _by_staff(rule="RT19.hold", label=_("Holds you answer for")),
        "until": plain(),
    },
)
registry.declare(
    "privacy.Restriction",
    {
        "id": plain(),
        "public_id": plain(),
        "kind": not_personal(_BY_CODE),
        "object_id": plain(),
        "reason": not_personal(_WHY),
        "created_at": plain(),
        "lifted_at": plain(),
        "email": personal(
            whose=Whose.REQUESTER,
            category=Category.CONTACT,
            purpose=Purpose.RIGHTS,
            basis=Basis.LEGAL_DUTY,
            rule="RT19.restriction",
            clauses=("P88",),
            label=_("Where we tell you before we use restricted data again"),
            recipients=(Recipient.HOST, Recipient.MAIL_PROVIDER),
        ),
        "language": not_personal("one of the two languages of the site"),
        "announced_at": plain(),
        "lifts_on": plain(),
    },
)
registry.declare(
    "privacy.LedgerEntry",
    {
        "id": plain(),
        "at": plain(),
        "event": not_personal(_BY_CODE),
        "rule": not_personal("the number of a rule"),
        "kind": not_personal(_BY_CODE),
        "count": plain(),
        "reason": not_personal(_BY_CODE),
        "digest": not_personal("a keyed digest over the keys of a whole batch; it leads to no row and no person"),
    },
)
registry.declare(
    "privacy.LedgerSeal",
    {
        "sequence": plain(),
        "entry": plain(),
        "previous_hash": not_personal("a hash of hashes"),
        "hash": not_personal("a hash of an entry, which holds no personal data"),
    },
)
registry.declare(
    "privacy.OutgoingMail",
    {
        "id": plain(),
        "public_id": plain(),
        "kind": not_personal(_BY_CODE),
        "to": _in_mail(label=_("E-mail address we wrote to")),
        "subject": _in_mail(label=_("Subject of our message")),
        "text": _in_mail(label=_("Text of our message")),
        "html": _in_mail(access=False),
        "about_kind": not_personal(_BY_CODE),
        "about_id": plain(),
        "unsubscribe_url": _in_mail(access=False, clauses=("P66", "P55")),
        "status": not_personal(_BY_CODE),
        "attempts": plain(),
        "created_at": plain(),
        "claimed_at": plain(),
        "sent_at": plain(),
        "kept_from": plain(),
    },
)
registry.declare(
    "privacy.StoredObject",
    {
        "id": plain(),
        "name": not_personal("random; what the file shows is declared where a row points at it"),
        "created_at": plain(),
        "attached_at": plain(),
        "doomed_at": plain(),
        "attempts": plain(),
    },
)
registry.declare(
    "privacy.SweepLease",
    {
        "name": not_personal("the name of a piece of work"),
        "holder": not_personal("a machine and a process"),
        "until": plain(),
    },
)
registry.declare(
    "privacy.SweepRun",
    {
        "id": plain(),
        "started_at": plain(),
        "clock": plain(),
        "finished_at": plain(),
        "status": not_personal(_BY_CODE),
    },
)
registry.declare(
    "privacy.RuleRun",
    {
        "id": plain(),
        "sweep": plain(),
        "rule": not_personal("the number of a rule"),
        "outcome": not_personal(_BY_CODE),
        "erased": plain(),
        "residue": plain(),
        "forecast": plain(),
        "error": not_personal("the name of a class, never the text of an error"),
    },
)

registry.declare(
    "privacy.DataRecipient",
    {
        "id": plain(),
        "public_id": plain(),
        "name": not_personal(_OF_COMPANY),
        "category": not_personal(_BY_CODE),
        "capacity": not_personal(_BY_CODE),
        "task_nl": not_personal(_OF_COMPANY),
        "task_en": not_personal(_OF_COMPANY),
        "country": not_personal(_OF_COMPANY),
        "is_outside_eea": plain(),
        "safeguard": not_personal(_OF_COMPANY),
        "agreement_reference": not_personal(_OF_COMPANY),
        "agreed_on": plain(),
        "valid_until": plain(),
        "begins_on": plain(),
        "ends_on": plain(),
    },
)
registry.declare(
    "privacy.LegalDisclosure",
    {
        "id": plain(),
        "disclosed_at": plain(),
        "authority": not_personal("a public body, no person"),
        "legal_reference": not_personal("an article of law or the number of a ruling"),
        "what": not_personal(_WHY),
        "kind": not_personal(_BY_CODE),
        "object_id": plain(),
        "decided_by": personal(
            whose=Whose.STAFF,
            category=Category.WORK,
            purpose=Purpose.ACCOUNTABILITY,
            basis=Basis.LEGITIMATE_INTEREST,
            rule="RT21.disclosure",
            clauses=("P08", "P84"),
            label=_("Disclosures you decided on"),
        ),
    },
)

_telling = {"started_at": plain(), "reached": plain(), "told": plain(), "done_at": plain()}
registry.declare(
    "privacy.VersionTold",
    {
        "id": plain(),
        "document": not_personal(_BY_CODE),
        "version": not_personal("the number of a version of a text of ours"),
        **_telling,
    },
)
registry.declare("privacy.ProcessorTold", {"id": plain(), "recipient": plain(), "is_new": plain(), **_telling})

_at_most = partial(Rule, bound=Bound.AT_MOST, outcome=Outcome.DELETE)

registry.rule(
    _at_most(
        key="RT19.hold",
        title=_("an order to keep something longer, after it ended"),
        clauses=("P55",),
        model=Hold,
        anchor="until",
        period=Period(months=12),
    )
)
registry.rule(
    _at_most(
        key="RT19.restriction",
        title=_("a restriction of processing, after it was lifted"),
        clauses=("P55", "P88"),
        model=Restriction,
        anchor="lifted_at",
        period=Period(months=12),
        condition=Q(lifted_at__isnull=False),
    )
)
registry.rule(
    _at_most(
        key="RT20",
        title=_("the proof of a consent, after it ended"),
        clauses=("P30", "P31", "P55"),
        model=Consent,
        anchor="ends_at",
        period=Period(months=12),
        condition=Q(ends_at__isnull=False),
        floor="AVG art. 7(1)",
    )
)
registry.rule(
    _at_most(
        key="RT21.disclosure",
        title=_("that data went to an authority because a law or a court said so"),
        clauses=("P84", "P55"),
        model=LegalDisclosure,
        anchor="disclosed_at",
        period=Period(months=60),
    )
)
registry.rule(
    _at_most(
        key="RT23.access",
        title=_("which staff opened which personal data"),
        clauses=("P08", "P55"),
        model=AccessLogEntry,
        anchor="at",
        period=Period(months=12),
    )
)
registry.rule(
    _at_most(
        key="RT23.security",
        title=_("attacks on the website, counted"),
        clauses=("P55",),
        model=SecurityEvent,
        anchor="at",
        period=Period(days=90),
    )
)
registry.rule(
    _at_most(
        key="RT24",
        title=_("messages we sent"),
        clauses=("P55",),
        model=OutgoingMail,
        anchor="kept_from",
        period=Period(days=14),
    )
)
registry.rule(
    _at_most(
        key="RT03.orphan",
        title=_("files whose upload was broken off"),
        clauses=("P23", "P55"),
        model=StoredObject,
        anchor="created_at",
        period=Period(hours=24),
        condition=Q(attached_at__isnull=True, doomed_at__isnull=True),
    )
)


def doom_orphans(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """A file's row is never simply deleted: it goes on the outbox, and goes when the bytes are gone (P23)."""
    return files.doom(ids, now=now)


registry.erasure(StoredObject, doom_orphans)


def _mails_to(person: Person, now: datetime) -> "QuerySet[OutgoingMail]":
    """Messages to the address whose mail this person reads."""
    return OutgoingMail.objects.filter(to__iexact=person.email).exclude(to="").order_by("-created_at", "-pk")


sources.register(Source(model=OutgoingMail, title=_("Messages we sent you"), find=_mails_to, since="created_at"))
