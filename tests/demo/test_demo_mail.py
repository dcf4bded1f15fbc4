from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from privacy.models import OutgoingMail

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail() -> OutgoingMail:
    return OutgoingMail.objects.create(
        kind="shop.confirmation",
        to="anna@example.com",
        subject="Your order",
        text="Look at http://testserver/bestelling/1/ for your order.",
        html='<p style="color: red">Your order <script>alert(1)</script></p>',
        created_at=NOW,
        kept_from=NOW,
    )


def test_the_mailbox_lists_each_mail_with_a_way_to_it(client: Client, mail: OutgoingMail) -> None:
    page = client.get(reverse("demo:mail")).content.decode()
    assert "Your order" in page
    assert reverse("demo:message", args=[mail.public_id]) in page


def test_the_mailbox_says_that_it_is_empty(client: Client) -> None:
    response = client.get(reverse("demo:mail"))
    assert response.status_code == 200
    assert "/message/" not in response.content.decode()


def test_the_mailbox_is_read_page_by_page(client: Client) -> None:
    for number in range(26):
        OutgoingMail.objects.create(
            kind="k", to="a@example.com", subject=f"Mail {number}", text="", html="", created_at=NOW, kept_from=NOW
        )
    first = client.get(reverse("demo:mail")).content.decode()
    second = client.get(reverse("demo:mail"), {"page": 2}).content.decode()
    assert "Mail 25<" in first
    assert "Mail 0<" not in first
    assert "Mail 0<" in second


def test_the_text_of_a_mail_has_links_that_work(client: Client, mail: OutgoingMail) -> None:
    page = client.get(reverse("demo:message", args=[mail.public_id])).content.decode()
    assert 'href="http://testserver/bestelling/1/"' in page
    assert "<script>alert" not in page


def test_the_html_of_a_mail_is_shut_off_from_the_site(client: Client, mail: OutgoingMail) -> None:
    response = client.get(reverse("demo:message_html", args=[mail.public_id]))
    policy = response["Content-Security-Policy"]
    assert "sandbox allow-popups" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "allow-scripts" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert 'style="color: red"' in response.content.decode()


@pytest.mark.parametrize("name", ["demo:message", "demo:message_html"])
def test_a_mail_that_is_gone_is_not_found(client: Client, name: str) -> None:
    assert client.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", ["demo:mail", "demo:message", "demo:message_html"])
def test_a_mail_is_only_read(client: Client, mail: OutgoingMail, name: str) -> None:
    arguments = [] if name == "demo:mail" else [mail.public_id]
    assert client.post(reverse(name, args=arguments)).status_code == 405
