"""The way out of advertising: usable by everybody, on a phone and at a desk, before and after the one click."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Relation
from tests.accounts.buyers import bought, link_of


def is_sound(page: Page, width: int) -> None:
    # Without its preloading: axe would put styles into the page, which our policy refuses and the fixture hears of.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    assert [violation["id"] for violation in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_unsubscribing_takes_one_key_and_breaks_no_rule(
    page: Page, live_server: LiveServer, width: int, language: str
) -> None:
    link = link_of(bought(now=timezone.now()))
    page.set_viewport_size({"width": width, "height": 740})
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(live_server.url + link)
    is_sound(page, width)
    page.focus("main button")
    page.keyboard.press("Enter")
    page.wait_for_selector("main [role=status]")
    is_sound(page, width)
    assert not Relation.objects.exists()
