"""What stands around every page, the pages for what goes wrong, and what neither of them may cost."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

ERROR_PAGES = ["403.html", "403_csrf.html", "404.html", "429.html", "503.html"]


def text(response: Any) -> str:
    """The test client's answers have a type of their own."""
    return str(response.content.decode())


@pytest.mark.django_db
def test_a_visitor_without_a_session_costs_no_query_and_gets_no_session(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get(reverse("demo:components"))
    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    assert reverse("shop:basket") not in text(response)


@pytest.mark.django_db
def test_a_visitor_with_a_code_sees_the_way_to_the_basket_and_how_much_is_in_it(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = client.session
    session["codes"], session["basket_count"] = [1], 3
    session.save()
    with django_assert_num_queries(1):  # the session itself
        response = client.get(reverse("demo:components"))
    assert f'href="{reverse("shop:basket")}"' in text(response)
    assert '<span class="count">3</span>' in text(response)
    assert reverse("galleries:leave") in text(response)


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), [("nl", "en"), ("en", "nl")])
def test_the_language_button_offers_the_other_language_and_keeps_the_choice(
    client: Client, before: str, after: str
) -> None:
    page = reverse("demo:components")
    shown = client.get(page, headers={"accept-language": before})
    assert f'<html lang="{before}">' in text(shown)
    assert f'name="language" value="{after}"' in text(shown)
    answer = client.post(reverse("set_language"), {"language": after}, headers={"referer": page})
    assert answer.headers["Location"] == page
    assert f'<html lang="{after}">' in text(client.get(page, headers={"accept-language": before}))


def test_every_page_is_told_to_fetch_from_this_site_only(client: Client) -> None:
    policy = client.get(reverse("demo:components")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_a_page_for_what_goes_wrong_names_the_way_on(name: str) -> None:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    html = render_to_string(name, request=request)
    assert f'href="{reverse("galleries:home")}"' in html
    assert f'href="{reverse("galleries:help")}"' in html
    assert html.count("<h1>") == 1


def test_an_address_that_is_not_there_gets_our_page(client: Client) -> None:
    response = client.get("/er-is-hier-niets/")
    assert response.status_code == 404
    assert reverse("galleries:help") in text(response)


@pytest.mark.django_db
def test_a_form_without_its_token_gets_our_page() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("set_language"), {"language": "en"})
    assert response.status_code == 403
    assert reverse("galleries:help") in text(response)


def test_the_page_for_a_broken_site_needs_nothing_of_the_site() -> None:
    html = render_to_string("500.html")
    assert "Er ging iets mis" in html
    assert "Something went wrong" in html
    # Written out, as no address can be asked by name there.
    assert f'href="{reverse("complaints:contact")}"' in html


@pytest.mark.django_db
def test_the_login_of_the_back_office_has_a_heading_and_our_look(client: Client) -> None:
    html = text(client.get(reverse("admin:login")))
    assert html.count("<h1") == 1
    assert "css/tokens.css" in html
    assert html.index("css/admin.css") > html.index("admin/css/login.css")
