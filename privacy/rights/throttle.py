"""How often one address may ask for a mailed link, and how often one mailbox may get one.

The counters live a quarter of an hour and hold keyed digests only (RT30). Without the cache nothing is stopped: a right
matters more here than a few mails too many."""

from django.core.cache import cache
from redis.exceptions import RedisError

from common.keys import digest

WINDOW_SECONDS = 900
# A whole school can sit behind one address.
PER_ADDRESS = 20
PER_MAILBOX = 3


def may_mail(*, address: str, mailbox: str) -> bool:
    """Count one link asked from `address` for `mailbox`; whether it is within both limits."""
    by_address = _count(f"rights:address:{digest('rights.address', address)}")
    by_mailbox = _count(f"rights:mailbox:{digest('rights.mailbox', mailbox.lower())}")
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
