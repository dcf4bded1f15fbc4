"""Who is told when a document they agreed to, or live under, changes in a way that matters (P94).

The app that knows account holders registers how to find them; the engine knows none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db.models import Model


@dataclass(frozen=True)
class Reader:
    """One account holder: the row of the account, where to write, and in which language."""

    row: Model
    email: str
    language: str

    @property
    def key(self) -> int:
        return int(self.row.pk)


class FindReaders(Protocol):
    """Account holders with a key above `after` whose account stood at `now`, in the order of their keys."""

    def __call__(self, *, after: int, limit: int, now: datetime) -> Sequence[Reader]: ...


_found: list[FindReaders] = []


def register(find: FindReaders) -> None:
    """Let `find` say whom to tell; there is one such app."""
    _found[:] = [find]


def readers(*, after: int, limit: int, now: datetime) -> Sequence[Reader]:
    """The next account holders; nobody while no app has any."""
    return _found[0](after=after, limit=limit, now=now) if _found else []
