"""A page that makes a row makes one: sent twice, sent again after a mistake, and while the cache is away."""

from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from redis.exceptions import ConnectionError as AwayError

from galleries.models import Client
from privacy import once
from tests.accounts.staff import at_work
from tests.journeys.pages import Page

pytestmark = pytest.mark.django_db
ADD, LIST = "admin:galleries_client_add", "admin:galleries_client_changelist"
CLIENT = {"kind": "school", "name": "School of the test"}


def test_the_second_of_two_is_shown_the_list_with_a_sentence() -> None:
    desk = at_work(is_superuser=True)
    form = Page(desk.get(reverse(ADD))).form(having=once.FIELD)
    desk.post(reverse(ADD), {**form.values, **CLIENT})
    again: Any = desk.post(reverse(ADD), {**form.values, **CLIENT}, follow=True)
    assert Client.objects.filter(name=CLIENT["name"]).count() == 1
    assert again.redirect_chain == [(reverse(LIST), 302)]
    assert "twee keer verstuurd" in again.content.decode()


def test_a_form_that_came_back_with_an_error_may_be_sent_again() -> None:
    desk = at_work(is_superuser=True)
    form = Page(desk.get(reverse(ADD))).form(having=once.FIELD)
    refused = Page(desk.post(reverse(ADD), {**form.values, **CLIENT, "name": ""}))
    assert refused.form(having=once.FIELD).values[once.FIELD] == form.values[once.FIELD]
    desk.post(reverse(ADD), {**form.values, **CLIENT})
    assert Client.objects.filter(name=CLIENT["name"]).count() == 1


def test_two_pages_make_two_rows() -> None:
    desk = at_work(is_superuser=True)
    for _ in range(2):
        form = Page(desk.get(reverse(ADD))).form(having=once.FIELD)
        desk.post(reverse(ADD), {**form.values, **CLIENT})
    assert Client.objects.filter(name=CLIENT["name"]).count() == 2


def test_a_request_that_died_in_the_middle_is_forgotten_and_what_was_saved_is_not() -> None:
    died, saved = once.new_number(), once.new_number()
    assert once.claim(died)
    assert once.claim(saved)
    once.keep(saved)
    assert 0 < lives(died) <= once.RUNNING_SECONDS < lives(saved) <= once.SAVED_SECONDS
    assert not once.claim(saved)


def lives(number: str) -> int:
    """For how many seconds the cache remembers it."""
    redis: Any = cache._cache.get_client()  # type: ignore[attr-defined]
    return int(redis.ttl(cache.make_key(f"once:{number}")))


@pytest.mark.parametrize("number", ["", "with space", "with\nline", "ñ"])
def test_a_page_without_a_number_of_ours_works_as_without_this(number: str) -> None:
    assert once.claim(number)
    assert once.claim(number)


def test_without_the_cache_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise AwayError

    monkeypatch.setattr(cache, "add", away)
    monkeypatch.setattr(cache, "delete", away)
    monkeypatch.setattr(cache, "set", away)
    number = once.new_number()
    assert once.claim(number)
    once.give_back(number)
    once.keep(number)
    assert once.claim(number)
