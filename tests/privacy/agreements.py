"""Agreements with who prints and who sends, for tests in which orders leave the house."""

from datetime import date, datetime, timedelta

from common.periods import local_date
from privacy.actions.recipients import RecipientFacts, save_recipient
from privacy.declarations import Recipient
from privacy.models import DataRecipient

KINDS = (Recipient.HOST, Recipient.MAIL_PROVIDER, Recipient.PRINT_LAB, Recipient.CARRIER)


def facts(*, category: Recipient = Recipient.PRINT_LAB, day: date, **more: object) -> RecipientFacts:
    """A company with an agreement without an end, made on `day`."""
    values: dict[str, object] = {
        "name": f"Company {category}",
        "category": category,
        "capacity": DataRecipient.Capacity.PROCESSOR,
        "task_nl": "doet iets",
        "task_en": "does something",
        "country": "Nederland",
        "begins_on": day,
        "agreement_reference": "VO-1",
        "agreed_on": day,
    }
    return RecipientFacts(**{**values, **more})  # type: ignore[arg-type]


def agree_with_all(*, now: datetime) -> None:
    """One company of every kind that data leaves to, with an agreement that began long ago."""
    day = local_date(now - timedelta(days=1000))
    for kind in KINDS:
        save_recipient(facts=facts(category=kind, day=day), now=now)
