"""The wall of photos behind one code, as HTML.

Sixty tiles are joined here in Python, from plain rows: a template tag, a translation or a URL look-up per tile would
cost more than the rest of the page. What is joined is kept for the few minutes in which its addresses stay the same.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.core.cache import caches
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from .access import OpenCode
from .proofs import BUCKET_SECONDS, bucket_end, signed_path
from .querysets import PhotoQuerySet
from .terms import last_day
from .withholding import opened_by_code

THUMBNAIL_EDGE = 400
# As many as a large screen shows at once; the rest loads when it comes near.
EAGER_TILES = 8

# What a tile needs of a photo: public id, group, thumbnail, width, height, end (whatever is visible has one), key.
Row = tuple[UUID, int | None, str, int, int, datetime, int]


@dataclass(frozen=True, slots=True)
class Stay:
    """The last day of the first and of the last photo to leave; the same day when all leave together."""

    first: date
    last: date


def photos_of(code: OpenCode, *, now: datetime) -> PhotoQuerySet:
    """What the code opens at this moment."""
    return opened_by_code(code_id=code.id, subject_id=code.subject_id, group_id=code.group_id, now=now)


def wall_html(code: OpenCode, *, viewer: str, now: datetime) -> SafeString:
    """The wall for one browser: from the cache of this process, or made now with one query."""
    key = f"wall:{code.id}:{code.revision}:{viewer}:{get_language()}:{bucket_end(now)}"
    fragments = caches["fragments"]
    kept: tuple[float, str] | None = None if code.restrictions else fragments.get(key)
    if kept and now.timestamp() < kept[0]:
        return mark_safe(kept[1])  # noqa: S308  (made below, escaped there)
    rows = _rows(code, now=now)
    html = _render(code, rows, viewer=viewer, now=now)
    until = min([bucket_end(now) + 1.0 - BUCKET_SECONDS, *(row[5].timestamp() for row in rows)])
    if not code.restrictions:
        fragments.set(key, (until, str(html)), timeout=max(1, int(until - now.timestamp())))
    return html


def _rows(code: OpenCode, *, now: datetime) -> list[Row]:
    rows = photos_of(code, now=now).values_list(
        "public_id", "group_id", "thumbnail_name", "width", "height", "expires_at", "pk"
    )
    # Portraits first, then the photos of the group, each in the order of the shoot.
    return sorted(cast("list[Row]", list(rows)), key=lambda row: (row[1] is not None, row[6]))


def _render(code: OpenCode, rows: list[Row], *, viewer: str, now: datetime) -> SafeString:
    tiles = _tiles(code, rows, viewer=viewer, now=now)
    portraits = sum(1 for row in rows if row[1] is None)
    ends = [row[5] for row in rows]
    context = {
        "code": code,
        "stay": Stay(last_day(min(ends)), last_day(max(ends))) if ends else None,
        "portraits": mark_safe("".join(tiles[:portraits])),  # noqa: S308  (escaped in _tiles)
        "group_photos": mark_safe("".join(tiles[portraits:])),  # noqa: S308
    }
    return render_to_string("galleries/_wall.html", context)


def _tiles(code: OpenCode, rows: list[Row], *, viewer: str, now: datetime) -> list[str]:
    """The tiles, in the markup of `static/css/photos.css`. Names and ids are ours: only the sentence needs escaping."""
    prefix = reverse("galleries:gallery", args=[code.public_id])
    total = len(rows)
    portrait, group_photo = (escape(sentence) for sentence in _alt_sentences())
    bucket = bucket_end(now)
    key = settings.IMAGE_PROOF_KEY
    tiles = []
    for position, (public_id, group_id, name, width, height, expires_at, _) in enumerate(rows, 1):
        last = min(bucket, int(expires_at.timestamp()) - 1)
        src = signed_path(name, viewer=viewer, last=last, key=key)
        alt = (portrait if group_id is None else group_photo) % {"position": position, "total": total}
        shape, box = _shape(width, height)
        lazy = "" if position <= EAGER_TILES else ' loading="lazy"'
        tiles.append(
            f'<li class="tile{shape}"><a href="{prefix}{public_id}/"><img src="{src}" {box} alt="{alt}"{lazy}'
            ' decoding="async"></a></li>'
        )
    return tiles


def photo_alt(position: int, total: int, *, is_group: bool) -> str:
    """What a photo is called where it cannot be seen: its place on the wall and its kind, never who is on it."""
    return _alt_sentences()[is_group] % {"position": position, "total": total}


def _alt_sentences() -> tuple[str, str]:
    return gettext("Photo %(position)s of %(total)s, portrait"), gettext("Photo %(position)s of %(total)s, group photo")


def _shape(width: int, height: int) -> tuple[str, str]:
    """The class of the tile and the box of its thumbnail, so that nothing moves when the image arrives."""
    if width > height * 1.15:
        return " tile-wide", f'width="{THUMBNAIL_EDGE}" height="{max(1, THUMBNAIL_EDGE * height // width)}"'
    shape = " tile-square" if width * 1.15 > height else ""
    edge = max(width, height)
    return shape, f'width="{max(1, THUMBNAIL_EDGE * width // edge)}" height="{THUMBNAIL_EDGE * height // edge}"'
