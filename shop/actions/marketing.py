"""What an order means for advertising: a refusal counts at once, a sale makes a relation (P62, P65)."""

from datetime import datetime

from accounts.actions import Sale, correct_sale, note_sale, object_to_marketing
from accounts.mailboxes import PostalAddress
from accounts.models import Suppression
from privacy.models import Restriction

from ..models import Order


def note_refusal(order: Order, *, now: datetime) -> None:
    """Somebody ticked that they want no advertising: for good, whether they pay or not (P65, A25)."""
    if order.refused_marketing:
        object_to_marketing(email=order.email, address=_house(order), reason=Suppression.Reason.ORDER, now=now)


def note_buyer(order: Order, *, now: datetime) -> None:
    """A paid order is a sale, which the law asks for (L19): who bought becomes a relation, unless they refused.

    An order under a restriction is stored and used for nothing (P88).
    """
    is_restricted = Restriction.objects.filter(kind="shop.order", object_id=order.pk, lifted_at__isnull=True).exists()
    if order.refused_marketing or is_restricted:
        return
    note_sale(sale=_sale(order), now=now)


def note_correction(order: Order, *, was: str, now: datetime) -> None:
    """Name or address of an order was corrected: the relation it made follows, and so does a refusal (P65, P86). `was`
    is the mailbox it had."""
    note_refusal(order, now=now)
    correct_sale(sale=_sale(order), was=was, now=now)


def _sale(order: Order) -> Sale:
    return Sale(
        order_number=order.number,
        ordered_at=order.placed_at,
        wording=order.marketing_wording,
        email=order.email,
        name=order.name,
        address=_house(order),
        language=order.language,
    )


def _house(order: Order) -> PostalAddress:
    return PostalAddress(street=order.street, postcode=order.postcode, city=order.city, country=order.country)
