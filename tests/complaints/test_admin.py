"""Messages in the back office: each role sees and answers its own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from accounts.roles import Role
from complaints.models import ContactMessage
from privacy.actions.exceptions import place_hold, restrict
from privacy.models import AccessLogEntry, OutgoingMail
from tests.accounts.staff import at_work, hire
from tests.galleries.studio import NOW

from .post import received

LIST = "/beheer/complaints/contactmessage/"


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk() -> Browser:
    return at_work(Role.FRONT_DESK)


@pytest.fixture
def owner() -> Browser:
    return at_work(Role.PRIVACY_OWNER)


def listed(browser: Browser, query: str = "") -> set[int]:
    return {message.pk for message in browser.get(LIST + query).context["cl"].result_list}


def figures(browser: Browser) -> dict[str, int]:
    page = browser.get("/beheer/", headers={"accept-language": "en"})
    return {str(figure.label): figure.count for _, panel in page.context["panels"] for figure in panel}


@pytest.mark.clauses("P05", "P08", "P93")
def test_a_privacy_request_goes_to_the_privacy_owner_and_all_else_to_the_desk(desk: Browser, owner: Browser) -> None:
    asked, private = received(), received(topic="privacy")
    assert listed(desk) == {asked.pk}
    assert listed(owner) == {private.pk}
    assert owner.get(f"{LIST}{asked.pk}/answer/").status_code == 404
    assert desk.get(f"{LIST}{private.pk}/answer/").status_code == 404


def test_passing_on_moves_it_to_the_other_desk(desk: Browser, owner: Browser) -> None:
    message = received()
    desk.post(f"{LIST}{message.pk}/topic/", {"topic": "privacy"})
    assert listed(desk) == set()
    assert listed(owner) == {message.pk}


def test_the_first_page_counts_what_waits(desk: Browser, owner: Browser) -> None:
    received()
    received(is_spam=True)
    received(topic="privacy")
    desk_counts, owner_counts = figures(desk), figures(owner)
    assert desk_counts["messages to answer"] == 1
    assert "messages about privacy to answer" not in desk_counts
    assert owner_counts["messages about privacy to answer"] == 1


def test_an_answer_goes_out_and_the_message_waits_no_longer(desk: Browser) -> None:
    message = received()
    assert "Wanneer komen" in desk.get(f"{LIST}{message.pk}/answer/").content.decode()
    assert desk.post(f"{LIST}{message.pk}/answer/", {"text": ""}).status_code == 200
    answer = desk.post(f"{LIST}{message.pk}/answer/", {"text": "Morgen"})
    assert answer["Location"] == LIST
    assert OutgoingMail.objects.filter(kind="complaints.reply").count() == 1
    assert listed(desk, "?state=waiting") == set()
    assert listed(desk, "?state=handled") == {message.pk}
    assert "Morgen" in desk.get(f"{LIST}{message.pk}/change/").content.decode()


def test_an_answer_to_spam_is_refused_with_a_sentence(desk: Browser) -> None:
    message = received(is_spam=True)
    answer = desk.post(f"{LIST}{message.pk}/answer/", {"text": "Morgen"}, follow=True)
    assert answer.status_code == 200
    assert len(answer.context["messages"]) == 1
    assert not OutgoingMail.objects.exists()


def test_the_list_sorts_spam_from_what_waits(desk: Browser) -> None:
    message, other = received(), received()
    desk.post(LIST, {"action": "spam", "_selected_action": [message.pk]})
    assert listed(desk, "?state=spam") == {message.pk}
    desk.post(LIST, {"action": "no_spam", "_selected_action": [message.pk]})
    desk.post(LIST, {"action": "handled", "_selected_action": [other.pk]})
    assert listed(desk, "?state=waiting") == {message.pk}
    assert listed(desk, "?state=handled") == {other.pk}


def test_an_action_reaches_no_message_of_the_other_desk(owner: Browser) -> None:
    message = received()
    owner.post(LIST, {"action": "spam", "_selected_action": [message.pk]})
    assert not ContactMessage.objects.get().is_spam


@pytest.mark.clauses("P08")
def test_opening_a_message_is_logged(desk: Browser) -> None:
    message = received()
    desk.get(f"{LIST}{message.pk}/change/")
    entry = AccessLogEntry.objects.get()
    assert (entry.kind, entry.object_id) == ("complaints.contactmessage", message.pk)


def test_a_restricted_message_is_out_of_sight_and_out_of_the_count(desk: Browser) -> None:
    message = received()
    restrict(kind="complaints.contactmessage", object_id=message.pk, reason="r", now=NOW)
    assert listed(desk) == set()
    assert figures(desk)["messages to answer"] == 0


def test_a_message_past_its_term_is_out_of_sight_before_the_night(desk: Browser, clock: time_machine.Traveller) -> None:
    message = received(is_spam=True)
    clock.shift(14 * 24 * 3600 - 1)
    assert listed(desk) == {message.pk}
    clock.shift(1)
    assert listed(at_work(is_superuser=True)) == set()


@pytest.mark.clauses("P87")
def test_a_message_is_erased_at_once_when_asked(desk: Browser, owner: Browser) -> None:
    message, private = received(), received(topic="privacy")
    page = f"{LIST}{message.pk}/erase/"
    assert desk.get(page).status_code == 200
    assert ContactMessage.objects.filter(pk=message.pk).exists()
    assert desk.post(f"{LIST}{private.pk}/erase/").status_code == 404
    desk.post(page)
    owner.post(f"{LIST}{private.pk}/erase/")
    assert not ContactMessage.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_message_under_a_hold_stays_and_a_sentence_says_so(desk: Browser) -> None:
    message = received()
    until = NOW + timedelta(days=9)
    place_hold(
        kind="complaints.contactmessage", object_id=message.pk, reason="r", owner_id=hire().pk, until=until, now=NOW
    )
    answer = desk.post(f"{LIST}{message.pk}/erase/", follow=True)
    assert len(answer.context["messages"]) == 1
    assert ContactMessage.objects.exists()
