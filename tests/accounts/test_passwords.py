"""A forgotten password and a changed one."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from accounts import throttle
from accounts.models import User
from privacy.models import OutgoingMail

from .customers import EMAIL, PASSWORD, link_in, log_in, mails, register

NEW = "een gloednieuw wachtwoord"


def ask(email: str = EMAIL) -> str:
    return str(Browser().post("/account/wachtwoord/vergeten/", {"email": email})["Location"])


def test_the_mailed_link_gives_a_new_password_and_the_old_one_is_dead(user: User) -> None:
    ask()
    browser = Browser()
    page = browser.get(link_in(mails("reset")[0]), follow=True)
    address = page.redirect_chain[-1][0]
    assert "set-password" in address, "the proof is out of the address bar"
    assert browser.post(address, {"new_password": NEW})["Location"] == "/account/wachtwoord/klaar/"
    assert log_in(Browser(), password=PASSWORD).status_code == 422
    assert log_in(Browser(), password=NEW).status_code == 302
    assert len(mails("notice")) == 1


def test_known_and_unknown_get_the_same_page_and_each_a_mail(user: User) -> None:
    assert ask() == ask("niemand@example.org")
    assert [mail.kind for mail in OutgoingMail.objects.order_by("pk")] == ["accounts.reset", "accounts.unknown"]


def test_an_unproved_account_is_unknown_here(clock: time_machine.Traveller) -> None:
    register(Browser())
    ask()
    assert len(mails("unknown")) == 1
    assert mails("reset") == []


def test_a_link_works_once_and_for_a_day(user: User, clock: time_machine.Traveller) -> None:
    ask()
    link = link_in(mails("reset")[0])
    clock.shift(timedelta(days=1, seconds=1))
    assert "werkt niet meer" in Browser().get(link, follow=True).content.decode()


def test_asked_too_often_it_mails_no_more_and_says_the_same(user: User) -> None:
    answers = {ask() for _ in range(throttle.MAILS_PER_MAILBOX + 2)}
    assert len(answers) == 1
    assert len(mails("reset")) == throttle.MAILS_PER_MAILBOX


@pytest.mark.parametrize("weak", ["kort", "1234567890123", "ouder@example.org"])
def test_a_weak_password_is_refused_everywhere(user: User, weak: str) -> None:
    browser = Browser()
    log_in(browser)
    fields = {"oldpassword": PASSWORD, "new_password": weak}
    assert browser.post("/account/wachtwoord/", fields).status_code == 200
    assert register(Browser(), "ander@example.org", password=weak).status_code in {302, 422}
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_changed_password_logs_out_everywhere_else_and_is_told(user: User) -> None:
    here, there = Browser(), Browser()
    log_in(here)
    log_in(there)
    fields = {"oldpassword": PASSWORD, "new_password": NEW}
    assert here.post("/account/wachtwoord/", fields)["Location"] == "/account/beveiliging/"
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert len(mails("notice")) == 1


def test_the_current_password_is_asked_for(user: User) -> None:
    browser = Browser()
    log_in(browser)
    answer = browser.post("/account/wachtwoord/", {"oldpassword": "iets anders", "new_password": NEW})
    assert "oldpassword" in answer.context["form"].errors


def test_who_failed_too_often_gets_in_with_the_password_the_link_gave(user: User) -> None:
    for _ in range(throttle.PER_ACCOUNT):
        log_in(Browser(), password="vergeten")
    ask()
    browser = Browser()
    page = browser.get(link_in(mails("reset")[0]), follow=True).redirect_chain[-1][0]
    browser.post(page, {"new_password": NEW})
    assert log_in(Browser(), password=NEW).status_code == 302
