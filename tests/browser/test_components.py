"""The component page in a real browser: accessible, within the screen, within the content policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer


@pytest.fixture
def address(live_server: LiveServer) -> str:
    return f"{live_server.url}{reverse('demo:components')}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_component_breaks_an_accessibility_rule(page: Page, address: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(address)
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("width", [320, 1600])
def test_nothing_is_wider_than_the_screen(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_everything_to_press_is_large_enough_for_a_thumb(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    small = page.evaluate(
        """[...document.querySelectorAll("button, .button, select, .input, .tabs a, .choice, .site-header a")]
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert small == []


def test_photos_of_every_shape_hang_in_rows_of_one_height(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.tile')].map(e => e.getBoundingClientRect()).map(b => [b.top, b.height])"
    )
    first_row = [height for top, height in boxes if top == boxes[0][0]]
    assert len(first_row) >= 4
    assert max(first_row) - min(first_row) < 1


def test_the_page_works_without_scripts(page: Page, address: str) -> None:
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address)
    assert page.get_by_role("spinbutton", name="Number of").is_visible()
    assert page.get_by_role("button", name="Update").is_visible()


def test_reading_starts_at_the_summary_of_the_errors(page: Page, address: str) -> None:
    page.goto(address)
    assert page.evaluate("document.activeElement.matches('[data-errors]')")


def test_a_stepper_counts_within_its_bounds(page: Page, address: str) -> None:
    page.goto(address)
    number = page.locator(".stepper input")
    page.get_by_role("button", name="One less").click()
    assert number.input_value() == "1"
    assert page.get_by_role("button", name="One less").is_disabled()
    page.get_by_role("button", name="One more").click()
    assert number.input_value() == "2"


def test_a_dialog_opens_closes_and_gives_the_focus_back(page: Page, address: str) -> None:
    page.goto(address)
    opener = page.locator("[data-opens]")
    opener.click()
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0
    assert opener.evaluate("e => e === document.activeElement")


def test_the_skip_link_leads_to_the_content(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
