"""Who receives data from us, as the privacy owner records it, and what went out because a law said so."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from common.periods import local_date
from privacy import ledger
from privacy.models import DataRecipient, LegalDisclosure

from .telling import announce_processor


class RecipientRefused(Exception):
    """A recipient that cannot be so. `field` is what to mend, `message` says why."""

    def __init__(self, field: str, message: str) -> None:
        self.field, self.message = field, message
        super().__init__("recipient refused")


@dataclass(frozen=True, kw_only=True)
class RecipientFacts:
    """What is recorded about one company; an empty `valid_until` is an agreement without an end."""

    name: str
    category: str
    capacity: str
    task_nl: str
    task_en: str
    country: str
    begins_on: date
    is_outside_eea: bool = False
    safeguard: str = ""
    agreement_reference: str = ""
    agreed_on: date | None = None
    valid_until: date | None = None
    ends_on: date | None = None


# What clients agreed to about a processor; of another of its facts, such as our agreement with it, they need not hear.
_TOLD = ("name", "category", "task_nl", "task_en", "country", "is_outside_eea", "safeguard", "begins_on")


@transaction.atomic
def save_recipient(*, facts: RecipientFacts, recipient_id: int | None = None, now: datetime) -> DataRecipient:
    """Record a company that receives data, or what changed about it (P82, P83), and have clients told of a processor
    that is added or changes for them (art. 28(2) GDPR). Raises `RecipientRefused`."""
    refuse_nonsense(facts)
    today = local_date(now)
    values = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    recipient = DataRecipient(pk=recipient_id, **values)
    is_new = recipient_id is None
    known: tuple[object, ...] = ()
    if recipient_id is None:
        recipient.save(force_insert=True)
    else:
        known = _as_processor(DataRecipient.objects.select_for_update().get(pk=recipient_id), today=today)
        recipient.save(force_update=True, update_fields=list(values))
        recipient.refresh_from_db()
    ledger.record(
        "recipient_added" if is_new else "recipient_changed",
        now=now,
        kind="privacy.datarecipient",
        count=1,
        reason=facts.category,
        ids=[recipient.public_id],
    )
    said = _as_processor(recipient, today=today)
    if said and said != known:
        announce_processor(recipient=recipient, is_new=not known, now=now)
    return recipient


def _as_processor(recipient: DataRecipient, *, today: date) -> tuple[object, ...]:
    """What clients are told of a company that works for us, or will; nothing of one that does not, or no longer."""
    is_over = recipient.ends_on is not None and recipient.ends_on <= today
    if is_over or recipient.capacity != DataRecipient.Capacity.PROCESSOR:
        return ()
    return tuple(getattr(recipient, name) for name in _TOLD)


def refuse_nonsense(facts: RecipientFacts) -> None:
    """Raise `RecipientRefused` when facts do not fit together; the form asks before it saves."""
    if facts.is_outside_eea and not facts.safeguard:
        raise RecipientRefused(
            "safeguard", _("Outside the European Economic Area data needs a safeguard: say which (chapter V GDPR).")
        )
    if facts.agreed_on and not facts.agreement_reference:
        raise RecipientRefused("agreement_reference", _("Say where the agreement can be found."))
    if facts.valid_until and not facts.agreed_on:
        raise RecipientRefused("agreed_on", _("Say when the agreement was made."))
    if facts.agreed_on and facts.valid_until and facts.valid_until < facts.agreed_on:
        raise RecipientRefused("valid_until", _("An agreement cannot end before it was made."))
    if facts.ends_on and facts.ends_on < facts.begins_on:
        raise RecipientRefused("ends_on", _("Working together cannot end before it begins."))


@transaction.atomic
def record_disclosure(
    *,
    disclosed_at: datetime,
    authority: str,
    legal_reference: str,
    what: str,
    kind: str,
    object_id: int | None,
    decided_by_id: int,
    now: datetime,
) -> LegalDisclosure:
    """Record that data went to an authority because a law or a court obliged us to (P84, RT21).

    `what` says which data, naming nobody; `kind` and `object_id` say of which row. Raises `RecipientRefused` without
    the law or the ruling, and for a moment that is still to come.
    """
    if not legal_reference.strip():
        raise RecipientRefused("legal_reference", _("Without a law or a ruling nothing goes to anybody."))
    if disclosed_at > now:
        raise RecipientRefused("disclosed_at", _("This moment is still to come."))
    disclosure = LegalDisclosure.objects.create(
        disclosed_at=disclosed_at,
        authority=authority,
        legal_reference=legal_reference,
        what=what,
        kind=kind,
        object_id=object_id,
        decided_by_id=decided_by_id,
    )
    ledger.record("disclosed_by_law", now=now, kind=kind, count=1, reason="legal_duty")
    return disclosure
