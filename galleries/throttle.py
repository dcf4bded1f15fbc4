"""How often a code may be tried (RT30: the counters live a quarter of an hour, and hold keyed digests only).

Per code and, generously, per address: a whole school sits behind one. An attack spread over many of both is not
answered by closing the door for everybody: it raises an alarm and makes every answer a little slower. Counters stand
in the shared cache; without it nobody can be let in safely, and the caller says so.
"""

import time
from datetime import datetime

from django.core.cache import cache
from redis.exceptions import RedisError

from common.keys import digest
from privacy.audit import security_event

WINDOW_SECONDS = 900
FAILURES_PER_CODE = 10
FAILURES_PER_ADDRESS = 100
FAILURES_BEFORE_ALARM = 500
SLOW_ANSWER_SECONDS = 0.25


class ThrottleUnavailable(Exception):
    """The counters cannot be read or written now."""


class Throttle:
    """The counters of one try: of this code, of this address, and of all tries together."""

    def __init__(self, *, code: str, address: str) -> None:
        self._code = f"code-tries:code:{digest('throttle.code', code)}"
        self._address = f"code-tries:address:{digest('throttle.address', address)}"
        self._all = "code-tries:all"

    def is_shut(self) -> bool:
        """Whether this try must wait. Waits a moment itself while an attack is going on."""
        counts = self._read()
        if counts.get(self._all, 0) >= FAILURES_BEFORE_ALARM:
            time.sleep(SLOW_ANSWER_SECONDS)
        return counts.get(self._code, 0) >= FAILURES_PER_CODE or counts.get(self._address, 0) >= FAILURES_PER_ADDRESS

    def count_failure(self, *, now: datetime) -> None:
        """Counts a try that opened nothing, and raises the alarm once when a limit is reached."""
        self._add(self._code)
        if self._add(self._address) == FAILURES_PER_ADDRESS:
            security_event("codes.address_shut", now=now)
        if self._add(self._all) == FAILURES_BEFORE_ALARM:
            security_event("codes.attack", now=now, count=FAILURES_BEFORE_ALARM)

    def _read(self) -> dict[str, int]:
        try:
            return cache.get_many([self._code, self._address, self._all])
        except (RedisError, OSError) as error:
            raise ThrottleUnavailable from error

    def _add(self, key: str) -> int:
        try:
            if cache.add(key, 1, timeout=WINDOW_SECONDS):
                return 1
            return cache.incr(key)
        except ValueError:
            # The window closed between the two steps.
            cache.set(key, 1, timeout=WINDOW_SECONDS)
            return 1
        except (RedisError, OSError) as error:
            raise ThrottleUnavailable from error
