"""Every write about relations: a sale makes one, and it ends with its term or an objection."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from privacy import erasure
from privacy.models import OutgoingMail

from ..mailboxes import PostalAddress, mailbox, mailbox_digest
from ..models import Relation, RelationEvidence, Suppression
from ..reach import wants_no_mail
from .objections import object_to_marketing


@dataclass(frozen=True, kw_only=True)
class Sale:
    """What a sale tells about who bought. `wording` is the version of the words at the order that said what happens and
    offered to refuse; "" when nothing was said."""

    order_number: str
    ordered_at: datetime
    wording: str
    email: str
    name: str
    address: PostalAddress
    language: str


@transaction.atomic
def note_sale(*, sale: Sale, now: datetime) -> Relation | None:
    """Make or refresh the relation of who bought, with the evidence that we may write to them (P62, P64, L19).

    None, and nothing kept, when the words of the opt-out were not shown, or the mailbox is on the suppression list: a
    box left unticked later takes no objection back (P65, RT33). A restricted relation is left as it is (P88). The same
    sale twice is one piece of evidence.
    """
    if not sale.wording or wants_no_mail([mailbox(sale.email)]):
        return None
    relation, _is_new = Relation.objects.get_or_create(
        email=mailbox(sale.email),
        defaults={
            "mailbox_digest": mailbox_digest(sale.email),
            "created_at": now,
            "last_order_at": sale.ordered_at,
            **_facts(sale),
        },
    )
    row = Relation.objects.unrestricted().filter(pk=relation.pk)
    if not row.exists():
        return None
    # A payment may come in late: the newest order says where somebody lives.
    row.filter(last_order_at__lte=sale.ordered_at).update(last_order_at=sale.ordered_at, **_facts(sale))
    RelationEvidence.objects.get_or_create(
        order_number=sale.order_number,
        defaults={
            "relation": relation,
            "mailbox_digest": relation.mailbox_digest,
            "ordered_at": sale.ordered_at,
            "wording": sale.wording,
        },
    )
    relation.refresh_from_db()
    return relation


@transaction.atomic
def correct_sale(*, sale: Sale, was: str, now: datetime) -> None:
    """What was typed at an order was corrected: the relation it made says so too (P86). `was` is the mailbox it had.

    Nothing when the order made no relation, a newer one says where they live, or a restriction is on it (P88). With the
    same mailbox the evidence stays as it was; another one takes it over.
    """
    if mailbox(was) != mailbox(sale.email):
        _move_sale(sale, was=was, now=now)
        return
    newest = Relation.objects.unrestricted().filter(
        evidence__order_number=sale.order_number, email=mailbox(sale.email), last_order_at=sale.ordered_at
    )
    Relation.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).update(**_facts(sale))


def _move_sale(sale: Sale, *, was: str, now: datetime) -> None:
    """The old mailbox is not where this buyer reads: the sale no longer proves that we may write there, and a relation
    it alone made is forgotten. Who objected there objected as this buyer, so the new mailbox gets nothing either."""
    standing = Suppression.objects.standing().of_mailboxes([was]).first()
    if standing is not None:
        object_to_marketing(email=sale.email, reason=Suppression.Reason(standing.reason), now=now)
    evidence = RelationEvidence.objects.filter(order_number=sale.order_number).select_related("relation").first()
    if evidence is None or evidence.relation is None:
        # It made none, or one that ended: what was sent until then keeps its proof.
        return
    relation = evidence.relation
    erasure.erase(RelationEvidence, [evidence.pk], reason="rectified", now=now)
    is_free = Relation.objects.unrestricted().filter(pk=relation.pk).exists()
    left = RelationEvidence.objects.filter(relation=relation).order_by("-ordered_at").first()
    if left is not None:
        Relation.objects.filter(pk=relation.pk).update(last_order_at=left.ordered_at)
    else:
        # One that a hold or a restriction keeps is stored without evidence, and so gets nothing.
        with suppress(erasure.Held):
            erasure.erase(Relation, [relation.pk], reason="rectified", now=now)
    if is_free:
        note_sale(sale=sale, now=now)


def _facts(sale: Sale) -> dict[str, str]:
    """Name and address; a house that wants no post leaves no address (A25)."""
    address = sale.address
    if Suppression.objects.standing().of_house(address).exists():
        address = PostalAddress(street="", postcode="", city="", country="")
    return {
        "name": sale.name,
        "street": address.street,
        "postcode": address.postcode,
        "city": address.city,
        "country": address.country,
        "language": sale.language,
    }


def erase_relations(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """The erasure of relations: the advertising written to them goes too, sent or waiting, and the twelve months of
    their evidence begin (RT14, RT20)."""
    RelationEvidence.objects.filter(relation__in=ids).update(ended_at=now)
    mails = OutgoingMail.objects.filter(about_kind="accounts.relation", about_id__in=ids)
    written = list(mails.values_list("pk", flat=True))
    count = erasure.erase_rows(Relation, ids, reason=reason, rule=rule, now=now)
    if written:
        erasure.erase(OutgoingMail, written, reason=reason, rule=rule, now=now)
    return count
