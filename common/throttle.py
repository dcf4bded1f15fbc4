"""How often one address may have us mail somebody, and how often one mailbox may get such a mail.

The counters live a quarter of an hour and hold keyed digests only (RT30). Without the cache nothing is stopped: that we
can be reached, and that a right can be used, matters more than a few mails too many.
"""

from django.core.cache import cache
from redis.exceptions import RedisError

from .keys import digest

WINDOW_SECONDS = 900
# A whole school can sit behind one address.
PER_ADDRESS = 20


def may_mail(form: str, *, address: str, mailbox: str, per_mailbox: int) -> bool:
    """Count one sending of `form` from `address` that mails `mailbox`; whether it is within both limits."""
    by_address = _count(f"{form}:address:{digest(f'{form}.address', address)}")
    by_mailbox = _count(f"{form}:mailbox:{digest(f'{form}.mailbox', mailbox.lower())}")
    return by_address <= PER_ADDRESS and by_mailbox <= per_mailbox


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
