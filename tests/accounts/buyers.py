"""Somebody who bought, for tests of relations: a relation as a sale leaves it, and the link in a message to it."""

from datetime import datetime
from typing import Any

from accounts.actions import Sale, note_sale
from accounts.mailboxes import PostalAddress
from accounts.models import Relation
from accounts.unsubscribe import unsubscribe_url
from privacy.documents import MARKETING_VERSION
from tests.galleries.studio import NOW

EMAIL = "sanne@example.org"
HOUSE = PostalAddress(street="Kerkstraat 5", postcode="3241 AB", city="Middelharnis")


def sale(number: str = "JK-1", **said: Any) -> Sale:
    facts = {
        "order_number": number,
        "ordered_at": NOW,
        "wording": MARKETING_VERSION,
        "email": EMAIL,
        "name": "Sanne de Vries",
        "address": HOUSE,
        "language": "nl",
    }
    return Sale(**(facts | said))


def bought(number: str = "JK-1", *, now: datetime = NOW, **said: Any) -> Relation:
    """The relation a sale makes."""
    relation = note_sale(sale=sale(number, **{"ordered_at": now, **said}), now=now)
    assert relation is not None
    return relation


def link_of(relation: Relation) -> str:
    """The path of the link in a message to this relation."""
    return unsubscribe_url(relation).removeprefix("http://testserver")
