"""Leaving an address for the mail before photos go, and having it forgotten: in the gallery and by the link in it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.test import Client as Browser

from accounts.roles import Role
from galleries.models import LoginCode, Reminder
from privacy.models import Hold, OutgoingMail
from tests.accounts.staff import at_work
from tests.journeys.pages import Page

from .reminders import ADDRESS, END, MAILED, leave, url
from .studio import NOW, Studio, code_of, code_row, enter

pytestmark = pytest.mark.postgres


def test_the_page_says_when_the_mail_comes_and_nothing_is_filled_in(studio: Studio, anna: Browser) -> None:
    gallery = anna.get(url(studio.anna, "")).content.decode()
    page = anna.get(url(studio.anna)).content.decode()

    assert url(studio.anna) in gallery
    assert "On Monday 16 November 2026" in page
    assert "checked" not in page
    assert Page(anna.get(url(studio.anna))).form(having="email").values["email"] == ""
    assert "waits" not in page


def test_an_address_left_in_the_gallery_stands_and_is_not_shown(studio: Studio, anna: Browser) -> None:
    answer = anna.post(url(studio.anna), {"email": ADDRESS}, follow=True)

    page = answer.content.decode()
    assert "1 address waits for this mail" in page
    assert "parent@" not in page.lower()
    anna.post(url(studio.anna), {"email": ADDRESS})
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "nobody", "x" * 300 + "@example.org", "<b>@example.org", "a b@c.d"])
def test_what_is_no_address_is_shown_again_with_a_clear_sentence(studio: Studio, anna: Browser, typed: str) -> None:
    answer = anna.post(url(studio.anna), {"email": typed})

    assert answer.status_code == 422
    assert "This is not right yet" in answer.content.decode()
    assert Reminder.objects.count() == 0


def test_within_the_last_week_the_page_says_that_it_is_too_late(
    studio: Studio, anna: Browser, clock: time_machine.Traveller
) -> None:
    clock.move_to(MAILED)
    # A visit of three weeks ended meanwhile.
    enter(anna, code_of(studio, studio.anna, now=MAILED))

    page = anna.get(url(studio.anna)).content.decode()
    answer = anna.post(url(studio.anna), {"email": ADDRESS})

    assert "too late" in page
    assert 'name="email"' not in page
    assert answer.status_code == 409


def test_the_gallery_forgets_every_address_with_one_click(studio: Studio, anna: Browser, code: LoginCode) -> None:
    leave(code)
    leave(code, email="b@example.org")
    leave(code_row(studio.bram), email="bram@example.org")

    answer = anna.post(url(studio.anna, "herinnering/vergeten/"), follow=True)

    assert "2 addresses are forgotten." in answer.content.decode()
    assert Reminder.objects.get().code == code_row(studio.bram)
    again = anna.post(url(studio.anna, "herinnering/vergeten/"))
    assert again.status_code == 302


@pytest.fixture
def forget_path(code: LoginCode, morning: Callable[[datetime], list[str]]) -> str:
    """The address of the link in the mail."""
    leave(code)
    morning(MAILED)
    link = next(line for line in str(mail.outbox[0].body).splitlines() if "/herinnering/" in line)
    return urlsplit(link).path


@pytest.mark.clauses("P55")
def test_the_link_in_the_mail_forgets_only_when_asked_and_needs_no_cookie(forget_path: str) -> None:
    stranger = Browser(enforce_csrf_checks=True, headers={"Accept-Language": "en"})

    for _ in range(2):
        assert "Forget your address?" in stranger.get(forget_path).content.decode()
    stranger.head(forget_path)
    assert Reminder.objects.count() == 1
    answer = stranger.post(forget_path)

    assert "Your address is forgotten" in answer.content.decode()
    assert (Reminder.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert stranger.post(forget_path).status_code == 200
    assert stranger.get("/herinnering/nonsense/").status_code == 404


@pytest.mark.clauses("P55", "P66")
def test_a_mail_program_that_unsubscribes_has_the_address_forgotten(forget_path: str) -> None:
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<{settings.SITE_URL}{forget_path}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    answer = Browser(enforce_csrf_checks=True).post(forget_path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "a mail program follows no redirect"
    assert (Reminder.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_a_hold_keeps_the_address_and_both_ways_say_so(
    studio: Studio, code: LoginCode, forget_path: str, anna: Browser
) -> None:
    Hold.objects.create(
        kind="galleries.logincode", object_id=code.pk, reason="7", until=END + timedelta(days=99), created_at=NOW
    )
    enter(anna, code_of(studio, studio.anna, now=MAILED))

    refused = anna.post(forget_path)
    in_gallery = anna.post(url(studio.anna, "herinnering/vergeten/"), follow=True)

    assert refused.status_code == 409
    assert "legal reason" in refused.content.decode()
    assert "legal reason" in in_gallery.content.decode()
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "other code", *Role.values])
@pytest.mark.clauses("P36")
def test_without_the_code_no_address_is_left_or_forgotten(studio: Studio, code: LoginCode, who: str) -> None:
    leave(code)
    browser = at_work(Role(who)) if who in Role.values else Browser()
    if who == "other code":
        enter(browser, code_of(studio, studio.bram))

    assert browser.get(url(studio.anna)).status_code == 404
    assert browser.post(url(studio.anna), {"email": "b@example.org"}).status_code == 404
    assert browser.post(url(studio.anna, "herinnering/vergeten/")).status_code == 404
    assert Reminder.objects.count() == 1
