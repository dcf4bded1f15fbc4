"""Every page of the site and of the back office, as the access matrix knows them: each is opened by who may, at the
width of a phone and of a desk, breaks no rule of accessibility, never scrolls sideways, and on a phone has nothing to
press that is smaller than a finger; and every list of the back office shows all of its columns."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.galleries.studio import NOW
from tests.journeys.access_matrix import MATRIX
from tests.journeys.test_access_matrix import address, browser_for
from tests.journeys.world import World, build_world

from .demo_site import DESKTOP, PHONE, SCREENSHOTS

pytestmark = pytest.mark.django_db(transaction=True)

# Frames of Django around a list of changes or a refusal, and a mail by itself, in which no script may run.
NOT_OURS = ("_history", "_delete", "anything_else", "jsi18n", "_bare", ":message_html", "_campaign_message")
# The widths a page is made for: the back office stands on a desk.
WIDTHS = {"public": (PHONE, DESKTOP), "admin": (DESKTOP,)}


# What one presses and is less than 44 pixels high or wide. A link within a sentence is as high as its line; a tick is
# as large as its label.
TOO_SMALL = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter(element => {
    if (element.closest(".skip, .visually-hidden")) return false;
    if (element.tagName === "A" && getComputedStyle(element).display === "inline") {
      const around = element.parentElement.cloneNode(true);
      around.querySelectorAll("a").forEach(link => link.remove());
      if (around.textContent.trim().length > 3) return false;
    }
    const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
    return width && height && Math.min(width, height) < 43.5;
  })
  .map(element => element.outerHTML.slice(0, 160))"""


def pages_of(actor: str, world: World, browser: Client, *, side: str) -> Iterator[tuple[str, str]]:
    """Name and address of every page that answers this person with HTML."""
    rows = [row for row in MATRIX if row.method == "GET" and row.statuses[actor] == "200"]
    for row in rows:
        if row.name.startswith("admin:") == (side == "admin") and not row.name.endswith(NOT_OURS):
            where = address(row.name, world)
            answer: Any = browser.get(where)
            is_page = str(answer.headers.get("Content-Type", "")).startswith("text/html")
            # Read to its end: closing it by hand would close the database with it.
            b"".join(answer) if answer.streaming else answer.content
            if is_page:
                yield row.name, where


def seated(browser: Browser, live_server: LiveServer, client: Client) -> BrowserContext:
    """A Chromium with the cookies of this visitor."""
    context = browser.new_context(locale="nl-NL")
    cookies: list[Any] = [
        {"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()
    ]
    if cookies:
        context.add_cookies(cookies)
    return context


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name.replace(':', '-')}-{width}.png", full_page=True)
    found = [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    results = page.evaluate("(e => e ? e.scrollWidth - e.clientWidth : 0)(document.querySelector('.results'))")
    if results > 0:
        found.append(f"{results} pixels of its columns are out of sight")
    small = page.evaluate(TOO_SMALL) if width == PHONE["width"] else []
    return found + ([f"{wide} pixels wide"] if wide > width else []) + [f"too small: {element}" for element in small]


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("actor", "side"), [("owner", "public"), ("customer", "public"), ("superuser", "admin")])
def test_every_page_is_readable_by_everybody(actor: str, side: str, browser: Browser, live_server: LiveServer) -> None:
    with time_machine.travel(NOW, tick=True):
        world = build_world()
        client = browser_for(actor, world)
        context = seated(browser, live_server, client)
        page = context.new_page()
        wrong: dict[str, list[str]] = {}
        pages = list(pages_of(actor, world, client, side=side))
        for name, where in pages:
            for size in WIDTHS[side]:
                page.set_viewport_size(size)
                page.goto(f"{live_server.url}{where}")
                if found := faults(page, f"{actor}-{name}"):
                    wrong[f"{name} at {size['width']}"] = found
        context.close()
    assert len(pages) > 5
    assert wrong == {}
