"""A whole visit, and every cookie it sets stands on the cookie page (P80). The browser has its own test of this."""

import pytest
from django.test import Client as Browser

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
    for cookie in cookies.registered():
        assert f"<code>{cookie.name}</code>" in page
        assert all((str(cookie.purpose), str(cookie.lifetime), str(cookie.where)))
    assert set(client.cookies) <= {"csrftoken"}, "reading sets no other"
