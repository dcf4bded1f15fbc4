"""Who somebody proved to be. Everything a person may see about themselves starts from one of these."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, kw_only=True)
class Person:
    """What was proved, and no more: the login codes they hold, the account they are in with, the address whose mail
    they read. Who proves two of these is still shown what belongs to each of them, never what belongs to neither."""

    code_ids: frozenset[int] = frozenset()
    user_id: int | None = None
    # Lower case; "" when no mailed link or confirmed account proved it.
    email: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether nothing was proved at all."""
        return not self.code_ids and self.user_id is None and not self.email


# Asked in turn on the pages of a person: what does this visit prove? Apps add theirs in `AppConfig.ready()`.
Prover = Callable[[HttpRequest, datetime], Person]
provers: list[Prover] = []


class CodeRefused(Exception):
    """A login code shows nothing about who holds it. `message` says why."""

    message: object = ""


# Who holds the card whose code staff typed, for a request that came by phone or at the desk. Counted as any other entry
# of a code; raises `CodeRefused`. Apps that know codes add theirs in `AppConfig.ready()`.
CardReader = Callable[[HttpRequest, str, datetime], Person]
card_readers: list[CardReader] = []

# Asked before everything of who is in with an account goes: says whether they showed just now that it is still them, or
# breaks off with the page that asks. Apps that keep accounts add theirs in `AppConfig.ready()`.
Check = Callable[[HttpRequest], None]
still_them: list[Check] = []


def who_asks(request: HttpRequest, *, now: datetime) -> Person:
    """Everything this visit proves, put together: codes that were entered, an account, an address."""
    proven = [prover(request, now) for prover in provers]
    return Person(
        code_ids=frozenset().union(*(one.code_ids for one in proven)),
        user_id=next((one.user_id for one in proven if one.user_id is not None), None),
        email=next((one.email for one in proven if one.email), ""),
    )


def as_stored(person: Person) -> dict[str, Any]:
    """A person as a request keeps it."""
    return {"code_ids": sorted(person.code_ids), "user_id": person.user_id, "email": person.email}


def from_stored(said: Mapping[str, Any]) -> Person:
    """The person a request was about; nobody when nothing was proved."""
    return Person(
        code_ids=frozenset(said.get("code_ids", ())),
        user_id=said.get("user_id"),
        email=said.get("email", ""),
    )
