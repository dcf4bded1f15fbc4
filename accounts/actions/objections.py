"""Every write about who wants no advertising, however they say so (P65, P66, P90)."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from privacy import erasure, ledger
from privacy.people import Person

from ..mailboxes import PostalAddress, mailbox, mailbox_digest, post_digests
from ..models import Relation, Suppression
from ..relation_querysets import SuppressionQuerySet
from .idle import note_reminder_bounced

Reason = Suppression.Reason
Channel = Suppression.Channel


@transaction.atomic
def object_to_marketing(*, email: str, reason: Reason, now: datetime, address: PostalAddress | None = None) -> bool:
    """Never again send advertising to this mailbox, nor post to its house, and forget the relation (P65, P90, A25).

    Holds for the address of a relation too when no `address` is given. Whether this mailbox had not objected before.
    """
    relations = Relation.objects.select_for_update().filter(email=mailbox(email))
    houses = [address] if address else [house_of(relation) for relation in relations]
    standing = Suppression.objects.standing()
    is_new = not standing.of_mailboxes([email]).exists()
    if is_new:
        _suppress(Channel.MAIL, mailbox_digest(email), reason, now=now)
    _close(houses, relations, reason, now=now)
    return is_new


def stop_for_person(person: Person, now: datetime) -> bool:
    """Stop all advertising to the address somebody proved, or gave with an objection; whether there was one (P90)."""
    return bool(person.email) and object_to_marketing(email=person.email, reason=Reason.REQUEST, now=now)


@transaction.atomic
def unsubscribe(*, mailbox_digest: str, now: datetime) -> bool:
    """What the link in a message does: an objection by who reads that mailbox, for mail and post (P66, L20).

    Works as long as the digest's key is kept, also when the relation is long gone. Whether it was not one before.
    """
    relations = Relation.objects.select_for_update().filter(mailbox_digest=mailbox_digest)
    is_new = not Suppression.objects.standing().filter(digest=mailbox_digest).exists()
    if is_new:
        _suppress(Channel.MAIL, mailbox_digest, Reason.LINK, now=now)
    _close([house_of(relation) for relation in relations], relations, Reason.LINK, now=now)
    return is_new


@transaction.atomic
def withdraw_objection(*, email: str, address: PostalAddress | None = None, now: datetime) -> int:
    """Take objections back because the person asks for it in so many words (RT33); how many. They go the night after,
    and count no more from now on. Nobody becomes a relation by it: the next order makes one."""
    rows = Suppression.objects.standing().of_mailboxes([email])
    count = _withdraw(rows, now=now)
    return count + (_withdraw(Suppression.objects.standing().of_house(address), now=now) if address else 0)


@transaction.atomic
def review_objections(*, now: datetime) -> int:
    """Record that the privacy owner looked at the suppression list and it is still needed (RT33); how many rows."""
    rows = Suppression.objects.standing()
    count = rows.update(reviewed_at=now)
    ledger.record("suppressions_reviewed", now=now, kind="accounts.suppression", count=count, reason="privacy_owner")
    return count


@transaction.atomic
def note_bounce(*, email: str, now: datetime) -> bool:
    """Mail to this address came back for good: no advertising goes there any more, and a reminder that was on its way
    there counts as sent (A15). Whether a relation has it."""
    note_reminder_bounced(email=email, now=now)
    rows = Relation.objects.filter(email=mailbox(email), undeliverable_at__isnull=True)
    return rows.update(undeliverable_at=now) > 0


def house_of(relation: Relation) -> PostalAddress:
    """Where post to a relation would go."""
    return PostalAddress(
        street=relation.street, postcode=relation.postcode, city=relation.city, country=relation.country
    )


def _suppress(channel: Channel, digest: str, reason: Reason, *, now: datetime) -> None:
    row, is_new = Suppression.objects.get_or_create(
        digest=digest, defaults={"channel": channel, "reason": reason, "created_at": now, "reviewed_at": now}
    )
    if not is_new:
        # One that was taken back, and that no night removed yet.
        Suppression.objects.filter(pk=row.pk).update(reason=reason, created_at=now, reviewed_at=now, withdrawn_at=None)
    _record("objection", reason, [digest], now=now)


def _close(houses: list[PostalAddress], relations: "QuerySet[Relation]", reason: Reason, *, now: datetime) -> None:
    for house in houses:
        digests = post_digests(house)
        if digests and not Suppression.objects.standing().of_house(house).exists():
            _suppress(Channel.POST, digests[0], reason, now=now)
    try:
        erasure.erase(Relation, [relation.pk for relation in relations], reason="objection", now=now)
    except erasure.Held:
        # Stored, as the hold or the restriction asks, and out of reach: the list is asked before anything is sent.
        return


def _withdraw(rows: SuppressionQuerySet, *, now: datetime) -> int:
    digests = list(rows.values_list("digest", flat=True))
    rows.update(withdrawn_at=now)
    if digests:
        _record("objection_withdrawn", "request", digests, now=now)
    return len(digests)


def _record(event: str, reason: str, digests: list[str], *, now: datetime) -> None:
    ledger.record(event, now=now, kind="accounts.suppression", count=len(digests), reason=reason, ids=digests)
