"""Addresses of images that prove by themselves that their reader may see them, without any database work (P16, P36).

`/beeld/<expires>/<proof>/<storage name>`: the proof binds the moment, the name and the random cookie of one browser
with a secret, so a copied address is worthless elsewhere and soon everywhere. nginx checks the very same:

    secure_link      $proof,$expires;
    secure_link_md5  "KEY $expires $name $cookie_viewer KEY";

MD5 because that is what `secure_link_md5` computes: with a random key at both ends and ten minutes to live it serves.
Addresses stay the same for five minutes, so that browsers can keep an image that long. No database, no clock.
"""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import datetime

from django.conf import settings

BUCKET_SECONDS = 300
VIEWER_COOKIE = "viewer"
# Only these two folders are ever served here: originals and ordered files are out of reach.
NAME = re.compile(r"(?:thumbnail|preview)/(?:[0-9a-f]{32}/)?[0-9a-f]{32}\.jpg")
VIEWER = re.compile(r"[0-9a-f]{32}")


def bucket_end(now: datetime) -> int:
    """The last second (Unix time) of the addresses made now: between five and ten minutes from now."""
    return (int(now.timestamp()) // BUCKET_SECONDS + 2) * BUCKET_SECONDS - 1


def last_second(now: datetime, expires_at: datetime) -> int:
    """The last second an address made now may work: never at or past the photo's own end."""
    return min(bucket_end(now), int(expires_at.timestamp()) - 1)


def image_url(name: str, *, viewer: str, now: datetime, expires_at: datetime) -> str:
    """The address of one image for one browser. `name` is the storage name of a thumbnail or preview.

    For a browser without its cookie ("") the address works nowhere, not even where no cookie is sent.
    """
    return signed_path(
        name, viewer=viewer or secrets.token_hex(16), last=last_second(now, expires_at), key=settings.IMAGE_PROOF_KEY
    )


def signed_path(name: str, *, viewer: str, last: int, key: str) -> str:
    """The same when the last second is already known: what a page with many images calls for each."""
    return f"/beeld/{last}/{proof(name, viewer=viewer, last=last, key=key)}/{name}"


def proof(name: str, *, viewer: str, last: int, key: str) -> str:
    """MD5 over the expression above, in base64url without padding, as nginx writes it."""
    text = f"{key} {last} {name} {viewer} {key}".encode()
    digest = hashlib.md5(text, usedforsecurity=False).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def holds(name: str, *, viewer: str, last: int, given: str, now: datetime) -> bool:
    """Whether a request for `name` with this cookie and this proof may be answered now."""
    if not NAME.fullmatch(name) or not VIEWER.fullmatch(viewer) or now.timestamp() >= last + 1:
        return False
    expected = proof(name, viewer=viewer, last=last, key=settings.IMAGE_PROOF_KEY)
    return hmac.compare_digest(expected.encode(), given.encode())
