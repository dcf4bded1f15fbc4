"""The code field in a real browser: what its script promises, and that the page does without it."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from galleries.codes import ALPHABET, new_code, parse, written
from galleries.models import LoginCode
from tests.galleries.studio import Studio, code_of, fill, open_studio, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def studio() -> Studio:
    """Published now, by the real clock: a browser has no other."""
    now = timezone.now()
    made = open_studio(now=now)
    fill(made, now=now)
    publish(made, now=now)
    return made


def posts(page: Page) -> list[str]:
    """The addresses that forms are sent to from now on."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def test_the_script_and_the_server_agree_on_every_code(page: Page, live_server: LiveServer, studio: Studio) -> None:
    code = new_code()
    typed = [code, written(code).lower(), f" {code[:4]}\u2013{code[4:]}\u00a0", code[:-1], code + "2", "", "0" * 10]
    typed += [
        code[:place] + ALPHABET[(ALPHABET.index(code[place]) + 1) % 31] + code[place + 1 :] for place in range(10)
    ]
    page.goto(live_server.url)

    told = page.evaluate(
        """async (typed) => {
            const check = await import("/static/js/code-check.js");
            return typed.map(check.isWellFormed);
        }""",
        typed,
    )

    assert told == [parse(one) is not None for one in typed]
    assert told[:3] == [True] * 3
    assert not any(told[3:])


def test_a_typo_is_told_before_anything_is_sent_and_goes_away_with_the_right_code(
    page: Page, live_server: LiveServer, studio: Studio
) -> None:
    page.goto(live_server.url)
    sent = posts(page)

    page.fill("[name=code]", "ABCDE-FGHJK")
    page.click("main form button")

    assert "There is a typo in this code" in page.inner_text("[role=alert]")
    assert page.get_attribute("[name=code]", "aria-invalid") == "true"
    assert page.evaluate("document.activeElement.name") == "code"
    assert sent == []
    page.fill("[name=code]", code_of(studio, studio.anna).lower())
    page.click("main form button")
    page.wait_for_url("**/fotos/*/")


def test_the_link_of_a_card_opens_the_photos_and_leaves_no_code_behind(
    page: Page, live_server: LiveServer, studio: Studio
) -> None:
    code = written(code_of(studio, studio.anna))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{live_server.url}/#code={code}")
    page.wait_for_url("**/fotos/*/")

    assert page.locator(".tile").count() == 3
    # Chromium names the fragment of what it navigates to, but does not send it.
    assert not any(code in url.partition("#")[0] for url in asked)
    assert code not in page.url
    page.go_back()
    assert code not in page.url


def test_a_second_card_scanned_on_the_open_page_is_taken_too(
    page: Page, live_server: LiveServer, studio: Studio
) -> None:
    page.goto(live_server.url)

    page.evaluate("(code) => { window.location.hash = `code=${code}` }", code_of(studio, studio.chris))

    page.wait_for_url(f"**/fotos/{LoginCode.objects.get(subject=studio.chris).public_id}/")


def test_without_scripts_the_code_is_typed_and_works(browser: Browser, live_server: LiveServer, studio: Studio) -> None:
    visitor = browser.new_context(java_script_enabled=False)
    page = visitor.new_page()
    code = code_of(studio, studio.anna)

    page.goto(f"{live_server.url}/#code={written(code)}")
    page.fill("[name=code]", code)
    page.click("main form button")

    page.wait_for_url("**/fotos/*/")
    assert page.locator(".tile").count() == 3
    visitor.close()


def test_arrow_keys_turn_the_photos_and_escape_goes_back(page: Page, live_server: LiveServer, studio: Studio) -> None:
    page.goto(f"{live_server.url}/#code={code_of(studio, studio.anna)}")
    page.wait_for_url("**/fotos/*/")
    wall = page.url
    page.click(".tile a >> nth=0")
    page.wait_for_url("**/fotos/*/*/")
    first = page.url

    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: url not in (first, wall))
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(first)
    page.keyboard.press("Escape")
    page.wait_for_url(wall)
