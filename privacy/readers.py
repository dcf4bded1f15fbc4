"""Who is told when something changes that they agreed to, or live under: a document (P94), a processor of ours (art.
28(2) GDPR). The apps that know these people register how to find them; the engine knows none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from django.db.models import Model


class Audience(Enum):
    """People who are told the same things."""

    ACCOUNT_HOLDERS = "account_holders"
    # The contact persons of clients whose assignment runs.
    CLIENTS = "clients"


@dataclass(frozen=True)
class Reader:
    """One of them: the row we know them by, where to write, and in which language."""

    row: Model
    email: str
    language: str

    @property
    def key(self) -> int:
        return int(self.row.pk)


class FindReaders(Protocol):
    """Those with a key above `after` whose row stood at `now`, in the order of their keys."""

    def __call__(self, *, after: int, limit: int, now: datetime) -> Sequence[Reader]: ...


_found: dict[Audience, FindReaders] = {}


def register(audience: Audience, find: FindReaders) -> None:
    """Let `find` say whom to tell; for each audience there is one such app."""
    _found[audience] = find


def readers(audience: Audience, *, after: int, limit: int, now: datetime) -> Sequence[Reader]:
    """The next to tell; nobody while no app has any."""
    find = _found.get(audience)
    return find(after=after, limit=limit, now=now) if find else []
