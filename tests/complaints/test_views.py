"""The contact form as a visitor meets it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from redis.exceptions import ConnectionError as NoRedis

from common.throttle import PER_ADDRESS
from complaints.forms import LONGEST_TEXT
from complaints.models import ContactMessage, Letter
from complaints.stamps import LASTS, TYPING_TAKES
from complaints.views import PER_MAILBOX
from privacy.models import OutgoingMail
from tests.galleries.studio import NOW

from .post import FORM, SENT, TYPED, filled, send

pytestmark = pytest.mark.postgres
INSTANT = timedelta(milliseconds=1)


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.mark.clauses("P67")
def test_a_message_arrives_and_its_sender_gets_a_copy() -> None:
    answer = send()
    assert (answer.status_code, answer["Location"]) == (302, SENT)
    message = ContactMessage.objects.get()
    assert {name: getattr(message, name) for name in TYPED} == TYPED
    assert (message.received_at, message.is_spam, message.handled_at) == (NOW, False, None)
    mail = OutgoingMail.objects.get()
    assert mail.to == TYPED["email"]
    assert TYPED["text"] in mail.text
    assert Browser().get(SENT).status_code == 200


@pytest.mark.clauses("P67")
def test_the_form_asks_only_what_an_answer_needs() -> None:
    form = Browser().get(FORM).context["form"]
    assert {name: field.required for name, field in form.fields.items()} == {
        "topic": True,
        "name": False,
        "email": True,
        "text": True,
        "website": False,
    }
    send(name="")
    assert ContactMessage.objects.get().name == ""


@pytest.mark.clauses("P69")
def test_the_form_says_beside_the_fields_what_happens_with_the_answers() -> None:
    page = Browser().get(FORM, headers={"accept-language": "en"}).content.decode()
    assert "legitimate interest" in page
    assert "Without an e-mail address and a message we cannot answer" in page
    assert "six months" in page


@pytest.mark.clauses("P05", "P93")
@pytest.mark.parametrize("topic", ["question", "privacy", "other"])
def test_every_topic_is_kept_as_it_was_chosen(topic: str) -> None:
    assert send(topic=topic).status_code == 302
    assert ContactMessage.objects.get().topic == topic


def test_a_link_may_choose_the_topic() -> None:
    assert Browser().get(FORM, {"topic": "privacy"}).context["form"]["topic"].value() == "privacy"
    assert Browser().get(FORM, {"topic": "nothing"}).context["form"]["topic"].value() is None


@pytest.mark.clauses("P68")
def test_writing_to_us_makes_nothing_but_the_message_and_its_copy() -> None:
    before = {model: model._base_manager.count() for model in apps.get_models()}
    send()
    grown = {model for model, count in before.items() if model._base_manager.count() != count}
    assert grown == {ContactMessage, Letter, OutgoingMail}


def test_sent_twice_it_is_one_message_and_one_copy() -> None:
    form = filled()
    assert [Browser().post(FORM, form)["Location"] for _ in range(2)] == [SENT, SENT]
    assert ContactMessage.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"email": "no address"}, {"email": ""}, {"text": ""}, {"topic": "x"}, {"text": "x" * (LONGEST_TEXT + 1)}]
)
def test_an_error_keeps_what_was_typed_and_the_same_form(wrong: dict[str, Any]) -> None:
    form = filled(**wrong)
    answer = Browser().post(FORM, form)
    assert answer.status_code == 422
    assert not ContactMessage.objects.exists()
    assert answer.context["stamp"] == form["stamp"]
    for name in TYPED:
        assert answer.context["form"][name].value() == form[name]


def test_the_longest_text_is_taken_whole() -> None:
    send(text="x" * LONGEST_TEXT)
    assert len(ContactMessage.objects.get().text) == LONGEST_TEXT


@pytest.mark.parametrize("stamp", ["", "forged", "\x00"])
def test_a_page_that_expired_comes_back_filled_in_and_can_be_sent_at_once(stamp: str) -> None:
    answer = Browser().post(FORM, filled(stamp=stamp))
    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == TYPED["text"]
    again = Browser().post(FORM, filled(stamp=answer.context["stamp"]))
    assert again.status_code == 302
    assert not ContactMessage.objects.get().is_spam


def test_a_form_lasts_a_day() -> None:
    assert Browser().post(FORM, filled(shown_at=NOW - LASTS)).status_code == 422
    assert Browser().post(FORM, filled(shown_at=NOW - LASTS + timedelta(seconds=1))).status_code == 302


def test_no_cookie_is_needed_so_none_can_expire() -> None:
    without_cookies = Browser(enforce_csrf_checks=True)
    assert without_cookies.post(FORM, filled()).status_code == 302
    assert ContactMessage.objects.exists()


@pytest.mark.parametrize(
    ("typed", "is_spam"),
    [
        ({"shown_at": NOW - TYPING_TAKES}, False),
        ({"shown_at": NOW - TYPING_TAKES + INSTANT}, True),
        ({"website": "https://spam.example"}, True),
    ],
)
def test_what_a_program_fills_in_is_set_apart_and_gets_no_copy(typed: dict[str, Any], is_spam: bool) -> None:
    answer = Browser().post(FORM, filled(**typed))
    assert answer["Location"] == SENT
    assert ContactMessage.objects.get().is_spam is is_spam
    assert OutgoingMail.objects.exists() is not is_spam


def test_one_mailbox_gets_a_few_copies_and_then_waits_a_quarter_of_an_hour() -> None:
    assert [send().status_code for _ in range(PER_MAILBOX)] == [302] * PER_MAILBOX
    answer = send()
    assert answer.status_code == 429
    assert answer.context["form"]["text"].value() == TYPED["text"]
    assert ContactMessage.objects.count() == PER_MAILBOX
    assert send(email="another@example.org").status_code == 302
    cache.clear()
    assert send().status_code == 302


def test_one_address_may_send_for_a_whole_school_and_no_more() -> None:
    answers = [send(email=f"p{number}@example.org").status_code for number in range(PER_ADDRESS + 1)]
    assert answers == [302] * PER_ADDRESS + [429]


def test_the_counters_name_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    add = cache.add

    def remembered(key: str, *args: Any, **more: Any) -> Any:
        keys.append(key)
        return add(key, *args, **more)

    monkeypatch.setattr(cache, "add", remembered)
    send()
    assert len(keys) == 2
    assert not any("sanne" in key or "127.0.0.1" in key for key in keys)


def test_without_the_cache_the_form_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_more: object) -> bool:
        raise NoRedis

    monkeypatch.setattr(cache, "add", away)
    assert send().status_code == 302


@pytest.mark.clauses("P05")
@pytest.mark.parametrize("page", ["/", "/hulp/", "/nothing/here/"])
def test_the_form_is_one_link_away(page: str) -> None:
    page = reverse("galleries:help") if page == "/hulp/" else page
    assert f'href="{FORM}"' in Browser().get(page).content.decode()


def test_a_form_is_known_by_a_token_of_its_own() -> None:
    send()
    send()
    tokens = set(ContactMessage.objects.values_list("form_token", flat=True))
    assert len(tokens) == 2
    assert all(isinstance(token, UUID) for token in tokens)
