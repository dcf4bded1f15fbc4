"""Every form of the site that collects data says why, until when, and where to read more (P04, P40)."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings
from django.test import Client as Browser

from privacy.notices import registered
from tests.galleries.studio import NOW
from tests.shop.counter import browser_of, open_counter, put

from .access_matrix import MATRIX
from .test_access_matrix import address, browser_for
from .world import World, build_world

FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
# What somebody types or chooses about themselves: not a hidden field, not how many of a product.
TYPED = re.compile(r"<textarea|<input[^>]*type=\"(?:text|email|tel|password|date|file)\"", re.IGNORECASE)
# Whose forms have their own words where they ask: a login, and the pages that show the demo itself.
SIGNUP = "account_signup"
OWN_WORDS = ("admin:", "demo:", "account_", "mfa_", "accounts:")


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield build_world()


def pages(browser: Browser, world: World) -> Iterator[tuple[str, str]]:
    for row in MATRIX:
        if row.method == "GET" and (row.name == SIGNUP or not row.name.startswith(OWN_WORDS)):
            answer = browser.get(address(row.name, world))
            if answer.streaming:
                b"".join(answer)
            elif "text/html" in answer.get("Content-Type", ""):
                yield row.name, answer.content.decode()


@pytest.mark.clauses("P04", "P40")
def test_every_form_that_collects_says_why_and_links_the_statement(world: World) -> None:
    owner = browser_for("owner", world)
    collecting, silent = set(), set()
    for name, page in pages(owner, world):
        if not FORM.search(page):
            continue
        assert 'href="/privacy/"' in page, name
        if any(TYPED.search(form) for form in FORM.findall(page)):
            (collecting if "data-notice=" in page else silent).add(name)
    assert silent == set()
    assert {SIGNUP, "galleries:home", "galleries:keep", "galleries:delete", "complaints:contact"} <= collecting


@pytest.mark.clauses("P40")
def test_the_checkout_says_why_too(db: None) -> None:
    with time_machine.travel(NOW, tick=False):
        counter = open_counter()
        anna = browser_of(counter, counter.studio.anna)
        put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
        assert 'data-notice="shop.checkout"' in anna.get("/bestellen/").content.decode()


def test_every_notice_stands_on_a_page() -> None:
    places = (path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    shown = set(re.findall(r'{% form_notice "([^"]+)" %}', "".join(places)))
    assert shown == {form.key for form in registered()}
