"""Relations and objections in the back office."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from accounts.actions import object_to_marketing
from accounts.models import Relation, Suppression
from accounts.roles import Role
from privacy.actions.exceptions import restrict
from tests.galleries.studio import NOW

from .buyers import EMAIL, bought
from .staff import at_work

RELATIONS = "/beheer/accounts/relation/"
LIST = "/beheer/accounts/suppression/"


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


def test_the_desk_stops_the_advertising_to_a_relation(desk: Browser) -> None:
    relation = bought()
    assert desk.get(f"{RELATIONS}{relation.pk}/forget/").status_code == 200
    assert Relation.objects.exists(), "looking changes nothing"
    assert desk.post(f"{RELATIONS}{relation.pk}/forget/")["Location"] == RELATIONS
    assert not Relation.objects.exists()
    assert set(Suppression.objects.values_list("channel", "reason")) == {("mail", "request"), ("post", "request")}


@pytest.mark.clauses("P65", "P92")
def test_an_objection_by_phone_counts_for_somebody_who_is_no_relation(desk: Browser) -> None:
    said = {"email": "Wie@example.org", "street": "Kerkstraat 5", "postcode": "3241AB"}
    for _ in range(2):
        desk.post(f"{RELATIONS}objection/", said)
    assert set(Suppression.objects.values_list("channel", flat=True)) == {"mail", "post"}


@pytest.mark.parametrize("said", [{"email": ""}, {"email": "x"}, {"email": EMAIL, "street": "Kerkstraat 5"}])
def test_half_an_objection_comes_back_with_a_sentence(said: dict[str, str], desk: Browser) -> None:
    answer = desk.post(f"{RELATIONS}objection/", said)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Suppression.objects.exists()


@pytest.mark.clauses("P08")
def test_the_privacy_owner_sees_how_many_and_never_who(owner: Browser) -> None:
    bought()
    object_to_marketing(email="weg@example.org", reason=Suppression.Reason.LINK, now=NOW)
    row = Suppression.objects.get()
    for page in (LIST, f"{LIST}{row.pk}/change/", f"{LIST}review/"):
        text = owner.get(page).content.decode()
        assert row.digest not in text
        assert "weg@" not in text
    assert owner.get(RELATIONS).status_code == 403


def test_the_yearly_look_is_counted_on_the_first_page_and_done_there(clock: time_machine.Traveller) -> None:
    object_to_marketing(email=EMAIL, reason=Suppression.Reason.LINK, now=NOW)
    clock.shift(timedelta(days=366))
    owner = at_work(Role.PRIVACY_OWNER)
    assert figures(owner)["objections to look at again after a year"] == 1
    assert owner.post(f"{LIST}review/")["Location"] == LIST
    assert figures(owner)["objections to look at again after a year"] == 0


def test_an_objection_is_taken_back_only_for_who_had_one(owner: Browser) -> None:
    object_to_marketing(email=EMAIL, reason=Suppression.Reason.LINK, now=NOW)
    owner.post(f"{LIST}withdraw/", {"email": "other@example.org"})
    assert Suppression.objects.standing().count() == 1
    owner.post(f"{LIST}withdraw/", {"email": EMAIL})
    assert not Suppression.objects.standing().exists()


def test_a_restricted_relation_and_one_past_its_term_are_out_of_sight(
    desk: Browser, clock: time_machine.Traveller
) -> None:
    bought()
    hidden = bought("JK-2", email="two@example.org")
    restrict(kind="accounts.relation", object_id=hidden.pk, reason="r", now=NOW)
    assert [row.email for row in desk.get(RELATIONS).context["cl"].result_list] == [EMAIL]
    clock.shift(timedelta(days=731))
    assert not at_work(is_superuser=True).get(RELATIONS).context["cl"].result_list


def figures(browser: Browser) -> dict[str, int]:
    page = browser.get("/beheer/", headers={"accept-language": "en"})
    return {str(figure.label): figure.count for _, panel in page.context["panels"] for figure in panel}
