"""Another file in the place of a photo's own: the masked one, or one that staff made. The bytes that were there go."""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from galleries.intake import REASONS
from galleries.models import Photo, Rendition, Tombstone
from galleries.render_pool import RenderPool
from galleries.renditions import Refusal, Renditions
from privacy import files, ledger
from privacy.models import StoredObject

from .shown import bump_revision
from .storing import digest_of, known_by


class SwapRefused(Exception):
    """The photo stays as it was. `message` says why."""

    message: object = _("This file cannot take the place of the photo.")


class FileRefused(SwapRefused):
    """The file is no photo a camera makes, or none we can open safely."""

    def __init__(self, refusal: Refusal) -> None:
        self.message = _("This file cannot be used: %(reason)s.") % {"reason": REASONS[refusal]}
        super().__init__(refusal.value)


class FileKnown(SwapRefused):
    """The assignment has this very file as a photo, or had it until it was deleted."""

    message = _("This assignment has, or had, exactly this file. Choose a changed one.")


class PhotoChanged(SwapRefused):
    """Somebody else changed the photo meanwhile."""

    message = _("Somebody else changed this photo just now. Look again.")


def rendered(data: bytes) -> Renditions:
    """Thumbnail and preview of a file, made by a process of its own that may not use more memory or time than a photo
    needs. Raises `FileRefused`."""
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        file.write(data)
        file.flush()
        with RenderPool(jobs=1, watermark=settings.STUDIO_NAME) as pool:
            made = pool.submit(Path(file.name)).result()
    if isinstance(made, Refusal):
        raise FileRefused(made)
    return made


def put_in_place(
    photo: Photo, *, data: bytes, made: Renditions, stored: list[StoredObject], reason: str, now: datetime
) -> None:
    """Let the stored files be those of `photo`, which the caller has locked, and doom those it had (P23).

    Its former file leaves a tombstone, so that no import brings it back. Raises `FileKnown`.
    """
    assignment_id, sha256 = photo.assignment_id, hashlib.sha256(data).digest()
    known = known_by(assignment_id, sha256)
    for model in (Photo, Tombstone):
        if model._base_manager.filter(assignment=assignment_id, content_digest__in=known).exists():
            raise FileKnown
    renditions = Rendition.objects.filter(photo=photo)
    doomed = [photo.original_id, *renditions.values_list("stored_id", flat=True)]
    files.attach([one.pk for one in stored], now=now)
    Photo.objects.filter(pk=photo.pk).update(
        original=stored[0],
        thumbnail_name=stored[1].name,
        preview_name=stored[2].name,
        width=made.width,
        height=made.height,
        content_digest=digest_of(assignment_id, sha256),
    )
    for kind, one in zip((Rendition.Kind.THUMBNAIL, Rendition.Kind.PREVIEW), stored[1:], strict=True):
        renditions.filter(kind=kind).update(stored=one)
    Tombstone.objects.get_or_create(assignment_id=assignment_id, content_digest=photo.content_digest)
    files.doom(doomed, now=now)
    bump_revision(assignment_ids=[assignment_id])
    ledger.record("replaced", now=now, kind="galleries.photo", count=1, reason=reason, ids=[photo.pk])
