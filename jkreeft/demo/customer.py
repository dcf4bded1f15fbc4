"""Somebody with an account in the demo studio, who ordered before and so finds an order there."""

from dataclasses import dataclass
from datetime import datetime

from accounts.actions import confirm_address, note_login, register
from accounts.models import User


@dataclass(frozen=True)
class Customer:
    """Who logs in. The password is printed: it opens a demo and nothing else."""

    email: str
    password: str


CUSTOMER = Customer("bram@example.com", "demo-klant-2026")


def open_account(*, now: datetime) -> None:
    """An account as its owner makes it: asked for, proved, and logged in to once."""
    if User.objects.filter(email=CUSTOMER.email).exists():
        return
    register(email=CUSTOMER.email, password=CUSTOMER.password, language="nl", now=now)
    user = User.objects.get(email=CUSTOMER.email)
    confirm_address(user_id=user.pk, now=now)
    note_login(user_id=user.pk, now=now)
