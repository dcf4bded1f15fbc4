"""Entering a code: what is asked of the server, what is answered, and what a session remembers of it."""

import re
import sys
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.views.debug import ExceptionReporter
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisConnectionError

from common.requests import client_address
from galleries import throttle
from galleries.actions import issue_code, revoke_code
from galleries.codes import ALPHABET, check_character, new_code, written
from galleries.models import LoginCode
from privacy.models import SecurityEvent

from .studio import NOW, Studio, code_of, code_row, enter


def typo_of(code: str) -> str:
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]


def body(answer: HttpResponse, typed: str) -> str:
    """The page without what is random or typed by the visitor."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return html.replace(typed, "TYPED")


def test_a_code_opens_its_gallery_however_it_is_typed(studio: Studio, client: Browser) -> None:
    code = code_of(studio, studio.anna)

    for typed in (code, code.lower(), written(code), f" {code[:3]} {code[3:7]}–{code[7:]} "):
        answer = Browser().post("/code/", {"code": typed})
        assert answer.status_code == 302
        assert answer["Location"] == f"/fotos/{code_row(studio.anna).public_id}/"


def test_a_typo_is_told_without_any_query_and_does_not_count(studio: Studio, client: Browser) -> None:
    typed = typo_of(code_of(studio, studio.anna))

    with CaptureQueriesContext(connection) as queries:
        answers = [client.post("/code/", {"code": typed}) for _ in range(throttle.FAILURES_PER_CODE + 1)]

    assert {answer.status_code for answer in answers} == {422}
    assert len(queries) == 0
    assert cache.get("code-tries:all") is None
    assert 'value="' + typed in answers[0].content.decode()


def test_an_empty_field_asks_for_the_code(studio: Studio, client: Browser) -> None:
    assert client.post("/code/", {"code": ""}).status_code == 422
    assert client.post("/code/", {}).status_code == 422


@pytest.mark.clauses("P25")
def test_wrong_revoked_and_expired_get_the_same_queries_status_and_body(
    studio: Studio, clock: time_machine.Traveller
) -> None:
    revoked, expired = code_of(studio, studio.bram), code_of(studio, studio.chris)
    revoke_code(code_id=code_row(studio.bram).pk, by=studio.staff, now=NOW)
    LoginCode.objects.filter(pk=code_row(studio.chris).pk).update(expires_at=NOW)
    answers, queries = [], []

    for typed in (new_code(), revoked, expired):
        with CaptureQueriesContext(connection) as captured:
            answers.append(Browser().post("/code/", {"code": typed}))
        queries.append([re.sub(r"'\d\$\w+'", "DIGEST", query["sql"]) for query in captured])
        answers[-1].typed = typed

    assert {answer.status_code for answer in answers} == {422}
    assert len({body(answer, answer.typed) for answer in answers}) == 1
    assert queries[0] == queries[1] == queries[2]
    assert len(queries[0]) == 1


def test_a_code_works_in_its_last_second_and_not_in_the_next(studio: Studio, clock: time_machine.Traveller) -> None:
    code, row = code_of(studio, studio.anna), code_row(studio.anna)
    assert row.expires_at is not None

    clock.move_to(row.expires_at - timedelta(seconds=1))
    assert Browser().post("/code/", {"code": code}).status_code == 302
    clock.move_to(row.expires_at)
    assert Browser().post("/code/", {"code": code}).status_code == 422


@pytest.mark.clauses("P25")
def test_one_code_that_is_tried_too_often_must_wait_and_is_told_how_to_get_help(studio: Studio) -> None:
    typed = new_code()
    for _ in range(throttle.FAILURES_PER_CODE):
        assert Browser().post("/code/", {"code": typed}).status_code == 422

    answer = Browser(HTTP_ACCEPT_LANGUAGE="en").post("/code/", {"code": typed})

    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "/hulp/" in answer.content.decode()
    assert Browser().post("/code/", {"code": code_of(studio, studio.anna)}).status_code == 302


def test_one_address_that_fails_too_often_must_wait_and_another_need_not(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "FAILURES_PER_ADDRESS", 5)
    for _ in range(5):
        assert Browser().post("/code/", {"code": new_code()}).status_code == 422
    good = {"code": code_of(studio, studio.anna)}

    assert Browser().post("/code/", good).status_code == 429
    assert Browser(REMOTE_ADDR="192.0.2.7").post("/code/", good).status_code == 302
    assert list(SecurityEvent.objects.values_list("event", "count")) == [("codes.address_shut", 1)]


def test_a_right_code_never_counts(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "FAILURES_PER_ADDRESS", 2)
    code = code_of(studio, studio.anna)

    assert {Browser().post("/code/", {"code": code}).status_code for _ in range(15)} == {302}


def test_an_attack_from_everywhere_raises_one_alarm_and_slows_answers_but_shuts_nobody_out(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    naps: list[float] = []
    monkeypatch.setattr(throttle.time, "sleep", naps.append)
    monkeypatch.setattr(throttle, "FAILURES_BEFORE_ALARM", 3)
    for host in range(5):
        Browser(REMOTE_ADDR=f"192.0.2.{host}").post("/code/", {"code": new_code()})

    answer = Browser(REMOTE_ADDR="192.0.2.99").post("/code/", {"code": code_of(studio, studio.anna)})

    assert answer.status_code == 302
    assert naps == [throttle.SLOW_ANSWER_SECONDS] * 3
    assert list(SecurityEvent.objects.values_list("event", "count")) == [("codes.attack", 3)]


@pytest.mark.clauses("P55")
def test_counters_hold_no_code_and_no_address_and_end_within_a_day(studio: Studio) -> None:
    typed = new_code()
    Browser(REMOTE_ADDR="192.0.2.7").post("/code/", {"code": typed})

    redis = cache._cache.get_client()
    keys = [key.decode() for key in redis.keys("*code-tries*")]

    assert len(keys) == 3
    assert not any(typed in key or "192.0.2.7" in key for key in keys)
    assert all(0 < redis.ttl(key) <= 24 * 3600 for key in keys)


def test_without_the_counters_no_code_is_checked_and_the_page_says_so(
    studio: Studio, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise RedisConnectionError

    monkeypatch.setattr(throttle.cache, "get_many", unreachable)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    answer = client.post("/code/", {"code": code_of(studio, studio.anna)})

    assert answer.status_code == 503
    assert "We cannot check codes at this moment" in answer.content.decode()


def test_counters_that_break_after_the_look_up_still_answer_clearly(
    studio: Studio, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise RedisConnectionError

    monkeypatch.setattr(throttle.cache, "add", unreachable)

    assert client.post("/code/", {"code": new_code()}).status_code == 503


@pytest.mark.parametrize(
    ("meta", "behind_proxy", "address"),
    [
        ({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "198.51.100.9"}, False, "192.0.2.1"),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.9"}, True, "198.51.100.9"),
        ({"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, False, "2001:db8:1:2::"),
        ({"REMOTE_ADDR": ""}, False, ""),
    ],
)
def test_an_address_is_what_our_own_proxy_saw(
    settings: Settings, meta: dict[str, str], behind_proxy: bool, address: str
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None

    assert client_address(RequestFactory().get("/", **meta)) == address


def test_a_visit_keeps_ids_of_several_codes_and_never_a_code(studio: Studio, client: Browser) -> None:
    codes = [code_of(studio, subject) for subject in (studio.anna, studio.chris, studio.anna)]
    for code in codes:
        enter(client, code)

    assert client.session["codes"] == [code_row(studio.anna).pk, code_row(studio.chris).pk]
    stored = str(Session.objects.get(pk=client.session.session_key).get_decoded())
    assert not any(code in stored or written(code) in stored for code in codes)


def test_a_visit_gets_a_new_session_key_at_each_entry(studio: Studio, client: Browser) -> None:
    enter(client, code_of(studio, studio.anna))
    first = client.session.session_key
    enter(client, code_of(studio, studio.chris))

    assert client.session.session_key != first
    assert not Session.objects.filter(pk=first).exists()


def test_a_visit_ends_21_days_after_its_first_code_however_often_it_is_used(
    studio: Studio, client: Browser, clock: time_machine.Traveller
) -> None:
    enter(client, code_of(studio, studio.anna))
    clock.move_to(NOW + timedelta(days=20))
    enter(client, code_of(studio, studio.chris))
    url = f"/fotos/{code_row(studio.anna).public_id}/"

    clock.move_to(NOW + timedelta(days=21) - timedelta(seconds=1))
    assert client.get(url).status_code == 200
    clock.move_to(NOW + timedelta(days=21))
    assert client.get(url).status_code == 404
    assert Session.objects.get().expire_date == NOW + timedelta(days=21)


def test_the_viewer_cookie_is_random_closed_to_scripts_and_lives_as_long_as_the_session(
    studio: Studio, client: Browser, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True

    cookie = client.post("/code/", {"code": code_of(studio, studio.anna)}).cookies["viewer"]

    assert re.fullmatch(r"[0-9a-f]{32}", cookie.value)
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 21 * 24 * 3600


def test_a_viewer_cookie_from_before_the_visit_is_not_trusted_and_one_of_the_visit_stays(
    studio: Studio, client: Browser
) -> None:
    client.cookies["viewer"] = "0" * 32
    enter(client, code_of(studio, studio.anna))
    first = client.cookies["viewer"].value
    enter(client, code_of(studio, studio.chris))

    assert first != "0" * 32
    assert client.cookies["viewer"].value == first


def test_use_is_noted_once_a_day(studio: Studio, client: Browser, clock: time_machine.Traveller) -> None:
    code, seen = code_of(studio, studio.anna), []
    for moment in (NOW, NOW + timedelta(hours=23, minutes=59), NOW + timedelta(days=1)):
        clock.move_to(moment)
        enter(Browser(), code)
        seen.append(code_row(studio.anna).last_used_at)

    assert seen == [NOW, NOW, NOW + timedelta(days=1)]


def test_a_second_card_for_a_subject_opens_the_same_photos(studio: Studio, client: Browser) -> None:
    second = issue_code(subject_id=studio.anna.pk, now=NOW)

    enter(client, second)

    assert len(re.findall('<li class="tile', client.get(_last(client)).content.decode())) == 3


def _last(client: Browser) -> str:
    return f"/fotos/{client.session['galleries'][-1]}/"


def test_leaving_forgets_the_visit_here_and_in_the_browser(studio: Studio, client: Browser) -> None:
    enter(client, code_of(studio, studio.anna))
    url = _last(client)

    answer = client.post("/verlaten/")

    assert answer["Location"] == "/"
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.cookies["viewer"].value == ""
    assert Session.objects.count() == 0
    assert client.get(url).status_code == 404


def test_leaving_and_entering_are_never_done_by_a_link(studio: Studio, client: Browser) -> None:
    assert client.get("/verlaten/").status_code == 405
    assert client.get("/code/").status_code == 405


def test_entering_needs_the_token_against_forged_forms(studio: Studio) -> None:
    strict = Browser(enforce_csrf_checks=True)

    assert strict.post("/code/", {"code": code_of(studio, studio.anna)}).status_code == 403


@pytest.mark.clauses("P25")
def test_no_address_carries_the_code_and_error_reports_hide_it(
    studio: Studio, client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = code_of(studio, studio.anna)
    monkeypatch.setattr("galleries.access.parse", lambda typed: 1 / 0)
    reports: list[str] = []
    client.raise_request_exception = False

    def report(request: object, **_: object) -> HttpResponse:
        reports.append(ExceptionReporter(request, *sys.exc_info()).get_traceback_text())
        return HttpResponse(status=500)

    monkeypatch.setattr("django.core.handlers.exception.handle_uncaught_exception", lambda request, *_: report(request))
    answer = client.post("/code/", {"code": written(code)})

    assert answer.status_code == 500
    assert len(reports) == 1
    assert "ZeroDivisionError" in reports[0]
    assert code not in reports[0]
    assert written(code) not in reports[0]


def test_the_first_page_is_one_field_and_costs_no_query(client: Browser, db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/")

    html = answer.content.decode()
    assert answer.status_code == 200
    assert len(queries) == 0
    assert html.count('name="code"') == 1
    assert 'action="/code/"' in html


def test_the_first_page_leads_back_to_open_photos(studio: Studio, client: Browser) -> None:
    enter(client, code_of(studio, studio.anna))

    assert _last(client) in client.get("/").content.decode()


def test_the_help_page_says_how_to_reach_the_studio(client: Browser, db: None) -> None:
    html = client.get("/hulp/").content.decode()

    assert f"mailto:{django_settings.STUDIO_EMAIL}" in html
    assert 'href="tel:0187000000"' in html


def test_a_check_character_alone_opens_nothing(studio: Studio, client: Browser) -> None:
    code = code_of(studio, studio.anna)
    near = code[:8] + ALPHABET[(ALPHABET.index(code[8]) + 1) % 31]

    assert client.post("/code/", {"code": near + check_character(near)}).status_code == 422
