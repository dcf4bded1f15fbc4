"""What the tests of removal requests share: photos with bytes, and what staff do with a request."""

import io
from datetime import timedelta
from typing import Any

from PIL import Image

from galleries.masking import Box
from galleries.models import Photo
from privacy.models import Hold

from .studio import NOW, Studio

BOX = Box(left=0, top=0, width=50, height=50)


def jpeg(seed: int = 0) -> bytes:
    out = io.BytesIO()
    picture = Image.effect_noise((96, 64), 60 + seed).convert("RGB")
    picture.save(out, "JPEG", quality=92, comment=b"NEEDLE")
    return out.getvalue()


CAMERA = jpeg()
OTHER = jpeg(30)


def who(studio: Studio, **more: Any) -> dict[str, Any]:
    return {"explanation": "", "by": studio.staff, "now": NOW, **more}


def hold(photo: Photo, studio: Studio) -> None:
    Hold.objects.create(
        kind="galleries.photo",
        object_id=photo.pk,
        reason="claim 7",
        owner=studio.staff,
        until=NOW + timedelta(days=9),
        created_at=NOW,
    )
