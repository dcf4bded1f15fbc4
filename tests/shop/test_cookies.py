"""A whole visit, and every cookie it sets stands on the cookie page (P80). The browser has its own test of this."""

import pytest
from django.test import Client as Browser
from django.utils.html import escape
from django.utils.translation import override

from privacy import cookies

from .counter import Counter, browser_of, order_by, put

pytestmark = pytest.mark.django_db


@pytest.mark.clauses("P80")
def test_a_visit_sets_no_cookie_that_is_not_on_the_page(counter: Counter) -> None:
    known = {cookie.name for cookie in cookies.registered() if cookie.kind == cookies.Kind.COOKIE}
    anna = browser_of(counter, counter.studio.anna)
    put(anna, counter.studio.anna, counter.photos["anna"], counter.print_)
    anna.get("/bestellen/")
    anna.post("/taal/setlang/", {"language": "en", "next": "/"})
    order_by(anna)
    assert {"sessionid", "csrftoken", "viewer", "django_language"} <= set(anna.cookies) <= known


@pytest.mark.clauses("P80")
def test_the_cookie_page_names_each_with_purpose_and_lifetime(client: Browser) -> None:
    page = client.get("/cookies/", headers={"Accept-Language": "en"}).content.decode()
    with override("en"):
        for cookie in cookies.registered():
            assert f"<code>{cookie.name}</code>" in page
            assert f'<td role="cell">{escape(cookie.purpose)}</td>' in page
            # On a phone the heads of the columns are out of sight.
            assert f'data-label="How long">{escape(cookie.lifetime)}</td>' in page
            assert f'data-label="When">{escape(cookie.where)}</td>' in page
    assert set(client.cookies) <= {"csrftoken"}, "reading sets no other"
