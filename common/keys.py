"""Keyed digests and encryption with key rings.

A ring is "version:base64,version:base64". The highest version writes; older ones only read, so digests and ciphertext
made before a rotation stay usable as long as the old key is kept. A digest carries its version in front ("1$ab…").
"""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@lru_cache(maxsize=8)
def parse_ring(ring: str) -> tuple[tuple[int, bytes], ...]:
    """The keys of a ring, newest first. A malformed ring or a key that is not 32 bytes stops the start."""
    try:
        pairs = [entry.strip().split(":", 1) for entry in ring.split(",")]
        keys = sorted(((int(v), base64.urlsafe_b64decode(k)) for v, k in pairs), reverse=True)
    except ValueError as error:
        raise ImproperlyConfigured("A key ring must read version:base64,version:base64.") from error
    if any(len(key) != 32 for _, key in keys) or len({v for v, _ in keys}) != len(keys):
        raise ImproperlyConfigured("Each key of a ring must be 32 bytes, each version must stand there once.")
    return tuple(keys)


def digest(purpose: str, value: bytes | str) -> str:
    """Keyed digest of `value`, by the newest key. Digests of two purposes never match."""
    return _digest(parse_ring(settings.DIGEST_KEYS)[0], purpose, value)


def digest_candidates(purpose: str, value: bytes | str) -> list[str]:
    """The digest of `value` under every key of the ring, newest first: what to look for after a rotation."""
    return [_digest(key, purpose, value) for key in parse_ring(settings.DIGEST_KEYS)]


def encrypt(text: str) -> str:
    """`text` encrypted with the newest key."""
    return _fernet().encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """What `encrypt` was given; raises `cryptography.fernet.InvalidToken` when no key of the ring made it."""
    return _fernet().decrypt(token.encode()).decode()


def _digest(key: tuple[int, bytes], purpose: str, value: bytes | str) -> str:
    raw = value.encode() if isinstance(value, str) else value
    message = purpose.encode() + b"\0" + raw
    return f"{key[0]}${hmac.new(key[1], message, hashlib.sha256).hexdigest()}"


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for _, key in parse_ring(settings.ENCRYPTION_KEYS)])
