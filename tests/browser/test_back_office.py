"""The stock admin in our look: readable by everybody, and within the content policy where Django's own scripts run."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from shop.models import Order, OrderLine
from tests.journeys.world import build_world

PASSWORD = "a long enough password"


def faults(page: Page) -> list[str]:
    return [violation["id"] for violation in Axe().run(page).response["violations"]]


def log_in(page: Page, live_server: LiveServer) -> None:
    User.objects.create_superuser("owner@example.org", PASSWORD, name="Owner")
    page.goto(f"{live_server.url}{reverse('admin:index')}")
    page.fill("#id_username", "owner@example.org")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector(".today")


def test_the_login_page_breaks_no_accessibility_rule(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}{reverse('admin:login')}")
    assert faults(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_page_and_a_list_break_no_accessibility_rule(
    page: Page, live_server: LiveServer, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    log_in(page, live_server)
    for name in ("admin:index", "admin:galleries_photo_changelist"):
        page.goto(f"{live_server.url}{reverse(name)}")
        assert (name, faults(page)) == (name, [])


def test_lists_and_forms_stay_within_the_screen_of_a_desk(page: Page, live_server: LiveServer) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    log_in(page, live_server)
    for name in ("admin:shop_order_changelist", "admin:galleries_assignment_add", "admin:accounts_user_add"):
        page.goto(f"{live_server.url}{reverse(name)}")
        assert page.evaluate("document.documentElement.scrollWidth") == 1440


def test_the_orders_stay_within_the_screen_of_a_desk_however_long_a_name_is(
    page: Page, live_server: LiveServer
) -> None:
    build_world()
    Order.objects.update(name="Wolfeschlegelsteinhausenbergerdorff" + "a" * 25, placed_at=timezone.now())
    OrderLine.objects.update(title="Kunststofffotolijstje" * 2 + "b" * 18)
    page.set_viewport_size({"width": 1440, "height": 900})
    log_in(page, live_server)
    page.goto(f"{live_server.url}{reverse('admin:shop_order_changelist')}")
    assert page.locator("#result_list tbody tr").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") == 1440
    ends, begins = page.locator("#result_list").bounding_box(), page.locator("#changelist-filter").bounding_box()
    assert ends
    assert begins
    assert ends["x"] + ends["width"] <= begins["x"], "every column is in sight beside the filters"


def test_the_page_of_a_password_shows_no_switch_that_is_not_ours(page: Page, live_server: LiveServer) -> None:
    log_in(page, live_server)
    page.goto(f"{live_server.url}{reverse('admin:password_change')}")
    assert page.locator("#header svg").count() == 1, "our mark; Django's switch would fill the header"


def test_a_field_ends_within_its_row_on_a_phone(page: Page, live_server: LiveServer) -> None:
    log_in(page, live_server)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{live_server.url}{reverse('admin:accounts_user_add')}")
    wide = "rows => rows.filter(row => row.scrollWidth > row.clientWidth).map(row => row.className)"
    assert page.locator(".form-row").evaluate_all(wide) == []
