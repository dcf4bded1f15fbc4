"""Named filters over relations and objections. They take the time as an argument and never write."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, QuerySet

from common.periods import Bound, cutoff, day_start
from privacy.models import Restriction

from . import relation_terms
from .mailboxes import PostalAddress, mailbox_digests, post_digests
from .models.users import User

if TYPE_CHECKING:
    from .models import Relation, RelationEvidence, Suppression  # noqa: F401

ONE_DAY = timedelta(days=1)


class RelationQuerySet(QuerySet["Relation"]):
    def alive(self, now: datetime) -> Self:
        """Relations within 24 months of their last order: past that they are out of sight at once (RT14)."""
        return self.filter(last_order_at__gt=cutoff(now, relation_terms.RELATION, Bound.AT_MOST))

    def unrestricted(self) -> Self:
        """Those nobody restricted (art. 18 GDPR)."""
        laid = Restriction.objects.filter(kind="accounts.relation", lifted_at__isnull=True, object_id=OuterRef("pk"))
        return self.exclude(Exists(laid))

    def mailable(self, now: datetime) -> Self:
        """Those that may get advertising by mail at `now`: within their term, unrestricted, with the evidence of L19,
        and not a mailbox that mail came back from. Objections are asked beside this: the list knows digests only."""
        proven = self.model.objects.filter(evidence__isnull=False).values("pk")
        # The account of that address is left alone, or the relation: either way nothing is sent (P88).
        left_alone = User.objects.restricted().values("email")
        rows = self.alive(now).unrestricted().exclude(email__in=left_alone)
        return rows.filter(undeliverable_at__isnull=True, pk__in=proven)

    def selected(self, *, ordered_from: date | None, ordered_until: date | None, postcode_starts: str) -> Self:
        """Those whose last order was on these days, both included, at a postcode that begins like this (P62)."""
        rows = self.filter(postcode__startswith=postcode_starts) if postcode_starts else self
        if ordered_from:
            rows = rows.filter(last_order_at__gte=day_start(ordered_from))
        return rows.filter(last_order_at__lt=day_start(ordered_until + ONE_DAY)) if ordered_until else rows


class EvidenceQuerySet(QuerySet["RelationEvidence"]):
    def within_term(self, now: datetime) -> Self:
        """Evidence of living relations, and of those that ended less than twelve months ago (RT20)."""
        return self.exclude(ended_at__lte=cutoff(now, relation_terms.EVIDENCE, Bound.AT_MOST))


class SuppressionQuerySet(QuerySet["Suppression"]):
    def standing(self) -> Self:
        """Objections nobody took back."""
        return self.filter(withdrawn_at__isnull=True)

    def of_mailboxes(self, emails: Iterable[str]) -> Self:
        """Those about these e-mail addresses, whichever key made their digest."""
        return self.filter(channel="mail", digest__in=[each for email in emails for each in mailbox_digests(email)])

    def of_house(self, address: PostalAddress) -> Self:
        """Those about this postal address, whichever key made their digest."""
        return self.filter(channel="post", digest__in=post_digests(address))

    def to_review(self, now: datetime) -> Self:
        """Those nobody looked at for a year (RT33)."""
        return self.standing().filter(reviewed_at__lte=cutoff(now, relation_terms.REVIEW, Bound.AT_MOST))
