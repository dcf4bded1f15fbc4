"""Where upper apps tell what they know of an assignment. They fill these lists in `AppConfig.ready()`; apart from
`galleries.registry`, because actions ask here and pages ask there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from .models import Assignment

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line of the checklist before publishing: what should be there, whether it is, and how to mend it.

    What is `is_blocking` and not met refuses the publication; the rest is said and left to who publishes. `url` leads
    to the page of the back office that mends it, which only a holder of `permission` can open.
    """

    key: str
    label: Text
    is_met: bool
    is_blocking: bool = True
    how: Text = ""
    url: str = ""
    permission: str = ""


class CompletionFacts(Protocol):
    """The latest moment at which something of these assignments was paid or delivered, by the assignment's key (A16);
    those without any are left out."""

    def __call__(self, *, assignment_ids: Collection[int]) -> dict[int, datetime]: ...


class PublishCheck(Protocol):
    """Lines an app adds to the checklist of one assignment."""

    def __call__(self, assignment: Assignment, *, now: datetime) -> list[Item]: ...


completion_facts: list[CompletionFacts] = []
# In the order in which they stand on the page, below our own.
publish_checks: list[PublishCheck] = []
