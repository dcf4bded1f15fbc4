"""The sentences people read: complete against the policy, no dead end, nothing that does not exist."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from privacy import archive
from privacy.documents import STATEMENT, WRITTEN
from privacy.registry import registry
from privacy.statement import Terms

TEXTS = sorted((settings.BASE_DIR / "templates" / "privacy").rglob("*.html"))
# Where a page of ours may send somebody. The platform for online dispute resolution closed in 2025 (L28).
ELSEWHERE = {"www.autoriteitpersoonsgegevens.nl", "www.belastingdienst.nl"}
PAGES = ["/privacy/", "/privacy/rechten/", "/voorwaarden/", "/verwerkersovereenkomst/", "/cookies/", "/verwerker/"]
PAGES += ["/zo-doen-we-dat/", "/gezond/", "/documenten/statement/", "/documenten/terms/2026-11/"]
PAGES += ["/documenten/statement/vergelijken/", "/documenten/keep_longer/2026-11/"]
# What the statement of a photo shop need not tell: how the clauses themselves came about.
NOT_TOLD: set[str] = set()

pytestmark = pytest.mark.django_db


def statement(language: str) -> str:
    return archive.frozen(STATEMENT, STATEMENT.current.number, language) or ""


def links_of(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)


@pytest.mark.clauses("P03", "P95")
def test_the_statement_tells_every_clause_of_the_policy_whose_part_is_built() -> None:
    told = {clause for found in re.findall(r'data-clauses="([^"]+)"', statement("nl")) for clause in found.split()}
    # A section on accounts, marketing or reviews is there as soon as the rule is that ends them.
    waiting = {"RT11": range(44, 52), "RT14": range(62, 67), "RT17": range(70, 74)}
    later = {f"P{n}" for number, span in waiting.items() if number not in Terms(registry) for n in span}
    assert {f"P{n:02}" for n in range(1, 97)} - told - later == NOT_TOLD


def test_every_period_in_a_sentence_is_one_of_a_rule() -> None:
    """A period that is not there would leave a hole in the sentence; only a part that asks for it may name one."""
    terms, holes = Terms(registry), []
    for path in TEXTS:
        text = re.sub(r"{% if terms\.(\w+) %}.*?{% endif %}", "", path.read_text(), flags=re.DOTALL)
        holes += [(path.name, name) for name in re.findall(r"{{ terms\.(\w+)", text) if name not in terms]
    assert holes == []


@pytest.mark.clauses("P02", "P05", "P06")
def test_the_statement_says_who_we_are_and_for_which_websites(client: Client, settings: pytest.FixtureRequest) -> None:
    settings.SITE_URL = "https://fotos.example"
    settings.ALLOWED_HOSTS = ["fotos.example", ".jkreeft.example", "*", "127.0.0.1", "[::1]"]
    settings.PRIVACY_OWNER_NAME = "J. <Kreeft>"
    page = client.get("/privacy/", headers={"Accept-Language": "nl"}).content.decode()
    assert "fotos.example, jkreeft.example." in page
    assert "Middelharnis" in page
    assert "J. &lt;Kreeft&gt; is bij ons verantwoordelijk" in page
    assert 'href="/contact/"' in page
    assert "[[" not in page


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_in_both_languages_and_leads_to_pages_that_exist(
    client: Client, address: str, language: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    own = {urlsplit(link) for link in links_of(page) if link.startswith("/") and "/static/" not in link}
    for link in own:
        target = client.get(link.path, headers={"Accept-Language": language})
        assert target.status_code in {200, 301, 302}, link.path
        assert not link.fragment or f'id="{link.fragment}"' in target.content.decode(), link


@pytest.mark.clauses("P61", "P91")
def test_links_lead_to_the_authorities_and_to_nobody_else(client: Client) -> None:
    outside = set()
    for address in PAGES:
        for link in links_of(client.get(address).content.decode()):
            if not link.startswith(("/", "#", "mailto:")):
                outside.add((urlsplit(link).scheme, urlsplit(link).netloc))
    assert outside == {("https", host) for host in ELSEWHERE}
    rights = client.get("/privacy/rechten/").content.decode()
    assert "autoriteitpersoonsgegevens.nl/een-tip-of-klacht-indienen-bij-de-ap" in rights
    assert "www.belastingdienst.nl" in client.get("/privacy/").content.decode()


def test_no_link_to_the_closed_platform_for_disputes() -> None:
    places = [*(settings.BASE_DIR / "templates").rglob("*.*"), *archive.FOLDER.rglob("*.html")]
    assert [path for path in places if "ec.europa.eu" in path.read_text()] == []


@pytest.mark.clauses("P91")
@pytest.mark.parametrize(
    "right", ["access", "rectification", "erasure", "restriction", "portability", "objection", "withdraw", "authority"]
)
def test_the_rights_page_explains_each_right(client: Client, right: str) -> None:
    assert f'id="{right}"' in client.get("/privacy/rechten/").content.decode()


@pytest.mark.clauses("P94")
def test_an_earlier_version_says_that_it_is_one(client: Client) -> None:
    page = client.get("/documenten/statement/2026-11/", headers={"Accept-Language": "en"}).content.decode()
    assert "This is an earlier version." in page
    assert 'href="/privacy/"' in page
    now = client.get(f"/documenten/statement/{STATEMENT.current.number}/", headers={"Accept-Language": "en"})
    assert "This is an earlier version." not in now.content.decode()


@pytest.mark.clauses("P94")
def test_what_changed_is_marked_for_eyes_and_ears(client: Client) -> None:
    address = f"/documenten/terms/vergelijken/?from=2026-11&to={WRITTEN[1].current.number}"
    page = client.get(address, headers={"Accept-Language": "en"}).content.decode()
    assert re.search(r"<ins><span[^>]*>\[put in:\] </span>", page)
    assert re.search(r"<del><span[^>]*>\[taken out:\] </span>", page)
    same = client.get("/documenten/terms/vergelijken/?from=2026-11&to=2026-11", headers={"Accept-Language": "en"})
    assert "Nothing changed between these two." in same.content.decode()


@pytest.mark.parametrize("odd", ["", "x", "%00", "9" * 5000, "2026-11%0d%0a", "%3Cb%3E", "../sealed"])
def test_an_odd_version_is_answered(client: Client, odd: str) -> None:
    assert client.get(f"/documenten/statement/vergelijken/?from={odd}&to={odd}").status_code == 200
    assert client.get(f"/documenten/statement/{odd or 'x'}/").status_code == 404
    assert client.get(f"/documenten/{odd or 'x'}/").status_code == 404


@pytest.mark.clauses("P80")
def test_the_old_address_of_the_cookie_page_still_leads_there(client: Client) -> None:
    for address in ("/cookies-policy", "/cookies-policy/"):
        assert client.get(address)["Location"] == "/cookies/"


def test_pages_of_documents_ask_the_database_nothing(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        assert client.get("/privacy/").status_code == 200
