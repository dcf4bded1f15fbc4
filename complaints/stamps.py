"""The stamp on a contact form: which form it is and when it was made, signed, so that it needs no cookie and no row.

It names nobody. A form that comes back sooner than a person can type was filled in by a program."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from common import links

PURPOSE = "complaints.contact"
LASTS = timedelta(hours=24)
TYPING_TAKES = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which form, and when it was shown."""

    token: UUID
    shown_at: datetime

    def is_too_quick(self, now: datetime) -> bool:
        """Whether no person can have filled in the form by `now`."""
        return now - self.shown_at < TYPING_TAKES


def new_stamp(now: datetime) -> str:
    """The stamp of a form that is shown at `now`."""
    return links.sign(PURPOSE, f"{uuid4()} {now.timestamp()}")


def read_stamp(signed: str, *, now: datetime) -> Stamp | None:
    """The stamp, or None when it is not ours, or older than a day."""
    value = links.read(PURPOSE, signed, max_age=LASTS)
    if value is None:
        return None
    token, _, moment = value.partition(" ")
    shown_at = datetime.fromtimestamp(float(moment), UTC)
    return Stamp(UUID(token), shown_at) if now - shown_at < LASTS else None
