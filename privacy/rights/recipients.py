"""Where upper apps say who got what of their rows, so that those hear of a change (art. 19 GDPR, L4). They fill the
list in `AppConfig.ready()`."""

from collections.abc import Callable, Collection
from datetime import datetime

# Queues a notice for each recipient of these rows; how many. By the kind of the rows ("shop.order").
Teller = Callable[[Collection[int], str, datetime], int]
tellers: dict[str, Teller] = {}


def tell(kind: str, row_ids: Collection[int], event: str, now: datetime) -> int:
    """Queue what the recipients of these rows have to hear; how many notices. A kind nobody got tells nobody."""
    teller = tellers.get(kind)
    return teller(row_ids, event, now) if teller else 0
