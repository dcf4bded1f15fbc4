"""While Redis is away nobody guesses without limit, and nobody sees an error page: each door says that it is shut."""

import time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client as Browser
from pytest_django import Settings

from accounts.models import User
from privacy.models import OutgoingMail

from .customers import EMAIL, PASSWORD, link_in, log_in, mails, register

APP = "/account/beveiliging/app/"
CODE = "/account/inloggen/code/"
NEW = "een gloednieuw wachtwoord"


def redis_goes(settings: Settings) -> None:
    """A port where nothing listens."""
    gone = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = settings.CACHES | {"default": gone}


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_the_second_factor_is_not_asked_without_its_counter(
    visit: Browser, clock: time_machine.Traveller, settings: Settings
) -> None:
    secret = str(visit.get(APP).context["form"].secret)
    visit.post(APP, {"code": code_of(secret)})
    clock.shift(60)
    other = Browser()
    assert log_in(other)["Location"] == CODE
    redis_goes(settings)
    answer = other.post(CODE, {"code": code_of(secret)})
    assert answer.status_code == 503
    assert "Probeer het over een paar minuten opnieuw" in answer.content.decode()
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/account/wachtwoord/vergeten/", {"email": EMAIL}),
        ("/account/nieuw/", {"email": "ander@example.org", "new_password": NEW, "consent": "on"}),
    ],
)
def test_no_mail_goes_uncounted(user: User, settings: Settings, page: str, fields: dict[str, str]) -> None:
    redis_goes(settings)
    answer = Browser().post(page, fields, headers={"accept-language": "en"})
    assert answer.status_code == 503
    assert "Try again in a few minutes" in answer.content.decode()
    assert not OutgoingMail.objects.exists()
    assert list(User.objects.all()) == [user]


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("/account/wachtwoord/", {"oldpassword": PASSWORD, "new_password": NEW}),
        ("/account/opnieuw/", {"password": PASSWORD}),
        ("/account/adres/", {"email": "nieuw@example.org"}),
        (APP, {"code": "000000"}),
    ],
)
def test_who_is_logged_in_changes_nothing_that_is_counted(
    visit: Browser, user: User, settings: Settings, page: str, fields: dict[str, str]
) -> None:
    redis_goes(settings)
    assert visit.post(page, fields).status_code == 503
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not OutgoingMail.objects.exists()


def test_a_passkey_alone_does_not_open_the_account(visit: Browser, settings: Settings) -> None:
    redis_goes(settings)
    assert Browser().post("/account/inloggen/sleutel/", {"credential": "{}"}).status_code == 503


def test_a_link_of_a_forgotten_password_keeps_working_until_it_can_be_counted(user: User, settings: Settings) -> None:
    Browser().post("/account/wachtwoord/vergeten/", {"email": EMAIL})
    browser, here = Browser(), dict(settings.CACHES)
    page = browser.get(link_in(mails("reset")[0]), follow=True).redirect_chain[-1][0]
    redis_goes(settings)
    assert browser.post(page, {"new_password": NEW}).status_code == 503
    settings.CACHES = here
    assert browser.post(page, {"new_password": NEW}).status_code == 302


@pytest.mark.parametrize("step", ["note_failure", "note_success"])
def test_counters_that_go_away_halfway_a_login_keep_it_shut(
    user: User, settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def checked(**_who: str) -> bool:
        redis_goes(settings)
        return False

    monkeypatch.setattr("accounts.throttle.is_blocked", checked)
    browser = Browser()
    password = PASSWORD if step == "note_success" else "iets anders"
    answer = log_in(browser, password=password)
    assert answer.status_code == 422
    assert "Probeer het over een paar minuten opnieuw" in answer.content.decode()
    answer = browser.post("/beheer/login/", {"username": EMAIL, "password": password})
    assert answer.status_code == 200
    assert "_auth_user_id" not in browser.session


def test_an_account_that_registered_before_is_not_told_apart(user: User, settings: Settings) -> None:
    redis_goes(settings)
    answers = [register(Browser(), email) for email in (EMAIL, "ander@example.org")]
    assert [answer.status_code for answer in answers] == [503, 503]
