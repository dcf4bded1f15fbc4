"""A complaint from the page of an order: what is wrong, with which line, and a photo of it (P74)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from privacy import files
from privacy.models import StoredObject
from shop.models import Order

from ..models import Channel, Complaint
from .cases import open_complaint

FOLDER = "complaint"


def complain_about_order(
    *,
    form_token: UUID,
    order: Order,
    line_id: int | None,
    reason: str,
    text: str,
    picture: bytes | None,
    language: str,
    now: datetime,
) -> Complaint:
    """Open a case about an order, by reference, with its photo in private storage, and confirm it to the buyer (P76).

    The same form twice is one case. `picture` is a cleaned JPEG. Runs outside any transaction: its file is registered
    in one of its own, and doomed when no case came of it.
    """
    earlier = Complaint.objects.filter(form_token=form_token).first()
    if earlier is not None:
        return earlier
    with _stored(picture, now=now) as stored, transaction.atomic():
        complaint = open_complaint(
            form_token=form_token,
            channel=Channel.ORDER,
            name=order.name,
            email=order.email,
            text=text,
            language=language,
            submitted_at=now,
            order_id=order.pk,
            line_id=line_id,
            reason=reason,
            picture_id=stored.pk if stored else None,
            now=now,
        )
        if stored and complaint.picture_id == stored.pk:
            files.attach([stored.pk], now=now)
    return complaint


@contextmanager
def _stored(picture: bytes | None, *, now: datetime) -> Iterator[StoredObject | None]:
    if picture is None:
        yield None
        return
    (stored,) = files.register([files.new_name(FOLDER, ".jpg")], now=now)
    try:
        files.store.save(stored.name, ContentFile(picture))
        yield stored
    finally:
        with transaction.atomic():
            unused = StoredObject.objects.filter(pk=stored.pk, attached_at__isnull=True)
            files.doom(list(unused.values_list("pk", flat=True)), now=now)
