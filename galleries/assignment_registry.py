"""Where upper apps tell what they know of an assignment. They fill these lists in `AppConfig.ready()`; apart from
`galleries.registry`, because actions ask here and pages ask there."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol


class CompletionFacts(Protocol):
    """The latest moment at which something of these assignments was paid or delivered, by the assignment's key (A16);
    those without any are left out."""

    def __call__(self, *, assignment_ids: Collection[int]) -> dict[int, datetime]: ...


completion_facts: list[CompletionFacts] = []
