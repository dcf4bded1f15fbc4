"""Portraits deleted by who holds a code for them: at once, for good, and for every holder of a code (P32, A40)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from galleries.models import Photo
from privacy import erasure, ledger
from privacy.mail import queue_mail


class DeletionRefused(Exception):
    """The portraits were not deleted, none of them. `message` says why and what to do."""

    message = _("These photos cannot be deleted.")


class NothingToDelete(DeletionRefused):
    """None of them is there any more."""

    message = _("These photos were gone already.")


class MustStay(DeletionRefused):
    """A legal hold or a restriction keeps one of them (A18, art. 18 GDPR)."""

    message = _(
        "We cannot delete this now: we have to keep one of these photos a while longer for a legal reason. "
        "Nothing was deleted. Ask us what the reason is and how long it lasts."
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a deletion: the number of its entry in the ledger, the moment, and how many photos went."""

    number: int
    at: datetime
    count: int


@transaction.atomic
def delete_portraits(
    *, subject_id: int, photo_ids: Collection[int], email: str, language: str, now: datetime
) -> Receipt:
    """Erase these portraits of one subject, their files and their places in baskets, for everybody (P22, P23, P32).

    Ids of anything else, a group photo (A7) or another subject's portrait, are passed over. With an address a receipt
    is mailed in `language`; the address is kept in that message only. Raises `NothingToDelete` and `MustStay`.
    """
    portraits = Photo.objects.visible(now).filter(subject_id=subject_id, pk__in=photo_ids)
    ids = list(portraits.order_by("pk").values_list("pk", flat=True))
    try:
        count = erasure.erase(Photo, ids, reason="self_service", now=now)
    except erasure.Held as held:
        raise MustStay from held
    if not count:
        raise NothingToDelete
    entry = ledger.record("receipt", now=now, kind="galleries.photo", count=count, reason="self_service", ids=ids)
    receipt = Receipt(number=entry.pk, at=now, count=count)
    if email:
        queue_mail(
            kind="galleries.deleted",
            to=email,
            template="galleries/deleted",
            context={"receipt": receipt},
            language=language,
            now=now,
        )
    return receipt
