"""What the site is served over, and what a page of it may load."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from jkreeft.ops import gates

NAMES = ["SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"]
RELAXED = {"SECURE", "STAFF_WITHOUT_SECOND_FACTOR"}
TOLD = f"import json; from django.conf import settings; print(json.dumps([getattr(settings, n) for n in {NAMES}]))"


@pytest.mark.clauses("P81")
def test_a_site_on_the_internet_is_served_over_tls_only(tmp_path: Path) -> None:
    # What the tests switch off is left to its default.
    own = {name: value for name, value in gates.development_environment(tmp_path).items() if name not in RELAXED}
    said = subprocess.run(
        [sys.executable, "-c", TOLD], cwd=settings.BASE_DIR, env=own | gates.PRODUCTION, capture_output=True, check=True
    )
    redirects, seconds, *cookies = json.loads(said.stdout)
    assert redirects
    assert seconds >= 365 * 24 * 3600
    assert all(cookies)


@pytest.mark.clauses("P81")
def test_a_plain_address_leads_to_the_encrypted_one(settings: pytest.FixtureRequest) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    plain = Client().get("/privacy/")
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/privacy/")
    assert "max-age=31536000" in Client().get("/privacy/", secure=True)["Strict-Transport-Security"]


@pytest.mark.clauses("P84")
def test_a_page_may_load_nothing_of_anybody_else(client: Client) -> None:
    policy = client.get("/privacy/")["Content-Security-Policy"]
    sources = {source for directive in policy.split(";") for source in directive.split()[1:]}
    assert sources <= {"'none'", "'self'", "data:"}
    assert "default-src 'none'" in policy
