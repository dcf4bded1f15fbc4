"""What no keyboard types, pages that stood open too long, forms sent twice: an answer each time, never our error."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import User
from jkreeft.ops.machine import ROOT
from tests.galleries.studio import NOW

from .customers import EMAIL, PASSWORD, customer, link_in, log_in, mails, register

ODD = ["\x00", "a\x00b@example.org", "\x1b[31m\r\nBcc: x@example.org", "\u202e\ud7ff\uffff", "9" * 5000, "²", "<b>", ""]

pytestmark = pytest.mark.postgres


@pytest.fixture
def here(db: None) -> Iterator[Browser]:
    with time_machine.travel(NOW, tick=False):
        yield Browser()


def is_answered(visit: Browser, address: str, fields: dict[str, str]) -> None:
    for name in fields:
        for odd in ODD:
            answer = visit.post(address, {**fields, name: odd})
            assert answer.status_code < 500, (address, name, odd[:20])


def test_the_forms_at_the_door_answer_whatever_is_typed(here: Browser) -> None:
    is_answered(here, "/account/nieuw/", {"email": "x", "new_password": PASSWORD, "consent": "on"})
    is_answered(here, "/account/inloggen/", {"email": EMAIL, "password": "x", "next": "/"})
    is_answered(here, "/account/wachtwoord/vergeten/", {"email": EMAIL})
    register(here)
    is_answered(here, link_in(mails("confirm")[0]), {"password": "x"})


def test_the_forms_inside_answer_whatever_is_typed(here: Browser) -> None:
    customer(now=NOW)
    log_in(here)
    is_answered(here, "/account/adres/", {"email": "x"})
    is_answered(here, "/account/wachtwoord/", {"oldpassword": "x", "new_password": "y"})
    is_answered(here, "/account/opnieuw/", {"password": "x", "next": "/account/"})
    is_answered(here, "/account/beveiliging/app/", {"code": "x"})
    is_answered(here, "/account/verwijderen/", {"photos": "x"})


def test_what_was_typed_comes_back_and_no_password_does(here: Browser) -> None:
    page = register(here, "ouder@example", password=PASSWORD).content.decode()
    assert "ouder@example" in page
    assert PASSWORD not in page


def test_half_a_character_in_another_encoding_is_answered(here: Browser) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\n+2AA-x\r\n--b--\r\n'
    for address in ("/account/nieuw/", "/account/inloggen/", "/account/wachtwoord/vergeten/"):
        answer = here.post(address, body, content_type="multipart/form-data; boundary=b; charset=utf-7")
        assert answer.status_code < 500


def test_registered_twice_there_is_one_account(here: Browser) -> None:
    register(here)
    register(here)
    assert User.objects.count() == 1


def test_a_stale_login_page_finds_who_is_in_already_at_home(here: Browser) -> None:
    customer(now=NOW)
    log_in(here)
    assert log_in(here)["Location"] == "/account/"


def test_an_ended_session_leads_to_the_login_and_back(here: Browser) -> None:
    answer = here.get("/account/adres/")
    assert answer["Location"] == "/account/inloggen/?next=/account/adres/"


def test_production_refuses_staff_without_a_second_factor() -> None:
    asked = {"JKREEFT_ENVIRONMENT": "production", "STAFF_WITHOUT_SECOND_FACTOR": "on", "PAYMENT_PROVIDERS": "transfer"}
    more = {"EMAIL_URL": "smtp://mail.example", "SECURE": "on"}
    run = subprocess.run(
        [sys.executable, "-c", "import jkreeft.settings"],
        cwd=ROOT,
        env={**os.environ, **asked, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "STAFF_WITHOUT_SECOND_FACTOR" in run.stderr
