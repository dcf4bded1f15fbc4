"""The pages of an account that ask for a fresh login, and passkeys as a browser uses them."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.accounts.customers import EMAIL, PASSWORD, customer, log_in

from .demo_site import DESKTOP, PHONE
from .test_every_page import faults, seated

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    "",
    "adres/",
    "verwijderen/",
    "wachtwoord/",
    "opnieuw/",
    "beveiliging/",
    "beveiliging/app/",
    "beveiliging/sleutels/nieuw/",
)


@pytest.fixture
def user(live_server: LiveServer) -> User:
    return customer(now=timezone.now())


@pytest.fixture
def seat(user: User, browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A browser in which the customer just logged in."""
    client = Client()
    assert log_in(client).status_code == 302
    context = seated(browser, live_server, client)
    yield context
    context.close()


def test_every_page_of_the_account_is_readable_by_everybody(seat: BrowserContext, live_server: LiveServer) -> None:
    page = seat.new_page()
    wrong = {}
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for name in PAGES:
            page.goto(f"{live_server.url}/account/{name}")
            assert page.url.endswith(f"/account/{name}"), page.url
            if found := faults(page, f"account-{name.replace('/', '-')}"):
                wrong[f"{name} at {size['width']}"] = found
    assert wrong == {}


def give_device(page: Page) -> None:
    """A device that keeps passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_the_account_alone(user: User, page: Page, live_server: LiveServer) -> None:
    # A passkey belongs to a name, not to a number: the browser refuses one for 127.0.0.1.
    here = live_server.url.replace("127.0.0.1", "localhost")
    give_device(page)
    page.goto(f"{here}/account/inloggen/")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action$='/inloggen/'] button")
    page.goto(f"{here}/account/beveiliging/sleutels/nieuw/")
    page.click("[data-passkey] button")
    page.wait_for_url("**/herstelcodes/")
    assert page.locator("code.secret").count() == 10
    page.goto(f"{here}/account/")
    page.click("form[action$='/uitloggen/'] button")
    page.wait_for_url("**/inloggen/")
    page.click("[data-passkey=login] button")
    page.wait_for_url("**/account/")
    assert EMAIL in page.content()
