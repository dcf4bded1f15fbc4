"""A new account, the link that proves its address, and logging in."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client as Browser

from accounts import throttle
from accounts.models import User
from privacy.documents import ACCOUNT_VERSION
from privacy.models import Consent, OutgoingMail
from privacy.sweep import run_sweep
from tests.galleries.studio import NOW, code_of, enter, fill, open_studio, publish

from .customers import EMAIL, PASSWORD, customer, link_in, log_in, mails, register
from .staff import hire

ANOTHER = "een heel ander wachtwoord"


@pytest.fixture
def visit(clock: time_machine.Traveller) -> Browser:
    return Browser()


def is_in(visit: Browser) -> bool:
    return "_auth_user_id" in visit.session


@pytest.mark.clauses("P44", "P45")
def test_an_account_begins_with_consent_a_mailed_link_and_the_password(visit: Browser) -> None:
    assert register(visit)["Location"] == "/account/nieuw/verzonden/"
    assert not is_in(visit)
    link = link_in(mails("confirm")[0])
    assert visit.get(link).status_code == 200
    assert User.objects.get().confirmed_at is None, "looking at a link changes nothing: mail scanners do that"

    assert visit.post(link, {"password": PASSWORD})["Location"] == "/account/"
    user = User.objects.get()
    assert (user.confirmed_at, user.active_at, user.is_staff) == (NOW, NOW, False)
    assert is_in(visit)
    page = visit.get("/account/").content.decode()
    assert EMAIL in page
    assert 'href="/mijn-gegevens/recht/access/"' in page, "the export of everything"


@pytest.mark.clauses("P45")
def test_the_consent_is_recorded_with_its_words_and_stands_until_withdrawn(visit: Browser) -> None:
    register(visit)
    consent, user = Consent.objects.get(), User.objects.get()
    assert (consent.kind, consent.wording, consent.about_kind) == ("account", ACCOUNT_VERSION, "accounts.user")
    assert (consent.about_id, consent.ends_at, consent.given_at) == (user.public_id, None, NOW)


@pytest.mark.clauses("P45")
def test_without_the_box_there_is_no_account_and_nothing_ticked_it(visit: Browser) -> None:
    page = visit.get("/account/nieuw/").content.decode()
    assert 'name="consent"' in page
    assert "checked" not in page
    answer = register(visit, consent="")
    assert answer.status_code == 422
    assert EMAIL in answer.content.decode(), "what was typed stays"
    assert not User.objects.exists()


def test_a_known_address_gets_the_same_answer_and_a_mail_that_says_so(visit: Browser) -> None:
    customer(now=NOW)
    before = User.objects.get().password
    known, unknown = register(visit), register(Browser(), "nieuw@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.cookies.keys() == unknown.cookies.keys()
    assert [mail.kind for mail in OutgoingMail.objects.order_by("pk")] == ["accounts.known", "accounts.confirm"]
    assert User.objects.get(email=EMAIL).password == before


def test_colleagues_do_not_become_customers_by_registering(visit: Browser) -> None:
    hire(email=EMAIL)
    register(visit)
    assert User.objects.get().is_staff
    assert len(mails("known")) == 1


def test_the_link_alone_lets_nobody_in(visit: Browser) -> None:
    register(visit)
    link = link_in(mails("confirm")[0])
    assert Browser().post(link, {"password": "niet het wachtwoord"}).status_code == 422
    assert User.objects.get().confirmed_at is None


def test_who_owns_the_mailbox_takes_back_what_a_stranger_registered(visit: Browser) -> None:
    register(visit, password=ANOTHER)
    old = link_in(mails("confirm")[0])
    register(Browser())
    new = link_in(mails("confirm")[1])
    assert Browser().get(old).status_code == 410
    assert Browser().post(new, {"password": ANOTHER}).status_code == 422
    assert Browser().post(new, {"password": PASSWORD}).status_code == 302
    assert Consent.objects.filter(ends_at=None).count() == 1, "the stranger's consent ended"


def test_a_link_works_for_three_days_and_then_the_account_is_gone(
    visit: Browser, clock: time_machine.Traveller
) -> None:
    register(visit)
    link = link_in(mails("confirm")[0])
    clock.move_to(NOW + timedelta(days=3, seconds=-1))
    assert visit.get(link).status_code == 200
    run_sweep(now=NOW + timedelta(days=3, seconds=-1))
    assert User.objects.exists()
    clock.move_to(NOW + timedelta(days=3, seconds=2))
    assert visit.get(link).status_code == 410
    run_sweep(now=NOW + timedelta(days=3))
    assert not User.objects.exists()
    assert Consent.objects.get().ends_at == NOW + timedelta(days=3)


def test_a_link_works_once(visit: Browser) -> None:
    register(visit)
    link = link_in(mails("confirm")[0])
    visit.post(link, {"password": PASSWORD})
    assert Browser().get(link).status_code == 410
    assert Browser().get("/account/bevestigen/nonsense/").status_code == 410


def test_the_right_password_of_an_unproved_account_gets_the_link_again(visit: Browser) -> None:
    register(visit)
    assert log_in(visit)["Location"] == "/account/nieuw/verzonden/"
    assert not is_in(visit)
    assert len(mails("confirm")) == 2


def test_a_customer_logs_in_whatever_the_case_of_the_address(visit: Browser, clock: time_machine.Traveller) -> None:
    user = customer(now=NOW)
    clock.shift(timedelta(days=400))
    assert log_in(visit, "Ouder@Example.org")["Location"] == "/account/"
    user.refresh_from_db()
    assert user.active_at == NOW + timedelta(days=400)
    assert user.last_login == user.active_at


def test_unknown_wrong_and_closed_get_one_answer(visit: Browser) -> None:
    customer(now=NOW)
    User.objects.create_user("weg@example.org", PASSWORD, confirmed_at=NOW, is_active=False)
    tries = [("niemand@example.org", PASSWORD), (EMAIL, "verkeerd"), ("weg@example.org", PASSWORD)]
    answers = {str(log_in(Browser(), email, password=typed).context["form"].errors) for email, typed in tries}
    assert len(answers) == 1


@pytest.mark.parametrize("email", [EMAIL, "niemand@example.org"])
def test_ten_failures_close_an_account_whether_it_exists_or_not(visit: Browser, email: str) -> None:
    customer(now=NOW)
    for i in range(throttle.PER_ACCOUNT):
        log_in(Browser(REMOTE_ADDR=f"192.0.2.{i}"), email, password="verkeerd")
    answer = log_in(Browser(REMOTE_ADDR="192.0.2.99"), email)
    assert answer.status_code == 422
    assert "kwartier" in answer.content.decode()


def test_a_whole_school_behind_one_address_can_register(visit: Browser) -> None:
    for i in range(30):
        assert register(Browser(), f"ouder{i}@example.org").status_code == 302
    assert User.objects.count() == 30


def test_one_mailbox_is_not_flooded(visit: Browser) -> None:
    answers = [register(Browser()).status_code for _ in range(throttle.MAILS_PER_MAILBOX + 1)]
    assert answers == [302] * throttle.MAILS_PER_MAILBOX + [429]
    assert len(mails("confirm")) == throttle.MAILS_PER_MAILBOX


def test_a_login_goes_where_it_was_asked_and_never_off_the_site(visit: Browser) -> None:
    customer(now=NOW)
    assert log_in(Browser(), way_on="/mandje/")["Location"] == "/mandje/"
    for way in ("https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"):
        assert log_in(Browser(), way_on=way)["Location"] == "/account/"


def test_colleagues_come_in_by_this_door_too_for_their_working_day(visit: Browser) -> None:
    colleague = hire(email="desk@example.org")
    assert log_in(visit, colleague.email, password="een lang wachtwoord")["Location"] == "/beheer/"
    assert Session.objects.get().expire_date == NOW + timedelta(hours=12)


def test_a_login_lasts_three_weeks_however_often_it_is_used(visit: Browser, clock: time_machine.Traveller) -> None:
    customer(now=NOW)
    log_in(visit)
    clock.shift(timedelta(days=20))
    visit.get("/account/")
    assert Session.objects.get(pk=visit.session.session_key).expire_date == NOW + timedelta(days=21)
    clock.shift(timedelta(days=1))
    assert visit.get("/account/").status_code == 302


def test_a_login_does_not_lengthen_a_visit_with_a_code(visit: Browser, clock: time_machine.Traveller) -> None:
    customer(now=NOW)
    studio = open_studio()
    fill(studio)
    publish(studio)
    enter(visit, code_of(studio, studio.anna))
    before = Session.objects.get(pk=visit.session.session_key).expire_date
    clock.shift(timedelta(days=7))
    log_in(visit)
    assert Session.objects.get(pk=visit.session.session_key).expire_date == before
    assert visit.session["codes"], "the photos are still open"


def test_logging_out_ends_the_session_and_clears_the_browser(visit: Browser) -> None:
    customer(now=NOW)
    log_in(visit)
    answer = visit.post("/account/uitloggen/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not is_in(visit)
    assert visit.get("/account/uitloggen/").status_code == 405


def test_a_session_holds_no_address(visit: Browser) -> None:
    register(visit)
    visit.post(link_in(mails("confirm")[0]), {"password": PASSWORD})
    visit.post("/account/uitloggen/")
    log_in(visit)
    assert EMAIL not in str([session.get_decoded() for session in Session.objects.all()])
