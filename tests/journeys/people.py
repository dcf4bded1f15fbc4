"""The people of the story. Each does what they do in real life: by pages, forms, commands and the clock."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actions import create_staff
from accounts.roles import Role
from jkreeft.celery import app as celery_app
from shop.models import Product

from .pages import Page, PageForm, send

CAMERA_NEEDLE = "needle-camera-serial"
CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}\b")
PASSWORD = "a long enough passphrase"
# What every parent of the story types; each word is looked for in all that is left at the end.
TYPED = {
    "salutation": "mevrouw",
    "name": "Needlename Parent",
    "street": "Needlestreet 12",
    "postcode": "9876 ZX",
    "city": "Needletown",
    "email": "needle@example.com",
    "phone": "0612345987",
    "delivery_note": "needlenote for the carrier",
}
# Whom the studio speaks to at the client, with the phone number as it was registered and as they wrote it.
AT_CLIENT = ["Needlecontact", "Needlesurname", "0187 919293", "0187-919293"]
NEEDLES = [
    *(value for name, value in TYPED.items() if name != "salutation"),
    CAMERA_NEEDLE,
    "Needle Photographer",
    "Needleclient",
    "needleclient@example.com",
    *AT_CLIENT,
    "Needletitle",
    "needleclass",
    "NR-4711",
    "NR-4712",
    "NR-4713",
]


class Visitor(Client):
    """A browser. What a request commits is committed for good, so what waits for the commit happens."""

    def __init__(self, capture: DjangoCaptureOnCommitCallbacks) -> None:
        super().__init__()
        self._capture = capture

    def request(self, **request: Any) -> Any:
        with self._capture(execute=True):
            return super().request(**request)

    def open(self, address: str) -> Page:
        return Page(self.get(address, follow=True))

    def fetch(self, address: str) -> tuple[int, bytes]:
        """Status and bytes of a picture or a file."""
        answer: Any = self.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        return int(answer.status_code), bytes(content)

    def submit(self, form: PageForm, page: Page, /, **changes: str) -> Page:
        return send(self, form, page.response.request["PATH_INFO"], changes)


@dataclass
class Worker:
    """The background worker and beat: what was scheduled waits until it runs."""

    waiting: list[tuple[str, dict[str, Any]]]
    running: Callable[[], AbstractContextManager[None]]
    clock: time_machine.Traveller

    def run(self) -> None:
        """Do all that waits, and what that brings with it."""
        celery_app.loader.import_default_modules()
        with self.running():
            pass

    def night(self) -> None:
        """What beat does at a quarter past three, on the clock of now."""
        self.waiting.append(("privacy.run_night", {}))
        self.run()

    def complete_assignments(self) -> None:
        """What beat does every morning."""
        self.waiting.append(("galleries.complete_assignments", {}))
        self.run()

    def names(self) -> list[str]:
        return [name for name, _ in self.waiting]


@dataclass
class Staff:
    """Somebody who works here, logged in with e-mail and password."""

    browser: Visitor
    email: str

    @classmethod
    def hire(cls, browser: Visitor, role: Role) -> "Staff":
        email = f"{role.value}@jkreeft.example"
        create_staff(email=email, name="Staff", password=PASSWORD, roles=[role], now=timezone.now())
        hired = cls(browser, email)
        hired.log_in()
        return hired

    def log_in(self) -> None:
        login = self.browser.open(reverse("admin:login"))
        page = self.browser.submit(login.form(having="password"), login, username=self.email, password=PASSWORD)
        assert page.status == 200
        assert "_auth_user_id" in self.browser.session

    def fill_in(self, address: str, /, *, having: str, **values: str) -> Page:
        """Open a page of the back office, fill in its form and send it."""
        page = self.browser.open(address)
        assert page.status == 200, address
        return self.browser.submit(page.form(having=having), page, **values)

    def agree(self, address: str) -> Page:
        """Open a page that says what a step will do, and take the step."""
        page = self.browser.open(address)
        assert page.status == 200, address
        return self.browser.submit(page.question(), page)

    def codes(self, assignment_id: int) -> dict[str, str]:
        """The printed cards of an assignment: code by number of the subject."""
        page = self.browser.open(reverse("admin:galleries_assignment_cards", args=[assignment_id]))
        assert page.status == 200
        numbers = re.findall(r"\bNR-471[123]\b", page.text)
        return dict(zip(dict.fromkeys(numbers), dict.fromkeys(CODE.findall(page.text)), strict=True))

    def move(self, order_id: int, after: str) -> Page:
        return self.agree(reverse("admin:shop_order_move", args=[order_id, after]))


@dataclass
class Parent:
    """Somebody with a card, on a phone."""

    browser: Visitor
    gallery: Page | None = None
    order: Page | None = None
    typed: dict[str, str] = field(default_factory=lambda: dict(TYPED))

    def enter(self, code: str) -> Page:
        home = self.browser.open(reverse("galleries:home"))
        page = self.browser.submit(home.form(having="code"), home, code=code)
        self.gallery = page if page.status == 200 else self.gallery
        return page

    def photo_pages(self) -> list[str]:
        assert self.gallery is not None
        here = self.gallery.response.request["PATH_INFO"]
        return [link for link in self.gallery.links if link.startswith(here) and link != here]

    def put_in_basket(self, photo_page: str, product: Product, quantity: int = 1) -> Page:
        page = self.browser.open(photo_page)
        form = page.form(having="product")
        return self.browser.submit(form, page, product=str(product.public_id), quantity=str(quantity))

    def basket(self) -> Page:
        return self.browser.open(reverse("shop:basket"))

    def check_out(self, *, method: str, ticks: tuple[str, ...] = ()) -> Page:
        """Fill in the checkout and order; a page further there is the bank, or the order that waits for a transfer."""
        page = self.browser.open(reverse("shop:checkout"))
        form = page.form(having="email")
        typed = {name: value for name, value in self.typed.items() if name in form.offered}
        return self.browser.submit(form, page, **typed, payment_method=method, **dict.fromkeys(ticks, "on"))

    def pay(self, bank: Page, outcome: str = "paid") -> str:
        """Choose what the bank says; returns where the bank sends the browser back to, without going there yet."""
        address = bank.response.request["PATH_INFO"]
        form = bank.form(having="outcome")
        answer = self.browser.post(address, {**form.values, "outcome": outcome})
        assert answer.status_code == 302
        return str(answer["Location"])


def import_card(assignment_id: int, folder: Path) -> str:
    """What the photographer types after the shoot; returns the manifest."""
    out = StringIO()
    call_command("import_shoot", str(assignment_id), str(folder), stdout=out)
    return out.getvalue()


def newest_mail_to(address: str) -> Any:
    return [message for message in mail.outbox if message.to == [address]][-1]


def moment(text: str) -> datetime:
    """A moment on the clock of the Netherlands."""
    return timezone.make_aware(datetime.fromisoformat(text))
