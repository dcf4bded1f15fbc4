"""A page that makes a row makes one, however often it is sent: two clicks, a browser that tries again, a second tab.

Each page carries a number of its own; the first request that brings it claims it. Without the cache nothing is claimed,
and the page works as it would without this."""

from uuid import uuid4

from django.core.cache import cache
from redis.exceptions import RedisError

FIELD = "_once"
# No request runs so long: one that died in the middle made nothing, and its page may be sent again after this.
RUNNING_SECONDS = 60
# What was saved is remembered for as long as a page may stand open: a working day.
SAVED_SECONDS = 12 * 3600


def new_number() -> str:
    return uuid4().hex


def claim(number: str) -> bool:
    """Whether this request is the first to bring the number; True as well for a page that carries none."""
    if not _is_number(number):
        return True
    try:
        return cache.add(_key(number), 1, timeout=RUNNING_SECONDS)
    except (RedisError, OSError):
        return True


def keep(number: str) -> None:
    """A row was made of it: the page that brings it again makes none."""
    if not _is_number(number):
        return
    try:
        cache.set(_key(number), 1, timeout=SAVED_SECONDS)
    except (RedisError, OSError):
        # Made all the same; the second of two may make another one, as it would without this.
        return


def give_back(number: str) -> None:
    """Nothing was made of it: the same page may be sent again."""
    try:
        cache.delete(_key(number))
    except (RedisError, OSError):
        # It was not claimed either, or ends by itself.
        return


def _is_number(text: str) -> bool:
    return text.isascii() and text.isalnum()


def _key(number: str) -> str:
    return f"once:{number[:32]}"
