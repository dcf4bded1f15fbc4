"""Consents: given to stated words, withdrawn as easily, and proven afterwards (art. 7 GDPR)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from privacy import ledger
from privacy.models import Consent


@transaction.atomic
def give_consent(
    *,
    kind: str,
    wording: str,
    about_kind: str,
    about_id: UUID,
    capacity: str | None,
    ends_at: datetime | None,
    now: datetime,
) -> Consent:
    """Record that somebody agreed, to which version of the words and as whom (P29, P30, A8).

    `capacity` is None where nobody else can be meant: an account, a review. `ends_at` is when what they agreed to ends
    by itself, None when that is only when they withdraw it; twelve months later the record goes (RT20).
    """
    consent = Consent.objects.create(
        kind=kind,
        wording=wording,
        about_kind=about_kind,
        about_id=about_id,
        capacity="" if capacity is None else Consent.Capacity(capacity),
        given_at=now,
        ends_at=ends_at,
    )
    ledger.record("consent_given", now=now, kind="privacy.consent", count=1, reason=kind, ids=[consent.public_id])
    return consent


@transaction.atomic
def withdraw_consents(*, ids: Collection[int], now: datetime) -> int:
    """End these consents at the wish of who gave them; what was done before stays lawful (P31). How many ended now."""
    standing = Consent.objects.filter(_not_over(now), pk__in=ids, withdrawn_at__isnull=True)
    found = list(standing.values_list("pk", "public_id", "kind"))
    Consent.objects.filter(pk__in=[row[0] for row in found]).update(withdrawn_at=now, ends_at=now)
    for _pk, public_id, kind in found:
        ledger.record("consent_withdrawn", now=now, kind="privacy.consent", count=1, reason=kind, ids=[public_id])
    return len(found)


def end_consents(*, ids: Collection[int], now: datetime) -> None:
    """What these consents were about is gone: their proof is kept twelve months from now (RT20)."""
    Consent.objects.filter(_not_over(now), pk__in=ids).update(ends_at=now)


def _not_over(now: datetime) -> Q:
    return Q(ends_at__isnull=True) | Q(ends_at__gt=now)
