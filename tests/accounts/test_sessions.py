"""What ends an open session at once, in whatever browser it stands: another password, leaving, a role that is taken."""

import time

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client as Browser

from accounts.actions import change_staff, delete_account, end_service
from accounts.models import User
from accounts.roles import Role
from tests.galleries.studio import NOW

from .customers import EMAIL, customer, link_in, log_in, mails
from .staff import PASSWORD, browser_of, hire

NEW = "een gloednieuw wachtwoord"
ORDERS = "/beheer/shop/order/"
SECRET = "A" * 32


@pytest.fixture
def desk(clock: time_machine.Traveller) -> User:
    return hire(Role.FRONT_DESK)


def is_shut_out(browser: Browser, page: str) -> bool:
    answer = browser.get(page)
    return answer.status_code == 302 and ("inloggen" in answer["Location"] or "login" in answer["Location"])


def test_a_password_from_the_mailed_link_ends_every_open_session(clock: time_machine.Traveller) -> None:
    customer(now=NOW)
    there = Browser()
    log_in(there)
    assert there.get("/account/").status_code == 200
    Browser().post("/account/wachtwoord/vergeten/", {"email": EMAIL})
    here = Browser()
    page = here.get(link_in(mails("reset")[0]), follow=True).redirect_chain[-1][0]
    here.post(page, {"new_password": NEW})
    assert is_shut_out(there, "/account/")
    assert not there.session.keys(), "nothing of the visit is left in that browser"


def test_a_password_the_superuser_gave_ends_the_sessions_of_a_colleague(desk: User) -> None:
    browser = browser_of(desk)
    assert browser.get(ORDERS).status_code == 200
    change_staff(user_id=desk.pk, email=desk.email, name="x", roles=[Role.FRONT_DESK], new_password=NEW, now=NOW)
    assert is_shut_out(browser, ORDERS)


def test_who_left_is_out_with_the_next_click(desk: User) -> None:
    browser = browser_of(desk)
    assert browser.get(ORDERS).status_code == 200
    end_service(user_ids=[desk.pk], now=NOW)
    assert is_shut_out(browser, ORDERS)


def test_a_role_that_is_taken_opens_nothing_any_more_with_the_next_click(desk: User) -> None:
    browser = browser_of(desk)
    assert browser.get(ORDERS).status_code == 200
    change_staff(user_id=desk.pk, email=desk.email, name="x", roles=[], now=NOW)
    assert browser.get(ORDERS).status_code == 403


def test_who_left_between_password_and_code_does_not_get_in(desk: User) -> None:
    TOTP.activate(desk, SECRET)
    browser = Browser()
    assert "code" in browser.post("/beheer/login/", {"username": desk.email, "password": PASSWORD})["Location"]
    end_service(user_ids=[desk.pk], now=NOW)
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    browser.post("/account/inloggen/code/", {"code": code})
    assert is_shut_out(browser, ORDERS)


def test_a_password_changed_between_password_and_code_ends_that_login(clock: time_machine.Traveller) -> None:
    user = customer(now=NOW)
    TOTP.activate(user, SECRET)
    browser = Browser()
    assert log_in(browser)["Location"] == "/account/inloggen/code/"
    user.set_password(NEW)
    user.save()
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
    browser.post("/account/inloggen/code/", {"code": code})
    assert is_shut_out(browser, "/account/")


def test_an_account_that_was_deleted_is_out_everywhere(clock: time_machine.Traveller) -> None:
    user = customer(now=NOW)
    there = Browser()
    log_in(there)
    delete_account(user_id=user.pk, chosen={}, now=NOW)
    assert is_shut_out(there, "/account/")
