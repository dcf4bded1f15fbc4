"""Where upper apps add to a customer's account. They fill these lists in `AppConfig.ready()`; we never import them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from common.requests import VisitorRequest

from .models import User


class AccountPanel(Protocol):
    """A section of the account page, such as the orders: rendered HTML, or "" when there is nothing to show."""

    def __call__(self, request: VisitorRequest, *, user: User, now: datetime) -> str: ...


class AddressConfirmed(Protocol):
    """Something to do when somebody proved their address or logged in, such as finding the orders of that address. Runs
    inside the transaction of the login."""

    def __call__(self, *, user: User, now: datetime) -> None: ...


@dataclass(frozen=True, kw_only=True)
class EndingChoice:
    """One question at the deletion of an account, such as what becomes of photos that are kept longer on consent."""

    name: str
    question: object
    # (value, text): nothing is chosen for the customer.
    options: tuple[tuple[str, object], ...]


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What the end of an account means for one app: what goes, what stays and until when, the files that can be taken
    along first as (text, address), and what it asks. Texts are translated sentences."""

    goes: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    choices: tuple[EndingChoice, ...] = ()


class AccountDeleting(Protocol):
    """An app's part in the deletion of an account."""

    def describe(self, *, user: User, now: datetime) -> Ending:
        """What the page before the deletion says and asks; changes nothing."""
        ...

    def decide(self, *, user: User, chosen: Mapping[str, str], now: datetime) -> None:
        """Do what the customer chose, by the name of each question. Only when they delete the account themselves: the
        night asks nobody, and what another consent keeps stays."""
        ...

    def carry_out(self, *, users: Sequence[User], reason: str, now: datetime) -> None:
        """Do the rest, whoever asked, in the transaction that erases the users, before they go."""
        ...


# In the order in which they stand on the page.
account_panels: list[AccountPanel] = []
address_confirmed: list[AddressConfirmed] = []
account_deleting: list[AccountDeleting] = []
