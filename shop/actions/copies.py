"""The order's own copies of its photos: orders outlive photos, but not the masking of one they were not made from yet.

The bytes are written before the order exists, each file registered first, and attached in the order's own transaction:
an order that is not placed leaves nothing but orphans, which are doomed at once and otherwise go with the night.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from galleries.jpeg import JpegError, strip_metadata
from galleries.models import Photo, RemovalCase
from privacy import files, holds, ledger
from privacy.models import StoredObject

from ..errors import ShopError
from ..models import Order, OrderFile
from ..querysets import OrderFileQuerySet

FOLDER = "ordered"
COPY_OUTDATED = gettext_lazy(
    "A photo of this order was changed at somebody’s request, and the order’s own copy is not made anew yet. "
    "Try again in ten minutes; ask the privacy owner when it stays like this."
)


class PhotoGone(ShopError):
    """A photo went while its order was being placed."""


@contextmanager
def copied_originals(photos: Sequence[Photo], *, now: datetime) -> Iterator[list[StoredObject]]:
    """A registered file per photo with the original's pixels and without its metadata, in the order of the photos.

    Runs outside any transaction. What the caller has not attached by the end is doomed. Raises PhotoGone.
    """
    stored = files.register([files.new_name(FOLDER, ".jpg") for _photo in photos], now=now)
    try:
        for photo, copy in zip(photos, stored, strict=True):
            files.store.save(copy.name, ContentFile(_clean_original(photo)))
        yield stored
    finally:
        with transaction.atomic():
            ids = [copy.pk for copy in stored]
            unused = StoredObject.objects.filter(pk__in=ids, attached_at__isnull=True)
            files.doom(list(unused.values_list("pk", flat=True)), now=now)


def outdated_copies() -> OrderFileQuerySet:
    """Copies older than the file that took the place of their photo at somebody's request, in orders nobody has begun
    to make: what was masked is not printed as it was (A7). A file that was paid, and so delivered, after its photo was
    changed is not downloaded as it was either."""
    other_file = RemovalCase.objects.filter(
        photo__public_id=OuterRef("line__photo_ref"),
        decision__in=[RemovalCase.Decision.MASKED, RemovalCase.Decision.REPLACED],
        closed_at__gt=OuterRef("stored__created_at"),
    )
    before_payment = Exists(other_file.filter(closed_at__lte=OuterRef("kept_from")))
    in_time = Q(line__order__in=Order.objects.not_begun()) | Q(before_payment, purpose=OrderFile.Purpose.DOWNLOAD)
    return OrderFile.objects.filter(in_time, Exists(other_file))


def renew_copy(*, file_id: int, now: datetime) -> bool:
    """Make an outdated copy anew from its photo as it is now (A7); whether it was, and not by another job before.

    What a legal hold or a restriction keeps stays as it is, and its order is not made (`moves.move_order`). Runs
    outside any transaction.
    """
    file = outdated_copies().select_related("line").filter(pk=file_id).first()
    if file is None or holds.any_excepted(OrderFile, [file_id], now=now):
        return False
    photo = Photo.objects.select_related("original").filter(public_id=str(file.line.photo_ref)).first()
    if photo is None:
        return False
    try:
        with copied_originals([photo], now=now) as copies, transaction.atomic():
            return _put_in_place(file, copies[0], photo, now=now)
    except PhotoGone:
        return False


def _put_in_place(file: OrderFile, copy: StoredObject, photo: Photo, *, now: datetime) -> bool:
    """Let the order hold this copy instead of its own, if nobody made or changed it meanwhile."""
    holds.freeze_exceptions()
    # The lock of who moves the order; then that of who masks the photo once more.
    list(Order.objects.select_for_update().filter(pk=file.line.order_id))
    same_photo = Photo.objects.select_for_update().filter(pk=photo.pk, original=photo.original_id)
    same_file = outdated_copies().filter(pk=file.pk, stored=file.stored_id)
    if not same_photo or not same_file.exists() or holds.any_excepted(OrderFile, [file.pk], now=now):
        return False
    files.attach([copy.pk], now=now)
    OrderFile.objects.filter(pk=file.pk).update(stored=copy)
    files.doom([file.stored_id], now=now)
    ledger.record("replaced", now=now, kind="shop.orderfile", count=1, reason="removal_request", ids=[file.pk])
    return True


def _clean_original(photo: Photo) -> bytes:
    try:
        with files.store.open(photo.original.name) as original:
            return strip_metadata(original.read())
    except (FileNotFoundError, JpegError) as error:
        raise PhotoGone(
            _("A photo in your basket is no longer online. Take it out of the basket and order again.")
        ) from error
