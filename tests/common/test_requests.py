"""Where a request comes from."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from common.requests import client_address


def asked(**headers: str) -> str:
    request = RequestFactory().get("/")
    request.META.update(headers)
    return client_address(request)


def test_without_a_proxy_the_visitors_own_claim_counts_for_nothing(settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = None
    assert asked(REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="203.0.113.9") == "192.0.2.1"


@pytest.mark.parametrize("forwarded", ["203.0.113.9", "1.1.1.1, 203.0.113.9", "evil,203.0.113.9"])
def test_behind_our_proxy_only_what_it_added_last_counts(forwarded: str, settings: Settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert asked(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forwarded) == "203.0.113.9"


def test_one_household_is_one_address() -> None:
    assert asked(REMOTE_ADDR="2001:db8:1:2:3::1") == asked(REMOTE_ADDR="2001:db8:1:2:ffff::9")
    assert asked(REMOTE_ADDR="2001:db8:1:3::1") != asked(REMOTE_ADDR="2001:db8:1:2::1")


@pytest.mark.parametrize("address", ["", "unix:", "not an address"])
def test_what_is_no_address_is_nobodys(address: str) -> None:
    assert asked(REMOTE_ADDR=address) == ""
