"""The real demo for the browser: the processes of `make demo` in a folder of their own, and people who look at it."""

import json
import os
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, ViewportSize

from jkreeft.ops import demo
from jkreeft.ops.processes import Tree
from jkreeft.ops.servers import start_valkey

PHONE, DESKTOP = ViewportSize(width=360, height=740), ViewportSize(width=1440, height=900)
# Where screenshots go, for looking; nowhere when it is not set.
SCREENSHOTS = os.environ.get("JKREEFT_SCREENSHOTS", "")


@dataclass
class DemoSite:
    """A demo that runs. `codes` and `staff` are what it tells the person who started it."""

    address: str
    tree: Tree
    env: dict[str, str]
    codes: list[dict[str, str]]
    staff: list[dict[str, str]]

    def manage(self, *arguments: str) -> str:
        return demo.manage(self.tree, self.env, arguments[0], *arguments)

    def code_of(self, family: str) -> str:
        return next(entry["code"] for entry in self.codes if entry["family"] == family)

    def login_of(self, role: str) -> dict[str, str]:
        return next(entry for entry in self.staff if entry["role"] == role)


@contextmanager
def running_demo(folder: Path) -> Iterator[DemoSite]:
    """Fill a studio and serve it with its worker and beat, as `make demo` does, but in `folder` and in this Python."""
    port = _free_port()
    with pytest.MonkeyPatch.context() as patch, Tree() as tree:
        patch.setattr(demo, "HOME", folder)
        demo.begin_home(fresh=False)
        env = demo.environment(port) | {"REDIS_URL": start_valkey(tree, folder)}
        demo.prepare(tree, env)
        sockets = demo.listen(port)
        demo.start_site(tree, env, sockets)
        for listener in sockets:
            listener.close()
        demo.wait_until_it_answers(tree, port)
        shown = json.loads(demo.manage(tree, env, "Codes", "demo_studio", "--show", "--json"))
        yield DemoSite(f"http://localhost:{port}", tree, env, shown["codes"], shown["staff"])


@dataclass
class Looker:
    """One person at one screen. Every page they come to is looked at: rules of accessibility, width, errors."""

    page: Page
    site: DemoSite
    name: str
    allowed: re.Pattern[str] = re.compile(
        r"Failed to load resource: the server responded with a status of (404|410|422)"
    )
    complaints: list[str] = field(default_factory=list)
    strangers: set[str] = field(default_factory=set)
    _count: int = 0

    @classmethod
    def sit_down(cls, context: BrowserContext, site: DemoSite, name: str) -> "Looker":
        looker = cls(context.new_page(), site, name)
        looker.page.on("console", lambda message: looker._note(message.type, message.text, message.location["url"]))
        looker.page.on("pageerror", lambda error: looker.complaints.append(str(error)))
        looker.page.on("request", lambda request: looker._note_request(request.url))
        return looker

    def go(self, path: str) -> None:
        self.page.goto(f"{self.site.address}{path}")

    def look(self, what: str, *, other_width: bool = True) -> None:
        """Check the page as it stands, here and at the other end of the widths, and keep a picture of it."""
        # A click returns once the next page begins to arrive; on a busy machine the rest is not there yet.
        self.page.wait_for_load_state()
        here: Any = self.page.viewport_size
        sizes = [here, PHONE if here["width"] > 1000 else DESKTOP] if other_width else [here]
        for size in sizes:
            self.page.set_viewport_size(size)
            self.picture(what, size["width"])
            found = [f"{item['id']}: {item['nodes'][0]['html']}" for item in self._violations()]
            assert not found, f"{what} at {size['width']}: {found}"
            assert self.page.evaluate("document.documentElement.scrollWidth") <= size["width"], what
        self.page.set_viewport_size(here)

    def _violations(self) -> list[dict[str, Any]]:
        """What axe finds. What axe itself does to the page, it does under our policy too, and hears about it."""
        before = len(self.complaints)
        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        del self.complaints[before:]
        return found

    def leaves_nothing(self) -> None:
        """No error in the console, no break of the content policy, no request to anybody else."""
        assert not self.complaints, self.complaints
        assert not self.strangers, self.strangers

    def _note(self, kind: str, text: str, address: str) -> None:
        # A page may say that it is not there; a picture, a script or a style may not.
        is_page = not re.search(r"/(static|beeld)/", address)
        if kind in {"error", "warning"} and not (is_page and self.allowed.search(text)):
            self.complaints.append(f"{text} {address}")

    def _note_request(self, url: str) -> None:
        if not url.startswith((self.site.address, "data:", "blob:")):
            self.strangers.add(url)

    def picture(self, what: str, width: int = 0) -> None:
        if SCREENSHOTS:
            self._count += 1
            name = f"{self.name}-{self._count:02}-{what}-{width}.png"
            self.page.screenshot(path=Path(SCREENSHOTS) / name, full_page=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
