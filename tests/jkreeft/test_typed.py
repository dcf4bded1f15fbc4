"""What was typed comes back with the page that could not take it: to who typed it, without what proves something."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from jkreeft.typed import words_of

WORDS = "Could you print <b>number 12</b> & 13 once more?"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def sent(headers: dict[str, str], **fields: str) -> list[str]:
    return words_of(RequestFactory().post("/nothing/", fields, headers=headers))


@pytest.mark.parametrize(
    "headers", [SAME_SITE, {"Origin": "http://testserver"}, {"Origin": "https://else.example", **SAME_SITE}]
)
def test_words_from_our_own_page_are_found(headers: dict[str, str]) -> None:
    assert sent(headers, text=WORDS, email="a@example.org") == [WORDS, "a@example.org"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_words_of_another_site_are_not_shown_as_ours(headers: dict[str, str]) -> None:
    assert sent(headers, text=WORDS) == []


@pytest.mark.parametrize(
    "name",
    ["password", "new_password", "oldpassword", "code", "csrfmiddlewaretoken", "token", "stamp", "_save", "next"],
)
def test_what_proves_something_is_never_shown(name: str) -> None:
    assert sent(SAME_SITE, **{name: "two words", "postcode": "1234 AB"}) == ["1234 AB"]


@pytest.mark.parametrize("value", ["", " ", "12", "parent", "in_production", "Jansen", "@"])
def test_what_was_chosen_is_not_called_typed(value: str) -> None:
    assert sent(SAME_SITE, field=value) == []


def test_a_page_that_is_only_read_has_no_words() -> None:
    assert words_of(RequestFactory().get("/nothing/", {"text": WORDS}, headers=SAME_SITE)) == []


@pytest.mark.django_db
def test_an_error_page_shows_the_words_as_text() -> None:
    answer: Any = Client(headers=SAME_SITE).post("/no/such/page/", {"text": WORDS})
    assert answer.status_code == 404
    assert "Could you print &lt;b&gt;number 12&lt;/b&gt; &amp; 13 once more?</textarea>" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "login"), [("admin:shop_order_find", "admin:login"), ("accounts:address", "account_login")]
)
def test_words_sent_after_the_login_ended_are_kept_beside_the_way_to_log_in(name: str, login: str) -> None:
    browser = Client(headers=SAME_SITE)
    answer: Any = browser.post(reverse(name), {"q": WORDS})
    assert answer.status_code == 403
    assert WORDS.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in answer.content.decode()
    assert f'href="{reverse(login)}?next={reverse(name)}"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_sites_form_is_sent_to_the_login_as_before(headers: dict[str, str]) -> None:
    answer = Client(headers=headers).post(reverse("accounts:address"), {"q": WORDS})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))
