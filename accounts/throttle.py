"""Guessing passwords is slowed down, per address and per account, by counters that name nobody; so is our own mail.

The keys are keyed digests; a counter lives an hour at most and never as long as the 24 hours of RT30. An account that
does not exist is counted like one that does, so the answer tells nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.core.cache import cache
from redis.exceptions import RedisError

from common.keys import digest
from privacy.audit import security_event

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
# Colleagues, or the parents of a school, sit behind one address, so it may fail more often than one account.
PER_ADDRESS = 60
# Mails with a link to one mailbox, and asked for from one address.
MAIL_WINDOW = timedelta(hours=1)
MAILS_PER_MAILBOX = 5
MAILS_PER_ADDRESS = 60


class CannotCount(Exception):
    """The counters are out of reach, so nobody can be let in safely."""


def is_blocked(*, email: str, address: str) -> bool:
    """Whether either counter is full. Costs one round trip to the cache; raises `CannotCount` when it is away."""
    keys = _keys(email, address)
    with _counting():
        counts: dict[str, int] = cache.get_many(keys)
    return any(counts.get(key, 0) >= limit for key, limit in keys.items())


def note_failure(*, email: str, address: str, now: datetime) -> None:
    """Count a refused login; the try that fills a counter is written to the security log, without who (P08).

    Raises `CannotCount`, as does `note_success`: the counters may go away between two steps of one login.
    """
    for key, limit in _keys(email, address).items():
        if _raise(key, WINDOW) == limit:
            security_event("login_burst", now=now, count=limit)


def note_success(*, email: str) -> None:
    """Forget the account's failures; the address keeps its own, or one good password would buy endless guesses."""
    with _counting():
        cache.delete(_account_key(email))


def may_mail(*, email: str, address: str) -> bool:
    """Count one mail with a link, asked for from `address` to `email`; whether it is within both limits. Whether an
    account exists changes nothing. Raises `CannotCount`."""
    keys = {
        f"login:mailbox:{digest('login.mailbox', email.strip().lower())}": MAILS_PER_MAILBOX,
        f"login:mailing:{digest('login.mailing', address)}": MAILS_PER_ADDRESS,
    }
    counts = [(_raise(key, MAIL_WINDOW), limit) for key, limit in keys.items()]
    return all(count <= limit for count, limit in counts)


def _keys(email: str, address: str) -> dict[str, int]:
    return {
        _account_key(email): PER_ACCOUNT,
        f"login:address:{digest('login.address', address)}": PER_ADDRESS,
    }


def _account_key(email: str) -> str:
    return f"login:account:{digest('login.account', email.strip().lower())}"


def _raise(key: str, window: timedelta) -> int:
    with _counting():
        cache.add(key, 0, timeout=window.total_seconds())
        try:
            return cache.incr(key)
        except ValueError:
            # The counter ended between the two calls: nothing to count on.
            return 0


@contextmanager
def _counting() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise CannotCount from error
