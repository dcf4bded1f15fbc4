"""The way out of advertising, and the screens of a campaign: usable by everybody, on a phone and at a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import Campaign, Relation, User
from tests.accounts.buyers import bought, link_of

PASSWORD = "a long enough password"


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


def test_the_screens_of_a_campaign_break_no_rule(page: Page, live_server: LiveServer) -> None:
    bought(now=timezone.now())
    User.objects.create_superuser("owner@example.org", PASSWORD, name="Owner")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server.url}{reverse('admin:accounts_campaign_add')}")
    page.fill("#id_username", "owner@example.org")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector("#id_subject_nl")
    is_sound(page, 1440)
    page.select_option("#id_category", "wall")
    page.fill("#id_subject_nl", "Aan de muur")
    page.fill("#id_text_nl", "Groot.")
    page.click("input[name=_save]")
    page.wait_for_selector("#result_list")
    campaign = Campaign.objects.get()
    for name in ("change", "preview", "send", "stop", "resume"):
        page.goto(f"{live_server.url}{reverse(f'admin:accounts_campaign_{name}', args=[campaign.pk])}")
        is_sound(page, 1440)
