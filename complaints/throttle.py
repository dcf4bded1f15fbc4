"""How often one address may send the contact form, and how often one mailbox may get a copy of it.

The counters live a quarter of an hour and hold keyed digests only (RT30). Without the cache the form stays open: being
reached matters more here than keeping spam out."""

from django.core.cache import cache
from redis.exceptions import RedisError

from common.keys import digest

WINDOW_SECONDS = 900
# A whole school can sit behind one address.
PER_ADDRESS = 20
PER_MAILBOX = 5


def may_send(*, address: str, mailbox: str) -> bool:
    """Count one message from `address` that gives `mailbox` a copy; whether it is within both limits."""
    by_address = _count(f"contact:address:{digest('contact.address', address)}")
    by_mailbox = _count(f"contact:mailbox:{digest('contact.mailbox', mailbox.lower())}")
    return by_address <= PER_ADDRESS and by_mailbox <= PER_MAILBOX


def _count(key: str) -> int:
    try:
        if cache.add(key, 1, timeout=WINDOW_SECONDS):
            return 1
        return cache.incr(key)
    except ValueError:
        # The window closed between the two steps.
        return 1
    except (RedisError, OSError):
        return 0
