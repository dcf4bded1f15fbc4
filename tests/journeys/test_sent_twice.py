"""Every form that is sent, sent twice: what it does happens once, whoever is impatient or has a bad connection."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.test import Client as Browser

from tests.galleries.studio import NOW

from .pages import Page, PageForm
from .test_access_matrix import browser_for
from .test_every_form import Found, forms_of
from .world import World, build_world

pytestmark = pytest.mark.postgres

ACTORS = ["visitor", "owner", "customer", "superuser"]
TODAY = NOW.date()
YESTERDAY, NEXT_WEEK = str(TODAY - timedelta(days=1)), str(TODAY + timedelta(days=7))
# The kind of the row that is meant where a form asks for its kind and key.
ORDER = "shop.order"
# What the filler cannot guess, by the name of the field.
TYPED = {
    "agreed_on": YESTERDAY,
    "amount": "1,00",
    "begins_on": YESTERDAY,
    "country": "NL",
    "disclosed_at_0": YESTERDAY,
    "disclosed_at_1": "12:00",
    "ends_on": "",
    "kvk_number": "",
    "order": "2026-NEW001",
    "phone": "06 12345678",
    "postcode": "3241 AB",
    "postcode_starts": "3241",
    "price": "1,00",
    "reference": "REFNEW001",
    "stars": "4",
    "until_0": NEXT_WEEK,
    "until_1": "12:00",
    "valid_until": NEXT_WEEK,
    "vat_number": "",
    "website": "",
}
# Who asks for a link once more gets one once more; counters bound how often (`privacy.rights.throttle`, `accounts`).
ASKS_AGAIN = {"privacy:my_data", "account_reset_password", "account_signup"}
# A login, a transaction of its own, what the world has accepted or paid already, what wants a picture: the tests of
# their apps send these twice.
ELSEWHERE = {
    "account_login",
    "admin:galleries_assignment_accept",
    "admin:galleries_assignment_roster",
    "admin:galleries_removalcase_mask",
    "admin:galleries_removalcase_replace",
    "admin:login",
    "admin:shop_order_transfer",
    "admin:shop_repayment_use",
    "galleries:home",
}
# What only says who looked, and the admin's line about each save.
LOGS = {"sessions.Session", "privacy.AccessLogEntry", "privacy.SecurityEvent", "admin.LogEntry"}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield build_world()


def filled(form: PageForm, world: World) -> dict[str, str]:
    """Something fitting in every field; where a row is meant by its key, the order of the world."""
    values = form.values | {name: _fitting(name, form) for name in form.offered if _is_open(name, form)}
    return values | ({"object_id": str(world.order.pk)} if "object_id" in form.offered else {})


def _is_open(name: str, form: PageForm) -> bool:
    if name in TYPED:
        return True
    kind = form.kinds.get(name, "hidden")
    return kind not in {"hidden", "submit", "button", "file"} and not form.values.get(name, "").strip()


def _fitting(name: str, form: PageForm) -> str:
    if name in TYPED:
        return TYPED[name]
    if name in form.choices:
        if ORDER in form.choices[name]:
            return ORDER
        return next((choice for choice in form.choices[name] if choice), "")
    return {
        "email": "ndl-twice@example.org",
        "date": str(TODAY - timedelta(days=1)),
        "time": "12:00",
        "number": "1",
        "password": "a long word that nobody knows 71",
        "tel": "0612345678",
    }.get(form.kinds[name], f"twice {name}"[:60])


def counts() -> dict[str, int]:
    """How many rows each table has; what only says who looked is left out."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label not in LOGS and model._meta.managed
    }


@pytest.mark.timeout(600)
@pytest.mark.parametrize("actor", ACTORS)
def test_what_is_sent_twice_happens_once(actor: str, world: World) -> None:
    browser = browser_for(actor, world)
    wrong = []
    for one in forms_of(actor, world, browser):
        if one.name in ELSEWHERE:
            continue
        first, second, made = sent_twice(browser, one, world)
        if not (first.status == 302 or (first.status == 200 and "errorlist" not in first.text)):
            wrong.append((one.name, first.status, "the first was refused"))
        elif second.status >= 500 or (made and one.name not in ASKS_AGAIN):
            wrong.append((one.name, second.status, str(made)))
    assert wrong == []


def sent_twice(browser: Browser, one: Found, world: World) -> tuple[Page, Page, dict[str, int]]:
    """Both answers, and what the second made or took away; undone afterwards."""
    values = filled(one.form, world)
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    # Not a block of its own: what must be durable refuses to run inside one.
    undo = transaction.savepoint()
    first = Page(browser.post(one.action, values))
    before = counts()
    second = Page(browser.post(one.action, values))
    after = counts()
    transaction.savepoint_rollback(undo)
    browser.cookies.clear()
    for name, value in cookies.items():
        browser.cookies[name] = value
    return first, second, {label: after[label] - before[label] for label in after if after[label] != before[label]}
