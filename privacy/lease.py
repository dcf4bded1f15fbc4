"""One sweep at a time, and one import into an assignment, however many workers: a lease in the database, because the
database is what they change.

The holder renews it as it goes. It is free again when its time is over, or at once when the process that held it on
this machine is dead. Leases run on the real clock, also when a demo runs the night of another day.
"""

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from .models import SweepLease

LASTS = timedelta(minutes=5)
_RENEW_AFTER = timedelta(seconds=30)
# Which process this is: another process with our number is a dead one's heir.
_PROCESS = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


class LeaseLost(Exception):
    """Somebody else took over: this process was silent for too long and must stop."""


@dataclass
class Lease:
    """A lease this process holds."""

    name: str
    holder: str
    renewed_at: datetime

    def renew(self, *, now: datetime) -> None:
        """Keep it; a statement only every half minute. Raises LeaseLost when it is not ours any more."""
        if now - self.renewed_at < _RENEW_AFTER:
            return
        if not SweepLease.objects.filter(name=self.name, holder=self.holder).update(until=now + LASTS):
            raise LeaseLost
        self.renewed_at = now

    def release(self) -> None:
        """Give it back."""
        SweepLease.objects.filter(name=self.name, holder=self.holder).update(holder="", until=None)


def acquire(name: str, *, now: datetime) -> Lease | None:
    """The lease `name`, or None while somebody else holds it."""
    SweepLease.objects.get_or_create(name=name)
    holder = _own_name()
    with transaction.atomic():
        row = SweepLease.objects.select_for_update().get(name=name)
        free = Q(holder="") | Q(until__lte=now)
        if is_dead(row.holder):
            free |= Q(holder=row.holder)
        taken = SweepLease.objects.filter(free, name=name).update(holder=holder, until=now + LASTS)
    return Lease(name, holder, now) if taken else None


def is_dead(holder: str) -> bool:
    """Whether `holder` was a process of this machine that is no more."""
    host, _, rest = holder.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname()[:30] or not rest.isdigit():
        return False
    if int(rest) == os.getpid():
        return holder != _own_name()
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def lock_row(name: str) -> Any:
    """Lock the row `name` until the running transaction ends: for short work that only one may do at a time."""
    SweepLease.objects.get_or_create(name=name)
    return SweepLease.objects.select_for_update().get(name=name)


def _own_name() -> str:
    return f"{_PROCESS.rsplit(':', 2)[0]}:{os.getpid()}:{_PROCESS.rsplit(':', 1)[1]}"
