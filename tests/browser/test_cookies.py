"""Everything a real browser keeps of this site stands on the cookie page (P80, L27)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from privacy import cookies
from privacy.cookies import Kind

from .demo_site import DESKTOP, DemoSite, Looker, running_demo

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
STORED = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
READ = ["/privacy/", "/privacy/rechten/", "/cookies/", "/verwerker/", "/zo-doen-we-dat/", "/voorwaarden/"]
VERSIONS = ["/documenten/statement/", "/documenten/statement/vergelijken/", "/verwerkersovereenkomst/"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


class Notebook:
    """Which cookies were set and what was stored, over a whole visit."""

    def __init__(self, looker: Looker) -> None:
        self.page, self.set, self.stored = looker.page, set[str](), set[str]()
        # Kept, and read when somebody looks: a cookie may be set by one page and taken away by the next.
        self._answers: list[Response] = []
        self.page.on("response", self._note)

    def _note(self, answer: Response) -> None:
        self._answers.append(answer)

    def look(self) -> None:
        self.page.wait_for_load_state()
        for answer in self._answers:
            headers = "\n".join(answer.header_values("set-cookie")).splitlines()
            self.set.update(line.split("=", 1)[0].strip() for line in headers)
        self._answers.clear()
        self.set.update(str(cookie["name"]) for cookie in self.page.context.cookies())
        self.stored.update(self.page.evaluate(STORED))


def order(page: Page, code: str, notebook: Notebook) -> None:
    page.get_by_label("Code on your card").fill(code)
    page.get_by_role("button", name="Open photos").click()
    notebook.look()
    page.locator(".tile a").first.click()
    page.get_by_role("radio", name=re.compile("13 × 18")).check()
    page.get_by_role("button", name="Put in basket").click()
    notebook.look()
    page.get_by_role("link", name=re.compile("^Basket")).click()
    page.get_by_role("link", name="Go to checkout").click()
    notebook.look()


def log_in(looker: Looker, notebook: Notebook) -> None:
    login = looker.site.login_of("superuser")
    looker.go("/beheer/")
    looker.page.locator("[name=username], [name=login]").first.fill(login["email"])
    looker.page.locator("[name=password]").fill(login["password"])
    looker.page.locator("[name=password]").press("Enter")
    expect(looker.page.locator("#user-tools")).to_be_visible()
    for address in ("/beheer/", "/beheer/shop/order/", "/beheer/privacy/datarecipient/add/"):
        looker.go(address)
        notebook.look()


@pytest.mark.clauses("P80")
def test_a_browser_keeps_nothing_that_is_not_on_the_cookie_page(site: DemoSite, browser: Browser) -> None:
    visitor = browser.new_context(locale="en-GB", viewport=DESKTOP, reduced_motion="reduce")
    looker = Looker.sit_down(visitor, site, "cookies")
    notebook = Notebook(looker)
    looker.go("/")
    notebook.look()
    order(looker.page, site.code_of("Schelp"), notebook)
    looker.page.get_by_role("button", name="Nederlands").click()
    for address in [*READ, "/contact/", "/hulp/", "/gezond/"]:
        looker.go(address)
        notebook.look()
    log_in(looker, notebook)

    known = {kind: {cookie.name for cookie in cookies.registered() if cookie.kind == kind} for kind in Kind}
    assert notebook.set <= known[Kind.COOKIE]
    assert notebook.stored <= known[Kind.LOCAL]
    assert known[Kind.COOKIE] - notebook.set <= {"messages"}, "and nothing is on the page that no visit sets"
    looker.leaves_nothing()
    visitor.close()


def test_the_pages_people_read_are_whole_at_both_widths(site: DemoSite, browser: Browser) -> None:
    for locale in ("nl-NL", "en-GB"):
        visitor = browser.new_context(locale=locale, viewport=DESKTOP, reduced_motion="reduce")
        looker = Looker.sit_down(visitor, site, f"read-{locale[:2]}")
        for address in READ + VERSIONS:
            looker.go(address)
            assert looker.page.locator("h1").count() == 1, address
            looker.look(address.strip("/").replace("/", "-"))
        assert looker.complaints == []
        looker.leaves_nothing()
        visitor.close()
