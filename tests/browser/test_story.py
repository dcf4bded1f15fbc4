"""The main road of the story in a real browser on a phone, against the processes that `make demo` starts."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from .demo_site import DESKTOP, PHONE, DemoSite, Looker, running_demo

TYPED = {
    "Name": "Noor Verzonnen",
    "Street and house number": "Papierstraat 7",
    "Postcode": "1234 AB",
    "Town": "Verzonnen",
    "E-mail address": "noor@example.com",
    "Phone number": "06 12345678",
}
BUTTON = "Order with obligation to pay"

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    visitor = browser.new_context(locale="en-GB", viewport=PHONE, has_touch=True, reduced_motion="reduce")
    yield visitor
    visitor.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    visitor = browser.new_context(locale="en-GB", viewport=DESKTOP, reduced_motion="reduce")
    yield visitor
    visitor.close()


def enter(looker: Looker, code: str) -> None:
    looker.go("/")
    looker.page.get_by_label("Code on your card").fill(code)
    looker.page.get_by_role("button", name="Open photos").click()
    expect(looker.page.get_by_role("heading", level=1, name="Your photos")).to_be_visible()


def log_in(looker: Looker, role: str) -> None:
    login = looker.site.login_of(role)
    looker.go("/beheer/")
    looker.page.locator("[name=username]").fill(login["email"])
    looker.page.locator("[name=password]").fill(login["password"])
    looker.page.locator("[name=password]").press("Enter")
    expect(looker.page.locator("#user-tools")).to_be_visible()


def put_in_basket(looker: Looker, product: str) -> None:
    looker.page.get_by_role("radio", name=re.compile(product)).check()
    looker.page.get_by_role("button", name="Put in basket").click()
    expect(looker.page.get_by_text("It is in your basket.")).to_be_visible()


def test_a_parent_orders_on_a_phone_and_staff_sends_it(
    site: DemoSite, phone: BrowserContext, desk: BrowserContext
) -> None:
    parent = Looker.sit_down(phone, site, "parent")
    code = site.code_of("Schelp")
    parent.go("/")
    parent.look("home")
    tell_a_typo(parent, code)
    enter(parent, code)
    parent.look("gallery")
    choose(parent)
    order_and_pay(parent)
    number = see_the_order(parent)
    read_the_mail(parent, number)
    parent.leaves_nothing()

    staff = Looker.sit_down(desk, site, "desk")
    log_in(staff, "front desk")
    staff.look("today")
    send_the_order(staff, number)
    staff.leaves_nothing()


def tell_a_typo(parent: Looker, code: str) -> None:
    asked: list[str] = []
    parent.page.on("request", lambda request: asked.append(request.method) if request.method == "POST" else None)
    parent.page.get_by_label("Code on your card").fill(("3" if code[0] == "2" else "2") + code[1:])
    parent.page.get_by_role("button", name="Open photos").click()
    expect(parent.page.get_by_text("There is a typo in this code.")).to_be_visible()
    assert asked == [], "a typo is told before the server is asked anything"
    parent.look("typo", other_width=False)


def choose(parent: Looker) -> None:
    tiles = parent.page.locator(".tile a")
    expect(tiles).to_have_count(4)
    for image in parent.page.locator(".tile img").all():
        assert image.evaluate("e => e.decode().then(() => e.naturalWidth)") > 0
    tiles.first.click()
    parent.look("photo")
    put_in_basket(parent, "13 × 18")
    put_in_basket(parent, "Digital file")
    parent.page.get_by_role("link", name=re.compile("^Basket")).click()
    parent.look("basket")
    parent.page.get_by_role("link", name="Go to checkout").click()


def order_and_pay(parent: Looker) -> None:
    page = parent.page
    parent.look("checkout")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_text("Fill in your name.").first).to_be_visible()
    parent.look("checkout-errors")
    for label, value in TYPED.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("radio", name=re.compile("^(?!Bank)")).first.check()
    page.get_by_label(re.compile("^Deliver my digital files at once")).check()
    page.get_by_label(re.compile("^I understand that I then")).check()
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("heading", level=1, name="Demo bank")).to_be_visible()
    parent.look("bank")
    page.get_by_role("button", name="Pay", exact=True).click()


def see_the_order(parent: Looker) -> str:
    page = parent.page
    heading = page.get_by_role("heading", level=1, name=re.compile("^Order "))
    expect(heading).to_be_visible()
    parent.look("order")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("^Download")).click()
    assert waiting.value.suggested_filename.endswith(".jpg")
    assert Path(waiting.value.path()).stat().st_size > 200_000, "the whole photo, not a preview"
    return str(heading.text_content()).removeprefix("Order ").strip()


def read_the_mail(parent: Looker, number: str) -> None:
    page = parent.page
    parent.go("/demo/post/")
    expect(page.get_by_role("link", name=re.compile(number)).first).to_be_visible()
    parent.look("mailbox")
    page.get_by_role("link", name=re.compile(number)).first.click()
    parent.look("mail")
    page.get_by_role("link", name="See the mail in its own looks").click()
    expect(page.get_by_text(number).first).to_be_visible()
    # A page without scripts cannot be asked by axe; it is looked at, and it must fit.
    parent.picture("mail-html")


def send_the_order(staff: Looker, number: str) -> None:
    page = staff.page
    staff.go("/beheer/shop/order/")
    staff.look("orders")
    page.get_by_role("link", name=number).click()
    staff.look("order")
    for step in ("Start making", "Mark as sent", "Mark as delivered"):
        page.get_by_role("link", name=step).click()
        staff.look(step.lower().replace(" ", "-"))
        page.locator("#content form button, #content form input[type=submit]").last.click()
    expect(page.get_by_text("delivered").first).to_be_visible()


def test_the_qr_on_a_card_opens_the_photos_and_leaves_no_code_behind(site: DemoSite, phone: BrowserContext) -> None:
    parent = Looker.sit_down(phone, site, "qr")
    code = site.code_of("Helm")
    parent.go(f"/#code={code}")
    expect(parent.page.get_by_role("heading", level=1, name="Your photos")).to_be_visible()
    parent.page.go_back()
    assert code not in parent.page.url
    assert parent.page.evaluate("location.hash") == ""
    parent.leaves_nothing()


def test_a_family_opens_two_codes_and_has_one_basket(site: DemoSite, phone: BrowserContext) -> None:
    parent = Looker.sit_down(phone, site, "family")
    both = [entry["code"] for entry in site.codes if entry["family"] == "Duin"]
    assert len(both) == 2
    for code in both:
        enter(parent, code)
        parent.page.locator(".tile a").first.click()
        put_in_basket(parent, "10 × 15")
    parent.page.get_by_role("link", name=re.compile("^Basket")).click()
    expect(parent.page.locator(".basket > li")).to_have_count(2)
    parent.look("basket")
    parent.leaves_nothing()


def test_everything_works_without_scripts(site: DemoSite, browser: Browser) -> None:
    bare = browser.new_context(locale="en-GB", viewport=PHONE, java_script_enabled=False)
    page = bare.new_page()
    code = site.code_of("Meeuw")
    page.goto(f"{site.address}/#code={code}")
    page.get_by_label("Code on your card").fill(("3" if code[0] == "2" else "2") + code[1:])
    page.get_by_role("button", name="Open photos").click()
    assert page.get_by_text("There is a typo in this code.").count() >= 1
    page.get_by_label("Code on your card").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Open photos").click()
    assert page.get_by_role("heading", level=1, name="Your photos").is_visible()
    page.locator(".tile a").first.click()
    page.get_by_role("button", name="Put in basket").click()
    page.get_by_role("link", name=re.compile("^Basket")).click()
    page.get_by_role("link", name="Go to checkout").click()
    for label, value in TYPED.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("radio", name="Bank transfer").check()
    page.get_by_role("button", name=BUTTON).click()
    assert page.get_by_text("Payment reference").is_visible()
    bare.close()


def test_the_dutch_pages_fit_the_narrowest_phone(site: DemoSite, browser: Browser) -> None:
    visitor = browser.new_context(locale="nl-NL", viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    parent = Looker.sit_down(visitor, site, "nl")
    parent.go("/")
    parent.look("home", other_width=False)
    parent.page.locator("[name=code]").fill(site.code_of("Wad"))
    parent.page.locator("[name=code]").press("Enter")
    parent.page.locator(".tile a").first.click()
    parent.page.locator("[name=product]").last.check()
    parent.page.locator("main form button.primary").click()
    parent.look("photo", other_width=False)
    for what in ("mandje", "bestellen", "hulp", "privacy", "voorwaarden", "gezond", "bestaat-niet"):
        parent.go(f"/{what}/")
        parent.look(what, other_width=False)
    expect(parent.page.locator("html")).to_have_attribute("lang", "nl")
    parent.leaves_nothing()
    visitor.close()


def test_a_gallery_that_ended_says_so(site: DemoSite, phone: BrowserContext, desk: BrowserContext) -> None:
    """The club's month ends within days, so the night of five days from now leaves nothing of it."""
    parent = Looker.sit_down(phone, site, "gone")
    code = site.code_of("Vloed")
    enter(parent, code)
    parent.look("closing")
    later = datetime.now(UTC) + timedelta(days=5)
    site.manage("retention", "run", "--at", later.isoformat())
    site.manage("retention", "verify", "--at", later.isoformat())
    parent.page.reload()
    parent.look("gone")
    parent.go("/")
    parent.page.get_by_label("Code on your card").fill(code)
    parent.page.get_by_role("button", name="Open photos").click()
    expect(parent.page.get_by_text("This code does not open any photos.").first).to_be_visible()
    parent.look("refused")
    parent.leaves_nothing()

    owner = Looker.sit_down(desk, site, "owner")
    log_in(owner, "superuser")
    owner.look("today")
    owner.go("/beheer/privacy/sweeprun/")
    owner.look("sweeps")
    owner.page.locator("#result_list tbody a").first.click()
    owner.look("sweep")
    owner.leaves_nothing()
