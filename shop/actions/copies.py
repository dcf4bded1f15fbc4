"""The order's own copies of its photos: orders outlive photos.

The bytes are written before the order exists, each file registered first, and attached in the order's own transaction:
an order that is not placed leaves nothing but orphans, which are doomed at once and otherwise go with the night.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from galleries.jpeg import JpegError, strip_metadata
from privacy import files
from privacy.models import StoredObject

from ..basket import BasketLine
from ..errors import ShopError

FOLDER = "ordered"


class PhotoGone(ShopError):
    """A photo went while its order was being placed."""


@contextmanager
def copied_originals(lines: Sequence[BasketLine], *, now: datetime) -> Iterator[list[StoredObject]]:
    """A registered file per line with the original's pixels and without its metadata, in the order of the lines.

    Runs outside any transaction. What the caller has not attached by the end is doomed. Raises PhotoGone.
    """
    stored = files.register([files.new_name(FOLDER, ".jpg") for _line in lines], now=now)
    try:
        for line, copy in zip(lines, stored, strict=True):
            files.store.save(copy.name, ContentFile(_clean_original(line)))
        yield stored
    finally:
        with transaction.atomic():
            ids = [copy.pk for copy in stored]
            unused = StoredObject.objects.filter(pk__in=ids, attached_at__isnull=True)
            files.doom(list(unused.values_list("pk", flat=True)), now=now)


def _clean_original(line: BasketLine) -> bytes:
    try:
        with files.store.open(line.row.photo.original.name) as original:
            return strip_metadata(original.read())
    except (FileNotFoundError, JpegError) as error:
        raise PhotoGone(
            _("A photo in your basket is no longer online. Take it out of the basket and order again.")
        ) from error
