"""The ledger: what was erased under which rule, and never who. Entries are only added; triggers refuse the rest."""

from collections.abc import Iterable
from datetime import datetime

from common.keys import digest

from .models import LedgerEntry


def record(
    event: str,
    *,
    now: datetime,
    rule: str = "",
    kind: str = "",
    count: int = 0,
    reason: str = "",
    ids: Iterable[int] = (),
) -> None:
    """Write one entry, in the transaction of the change it speaks of. `ids` leave nothing but one keyed digest."""
    listed = ",".join(str(pk) for pk in sorted(ids))
    LedgerEntry.objects.create(
        at=now,
        event=event,
        rule=rule,
        kind=kind,
        count=count,
        reason=reason,
        digest=digest("ledger", f"{kind}:{listed}") if listed else "",
    )
