"""Logging in to the back office."""

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from redis.exceptions import ConnectionError as RedisConnectionError

from accounts.models import User
from accounts.roles import Role
from accounts.throttle import PER_ACCOUNT, PER_ADDRESS
from privacy.models import SecurityEvent

from .staff import PASSWORD, hire

LOGIN = "/beheer/login/"


def try_login(email: str, password: str, *, address: str = "192.0.2.1") -> str:
    """The errors on the page that comes back; "" when the login worked."""
    response = Browser(REMOTE_ADDR=address).post(LOGIN, {"username": email, "password": password})
    if response.status_code == 302:
        return ""
    return " ".join(response.context["form"].non_field_errors())


@pytest.fixture
def desk(db: None) -> User:
    return hire(Role.FRONT_DESK, email="desk@example.org")


def test_staff_log_in_with_their_address_whatever_its_case(desk: User) -> None:
    assert try_login("Desk@Example.org", PASSWORD) == ""


def test_unknown_wrong_left_and_not_staff_get_one_answer(desk: User) -> None:
    User.objects.create_user("parent@example.org", PASSWORD)
    User.objects.create_user("gone@example.org", PASSWORD, is_staff=True, is_active=False)
    tries = [("nobody@example.org", PASSWORD), ("desk@example.org", "wrong")]
    tries += [("parent@example.org", PASSWORD), ("gone@example.org", PASSWORD)]
    answers = {try_login(email, password) for email, password in tries}
    assert len(answers) == 1
    assert answers != {""}


@pytest.mark.parametrize("email", ["desk@example.org", "nobody@example.org"])
def test_an_account_is_closed_after_ten_failures_whether_it_exists_or_not(desk: User, email: str) -> None:
    wrong = [try_login(email, "wrong", address=f"192.0.2.{i}") for i in range(PER_ACCOUNT)]
    assert len(set(wrong)) == 1, "the tenth failure still looks like the first"
    assert try_login(email, PASSWORD, address="192.0.2.99") not in {"", wrong[0]}


def test_nine_failures_close_nothing(desk: User) -> None:
    for _ in range(PER_ACCOUNT - 1):
        try_login("desk@example.org", "wrong")
    assert try_login("desk@example.org", PASSWORD) == ""


def test_a_good_password_clears_the_account_but_not_the_address(desk: User) -> None:
    for i in range(PER_ADDRESS - 1):
        try_login(f"guess{i}@example.org", "wrong")
    assert try_login("desk@example.org", PASSWORD) == ""
    try_login("guess@example.org", "wrong")
    assert try_login("desk@example.org", PASSWORD) != "", "the address is full now"
    assert try_login("desk@example.org", PASSWORD, address="192.0.2.2") == ""


def test_a_burst_is_written_to_the_security_log_once_and_names_nobody(desk: User) -> None:
    for _ in range(PER_ACCOUNT + 5):
        try_login("desk@example.org", "wrong")
    event = SecurityEvent.objects.get()
    assert (event.event, event.count) == ("login_burst", PER_ACCOUNT)


def test_counters_hold_digests_and_end_within_a_day(desk: User) -> None:
    try_login("desk@example.org", "wrong", address="192.0.2.7")
    client = cache._cache.get_client(None)  # type: ignore[attr-defined]
    keys = [key for key in client.keys("*") if b"login:" in key]
    assert len(keys) == 2
    assert not any(b"desk" in key or b"192.0.2.7" in key for key in keys)
    assert all(0 < client.ttl(key) <= 24 * 3600 for key in keys)


def test_a_login_of_staff_ends_within_a_working_day(desk: User) -> None:
    browser = Browser()
    browser.post(LOGIN, {"username": "desk@example.org", "password": PASSWORD})
    assert 0 < browser.session.get_expiry_age() <= 12 * 3600


@pytest.mark.parametrize("way", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"])
def test_a_login_never_leads_off_the_site(desk: User, way: str) -> None:
    answer = Browser().post(LOGIN, {"username": "desk@example.org", "password": PASSWORD, "next": way})
    assert answer["Location"] == "/beheer/"


def test_without_its_counters_the_login_stays_shut_and_says_so(desk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise RedisConnectionError

    monkeypatch.setattr("accounts.throttle.cache.get_many", unreachable)
    assert try_login("desk@example.org", PASSWORD) != ""
