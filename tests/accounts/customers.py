"""Customers, for tests: with an account, or about to make one."""

import re
from datetime import datetime
from typing import Any

from django.test import Client as Browser

from accounts.models import User
from privacy.models import OutgoingMail

PASSWORD = "een lange zin als wachtwoord"
EMAIL = "ouder@example.org"


def customer(email: str = EMAIL, *, now: datetime, password: str = PASSWORD) -> User:
    """Somebody whose address is proved."""
    user = User.objects.create_user(email, password, confirmed_at=now, active_at=now)
    User.objects.filter(pk=user.pk).update(created_at=now)
    return user


def register(browser: Browser, email: str = EMAIL, *, password: str = PASSWORD, **changes: str) -> Any:
    return browser.post("/account/nieuw/", {"email": email, "new_password": password, "consent": "on", **changes})


def log_in(browser: Browser, email: str = EMAIL, *, password: str = PASSWORD, way_on: str = "") -> Any:
    return browser.post("/account/inloggen/", {"email": email, "password": password, "next": way_on})


def mails(kind: str, to: str = EMAIL) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind=f"accounts.{kind}", to=to).order_by("pk"))


def link_in(mail: OutgoingMail) -> str:
    """The path of the first link in a mail to one of our pages."""
    found = re.search(r"http://testserver(/account/\S+)", mail.text)
    assert found
    return found[1]
