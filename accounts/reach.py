"""Whether advertising may go to somebody, asked when it is written and again when it is sent (P64-P66)."""

from collections.abc import Collection
from datetime import datetime

from .mailboxes import mailbox_digests
from .models import Relation, Suppression


def may_be_mailed(relation_id: int, now: datetime) -> bool:
    """Whether this relation still is one we may mail: it stands, has its evidence, and nobody objected."""
    relation = Relation.objects.mailable(now).filter(pk=relation_id).first()
    return relation is not None and not wants_no_mail([relation.email])


def wants_no_mail(emails: Collection[str]) -> set[str]:
    """Which of these addresses stand on the suppression list; a query for each five hundred of them."""
    listed = list(emails)
    return {email for start in range(0, len(listed), 500) for email in _objected(listed[start : start + 500])}


def _objected(emails: list[str]) -> set[str]:
    digests = {digest: email for email in emails for digest in mailbox_digests(email)}
    found = Suppression.objects.standing().filter(channel=Suppression.Channel.MAIL, digest__in=digests)
    return {digests[digest] for digest in found.values_list("digest", flat=True)}
