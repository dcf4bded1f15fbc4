"""A page that makes a row makes one, however often it is sent: two clicks, a browser that tries again, a second tab.

Each page carries a number of its own; the first request that brings it claims it. Without the cache nothing is claimed,
and the page works as it would without this."""

from uuid import uuid4

from django.core.cache import cache
from redis.exceptions import RedisError

FIELD = "_once"
# A page may stand open for a working day.
CLAIM_SECONDS = 12 * 3600


def new_number() -> str:
    return uuid4().hex


def claim(number: str) -> bool:
    """Whether this request is the first to bring the number; True as well for a page that carries none."""
    if not (number.isascii() and number.isalnum()):
        return True
    try:
        return cache.add(_key(number), 1, timeout=CLAIM_SECONDS)
    except (RedisError, OSError):
        return True


def give_back(number: str) -> None:
    """Nothing was made of it: the same page may be sent again."""
    try:
        cache.delete(_key(number))
    except (RedisError, OSError):
        # It was not claimed either, or ends by itself.
        return


def _key(number: str) -> str:
    return f"once:{number[:32]}"
