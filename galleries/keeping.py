"""Where a code stands with keeping its portraits longer: what its page says, and what its actions go by."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from common.periods import local_date

from .models import Extension, Photo
from .terms import asked_again_from, client_end, extended_end, last_day


@dataclass(frozen=True, slots=True)
class Days:
    """The last day of the first and of the last portrait; the same day when all end together."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Keeping:
    """What one holder of a code asked and may ask, and what a withdrawal would do (A5, A9).

    `kept` is until when their own consent keeps the portraits, `offer` until when another one would; either is None
    when there is none. `going` counts the portraits a withdrawal deletes at once, `back` is until when the others stay.
    """

    asked_at: datetime | None
    kept: Days | None
    offer: Days | None
    offered_from: date | None
    going: int
    back: Days | None


def keeping_of(*, subject_id: int, code_id: int, now: datetime) -> Keeping | None:
    """How the holder of this code stands now. None when there is no portrait to keep, which is also past their end
    (A6)."""
    portraits = Photo.objects.visible(now).filter(subject_id=subject_id)
    rows = portraits.values_list("available_from", "assignment__term_months")
    ends = [client_end(start, months=months) for start, months in rows if start is not None]
    if not ends:
        return None
    asked = list(Extension.objects.standing().filter(code=code_id).order_by("pk").values_list("created_at", flat=True))
    rounds = len(asked)
    own_first = extended_end(min(ends), rounds=rounds)
    offered_from = asked_again_from(own_first) if rounds else None
    may_ask = offered_from is None or local_date(now) >= offered_from
    staying = [end for end in ends if end > now]
    return Keeping(
        asked_at=asked[-1] if asked else None,
        kept=_days(ends, rounds) if rounds else None,
        offer=_days(ends, rounds + 1) if may_ask else None,
        offered_from=offered_from,
        going=len(ends) - len(staying),
        back=_days(staying, 0) if staying else None,
    )


def _days(ends: Collection[datetime], rounds: int) -> Days:
    return Days(*(last_day(extended_end(end, rounds=rounds)) for end in (min(ends), max(ends))))
