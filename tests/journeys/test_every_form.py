"""Every form of the site and of the back office, as the access matrix finds them: whatever is typed in it, the answer
is a page, what was typed is still there, and nothing of it becomes part of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client as Browser

from privacy.models import Hold, Restriction
from privacy.sweep import run_sweep
from tests.galleries.studio import NOW

from .access_matrix import MATRIX
from .pages import Page, PageForm
from .test_access_matrix import address, browser_for
from .world import World, build_world

pytestmark = pytest.mark.postgres

SCRIPT = "<script>alert('odd')</script>&\""
TYPED = {
    "nothing": "",
    "too much": "m" * 6000,
    "another script": "漢字 עברית 🙂",
    "what no keyboard types": "a\x00b\x1b[31m\r\nBcc: x@example.org\u202e",
    "half a character": "\ud7ff\uffff",
    "markup": SCRIPT,
}
# Fields whose content never comes back: they prove something.
SECRETS = {"password", "password1", "password2", "oldpassword", "code", "new_password"}

# A field nobody sees and only a robot fills in.
HIDDEN = {"website"}
# The basket takes a number of copies from anybody, and shows in one sentence what it could not add. A request that was
# decided, or whose photo is gone, needs no explanation any more: its page says so.
SERVED = {("galleries:photo", 302)} | {
    (f"admin:galleries_removalcase_{way}", 302) for way in ("mask", "replace", "remove", "leave")
}


@dataclass(frozen=True)
class Found:
    """A form, and the page it stands on."""

    name: str
    path: str
    form: PageForm

    @property
    def action(self) -> str:
        return self.form.action or self.path


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield build_world()


def forms_of(actor: str, world: World, browser: Browser) -> list[Found]:
    """Every form that is sent, on every page this person may open; each once, though its frame stands on all pages."""
    found: dict[tuple[str, frozenset[str]], Found] = {}
    for row in MATRIX:
        if row.method != "GET" or row.statuses[actor] != "200":
            continue
        path = address(row.name, world)
        answer: Any = browser.get(path)
        if not str(answer.headers.get("Content-Type", "")).startswith("text/html"):
            # Read to its end: closing it by hand would close the database with it.
            b"".join(answer) if answer.streaming else answer.content
            continue
        for form in Page(answer).forms:
            one = Found(row.name, path, form)
            # The page of components shows forms that go nowhere.
            if form.method == "post" and form.written and row.name != "demo:components":
                found.setdefault((one.action, frozenset(form.offered)), one)
    return list(found.values())


def sent(browser: Browser, found: Found, changes: dict[str, str]) -> Page:
    """What comes of sending it, undone afterwards."""
    cookies = {name: morsel.value for name, morsel in browser.cookies.items()}
    with transaction.atomic():
        answer = Page(browser.post(found.action, {**found.form.values, **changes}))
        transaction.set_rollback(True)
    browser.cookies.clear()
    for name, value in cookies.items():
        browser.cookies[name] = value
    return answer


def shown_again(page: Page, found: Found, name: str) -> str:
    """What stands in a field of the same form on the page that came back."""
    same = [form for form in page.forms if name in form.offered and form.method == "post"]
    return unescape(same[0].values.get(name, "")) if same else ""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("actor", ["visitor", "owner", "customer", "privacy owner", "superuser"])
def test_every_form_survives_what_is_typed_in_it(actor: str, world: World) -> None:
    browser = browser_for(actor, world)
    found = forms_of(actor, world, browser)
    assert found
    wrong = []
    for one in found:
        for what, typed in TYPED.items():
            page = sent(browser, one, dict.fromkeys(one.form.written, typed))
            if page.status >= 500:
                wrong.append((one.name, what, page.status))
            elif page.status in {200, 422} and "alert('odd')</script>" in page.text:
                wrong.append((one.name, what, "stands in the page as markup"))
    assert wrong == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("actor", ["visitor", "owner", "customer", "privacy owner", "superuser"])
def test_what_was_typed_comes_back_with_the_error(actor: str, world: World) -> None:
    browser = browser_for(actor, world)
    lost = []
    for one in forms_of(actor, world, browser):
        # Not every kind of field takes such a word; one of them is enough to bring the page back.
        page = sent(browser, one, {name: f"typed-{name} <b>" for name in one.form.written})
        if page.status not in {200, 422}:
            continue
        lost += [
            (one.name, name)
            for name in sorted(one.form.written - SECRETS)
            if f"typed-{name} <b>" not in shown_again(page, one, name)
        ]
    assert lost == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("actor", ["visitor", "owner", "customer", "front desk", "privacy owner"])
def test_a_form_whose_visit_ended_gives_back_what_was_typed(actor: str, world: World) -> None:
    """The page stood open while the visit ended. Who needs no visit is served; who does, gets the words back."""
    found = forms_of(actor, world, browser_for(actor, world))
    assert lost_words(Browser(headers={"Sec-Fetch-Site": "same-origin"}), found) == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("actor", ["front desk", "privacy owner", "superuser"])
def test_a_form_about_what_is_gone_gives_back_what_was_typed(actor: str, world: World) -> None:
    """The page stood open while the night took away what it is about."""
    browser = browser_for(actor, world)
    browser.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    found = forms_of(actor, world, browser)
    still_in = list(Session.objects.all())
    Hold.objects.all().delete()
    Restriction.objects.all().delete()
    run_sweep(now=NOW + timedelta(days=40 * 365))
    Session.objects.bulk_create(still_in)
    gone = [one for one in found if browser.get(one.path).status_code != 200]
    assert gone
    assert lost_words(browser, gone) == []


def lost_words(browser: Browser, found: list[Found]) -> list[tuple[str, int, list[str]]]:
    """The forms whose answer does not show what was typed, with the status and the fields."""
    lost = []
    for one in found:
        words = {name: f"words of {name} & more" for name in one.form.written - SECRETS}
        page = sent(browser, one, words)
        missing = sorted(name for name in set(words) - HIDDEN if words[name] not in unescape(page.text))
        if missing and (one.name, page.status) not in SERVED:
            lost.append((one.name, page.status, missing))
    return lost


@pytest.mark.parametrize("actor", ["owner", "customer"])
def test_a_page_without_the_token_against_forgery_is_sent_back_with_a_sentence(actor: str, world: World) -> None:
    careful = browser_for(actor, world)
    careful.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    found = forms_of(actor, world, careful)
    careful.handler.enforce_csrf_checks = True
    for one in found:
        words = {name: f"words of {name} & more" for name in one.form.written - SECRETS}
        page = sent(careful, one, {**words, "csrfmiddlewaretoken": "stale"})
        assert page.status < 500, one.name
        assert "<h1" in page.text or page.status == 302, one.name
        if page.status == 403:
            assert [name for name in set(words) - HIDDEN if words[name] not in unescape(page.text)] == [], one.name
