"""What follows for galleries and baskets while somebody asked us to take a photo away (A7): the code that asked no
longer shows it, and nobody can order it. Pieces of queries; nothing here writes."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef

from .models import HiddenPhoto, Photo, RemovalCase
from .querysets import PhotoQuerySet


def is_withheld(photo: OuterRef) -> Exists:
    """Whether a request about this photo waits for our decision: until then nobody can order it."""
    return Exists(RemovalCase.objects.open().filter(photo=photo))


def is_hidden(photo: OuterRef, *, code: "OuterRef | F | int") -> Exists:
    """Whether the holder of this code asked us to take the photo away."""
    return Exists(HiddenPhoto.objects.filter(photo=photo, code=code))


def opened_by_code(*, code_id: int, subject_id: int, group_id: int | None, now: datetime) -> PhotoQuerySet:
    """What a code opens at this moment: its portraits and its group's photos, but those its holder asked away (P36)."""
    photos = Photo.objects.visible(now).opened_by(subject_id=subject_id, group_id=group_id)
    return photos.filter(~is_hidden(OuterRef("pk"), code=code_id))


def can_be_ordered(photo_id: int) -> bool:
    """Whether no request about this photo waits."""
    return not RemovalCase.objects.open().filter(photo=photo_id).exists()
