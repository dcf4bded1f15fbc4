"""The link in every advertising message: one click, without a cookie, and looking changes nothing."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import Relation, Suppression
from accounts.reach import may_be_mailed
from privacy import erasure
from privacy.actions.exceptions import restrict
from tests.galleries.studio import NOW

from .buyers import EMAIL, bought, link_of

pytestmark = pytest.mark.postgres


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.mark.clauses("P66", "P90")
def test_one_click_works_without_a_cookie() -> None:
    link = link_of(bought())
    browser = Browser(enforce_csrf_checks=True)
    answer = browser.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200, "a mail program follows no redirect"
    assert not Relation.objects.exists()
    assert set(Suppression.objects.values_list("channel", "reason")) == {("mail", "link"), ("post", "link")}


@pytest.mark.clauses("P66")
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT"])
def test_looking_at_the_link_changes_nothing(method: str) -> None:
    relation = bought()
    Browser().generic(method, link_of(relation))
    assert may_be_mailed(relation.pk, NOW)
    assert not Suppression.objects.exists()


def test_the_page_has_one_button_and_then_says_what_happened() -> None:
    link = link_of(bought())
    page = Browser().get(link, headers={"accept-language": "en"}).content.decode()
    assert page.count('<form class="stack" method="post">') == 1
    assert EMAIL not in page
    done = Browser().post(link, headers={"accept-language": "en"}).content.decode()
    assert "You are unsubscribed" in done
    assert "no more post" in done


def test_twice_is_once_and_still_a_yes() -> None:
    link = link_of(bought())
    assert [Browser().post(link).status_code for _ in range(2)] == [200, 200]
    assert Suppression.objects.count() == 2


@pytest.mark.clauses("P66")
def test_a_link_of_years_ago_still_stops_who_was_forgotten_and_bought_again(clock: time_machine.Traveller) -> None:
    old = bought()
    link = link_of(old)
    erasure.erase(Relation, [old.pk], reason="t", now=NOW)
    clock.shift(10 * 365 * 24 * 3600)
    again = bought("JK-2", ordered_at=NOW)
    assert Browser().post(link).status_code == 200
    assert not Relation.objects.filter(pk=again.pk).exists()


@pytest.mark.parametrize("broken", ["x", "", "%00", "WyJhIl0:1abc:def", "a" * 3000])
def test_a_link_that_is_not_ours_leads_nowhere(broken: str) -> None:
    assert Browser().post(f"/afmelden/{broken}/").status_code == 404
    assert not Suppression.objects.exists()


def test_the_link_of_another_purpose_is_none_of_ours() -> None:
    link = link_of(bought())
    token = link.split("/")[2]
    assert Browser().post(f"/afmelden/{token[:-2]}/").status_code == 404
    assert Relation.objects.exists()


def test_the_page_says_that_the_row_is_gone_only_when_it_is() -> None:
    held, gone = bought(), bought("JK-2", email="two@example.org")
    restrict(kind="accounts.relation", object_id=held.pk, reason="r", now=NOW)
    said = "We deleted your name"
    assert said in Browser().post(link_of(gone), headers={"accept-language": "en"}).content.decode()
    page = Browser().post(link_of(held), headers={"accept-language": "en"}).content.decode()
    assert "You are unsubscribed" in page
    assert said not in page
