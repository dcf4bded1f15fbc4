"""Bounces and complaints, as the mail provider tells them."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from pytest_django import Settings

from accounts.models import Relation, Suppression
from accounts.reach import may_be_mailed
from tests.galleries.studio import NOW

from .buyers import EMAIL, bought

pytestmark = pytest.mark.postgres
SECRET = "provider:a-long-and-random-password"
URL = "/mail/melding/postmark/"
BOUNCE = {"RecordType": "Bounce", "Type": "HardBounce", "Email": EMAIL, "BouncedAt": "2026-10-22T08:00:00Z"}
SPAM = {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "Email": EMAIL, "BouncedAt": "2026-10-22T08:00:00Z"}
LEFT = {
    "RecordType": "SubscriptionChange",
    "SuppressSending": True,
    "SuppressionReason": "ManualSuppression",
    "Recipient": EMAIL,
}
LATER = {"RecordType": "Bounce", "Type": "Transient", "Email": EMAIL}


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    settings.MAIL_EVENTS_PROVIDER = "postmark"
    settings.MAIL_EVENTS_SECRET = SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


def tell(event: Any, *, secret: str = SECRET, url: str = URL) -> int:
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    proof = "Basic " + base64.b64encode(secret.encode()).decode()
    browser = Browser(enforce_csrf_checks=True, headers={"authorization": proof})
    return browser.post(url, body, content_type="application/json").status_code


def test_a_mailbox_that_does_not_exist_gets_no_advertising_and_did_not_object() -> None:
    relation = bought()
    for _ in range(2):
        assert tell(BOUNCE) == 200
    assert not may_be_mailed(relation.pk, NOW)
    assert Relation.objects.get().undeliverable_at == NOW
    assert not Suppression.objects.exists()


@pytest.mark.clauses("P66", "P90")
@pytest.mark.parametrize(("event", "reason"), [(SPAM, "spam"), (LEFT, "link")])
def test_a_spam_report_and_unsubscribing_there_are_objections(event: dict[str, Any], reason: str) -> None:
    bought()
    assert tell(event) == 200
    assert not Relation.objects.exists()
    assert set(Suppression.objects.values_list("channel", "reason")) == {("mail", reason), ("post", reason)}


def test_a_spam_report_of_who_is_no_relation_counts_too() -> None:
    assert tell(SPAM) == 200
    assert Suppression.objects.standing().of_mailboxes([EMAIL]).exists()


def test_what_only_comes_later_changes_nothing() -> None:
    relation = bought()
    assert tell(LATER) == 200
    assert may_be_mailed(relation.pk, NOW)


@pytest.mark.parametrize("secret", ["provider:wrong", "", "x"])
def test_who_has_not_the_secret_changes_nothing(secret: str) -> None:
    relation = bought()
    assert tell(SPAM, secret=secret) == 403
    assert Browser().post(URL, SPAM, content_type="application/json").status_code == 403
    assert may_be_mailed(relation.pk, NOW)


def test_another_provider_and_a_site_without_one_are_not_there(settings: Settings) -> None:
    assert tell(SPAM, url="/mail/melding/brevo/") == 404
    assert tell(SPAM, url="/mail/melding/nobody/") == 404
    assert Browser().head(URL).status_code == 200
    settings.MAIL_EVENTS_SECRET = ""
    assert tell(SPAM) == 404
    assert Browser().head(URL).status_code == 404


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", {"RecordType": "Inbound"}, {**SPAM, "Email": None}, {**SPAM, "Email": 3}],
)
def test_what_cannot_be_read_is_refused_and_never_our_error(body: Any, caplog: pytest.LogCaptureFixture) -> None:
    relation = bought()
    assert tell(body) in {200, 400}
    assert may_be_mailed(relation.pk, NOW)


def test_an_odd_address_is_answered_and_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    for odd in ["\ud800@b.nl", "a\x00@b.nl", "x" * 5000, "no address"]:
        assert tell({**SPAM, "Email": odd}) == 200
        assert tell({**BOUNCE, "Email": odd}) == 200
        assert odd not in caplog.text


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("brevo", {"event": "spam", "email": EMAIL, "ts_event": 1}),
        ("mailjet", {"event": "spam", "email": EMAIL, "time": 1}),
        (
            "sparkpost",
            [{"msys": {"message_event": {"type": "spam_complaint", "raw_rcpt_to": EMAIL, "timestamp": "1"}}}],
        ),
    ],
)
def test_each_provider_is_understood(name: str, body: Any, settings: Settings) -> None:
    settings.MAIL_EVENTS_PROVIDER = name
    assert tell(body, url=f"/mail/melding/{name}/") == 200
    assert Suppression.objects.get().reason == "spam"
