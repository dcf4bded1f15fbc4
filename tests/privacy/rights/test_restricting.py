"""Left alone at their wish (art. 18), or while an objection is weighed (art. 21), and told before it ends."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db.models import Model

from accounts.models import Relation, Suppression
from accounts.roles import Role
from galleries.models import Client
from privacy.actions.asking import ask
from privacy.actions.exceptions import (
    ExceptionRefused,
    announce_lifting,
    lift_announced,
    lift_restriction,
    restrict,
)
from privacy.backoffice import kind_of
from privacy.models import Hold, OutgoingMail, Restriction, RightsRequest
from privacy.people import Person
from privacy.registry import registry
from privacy.sweep import run_sweep
from tests.accounts.staff import at_work
from tests.galleries.studio import NOW
from tests.journeys.test_access_matrix import browser_for
from tests.journeys.test_least_sight import words_seen
from tests.journeys.world import World, build_world

from .asking import asked

pytestmark = pytest.mark.postgres
EMAIL = "ndl-email@example.org"
HERS = Person(email=EMAIL)


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    made = build_world()
    # The world's own: they sit on numbers that are in use here.
    Hold.objects.all().delete()
    Restriction.objects.all().delete()
    Client.objects.update(name="ndl-clientname", email="ndl-clientmail@example.org")
    return made


def use(right: str, person: Person = HERS, text: str = "") -> RightsRequest:
    said: dict[str, Any] = {"text": text, "email": "", "language": "nl", "form_token": uuid4(), "now": NOW}
    return ask(person=person, right=right, **said)


@pytest.mark.clauses("P88")
def test_a_restriction_is_laid_at_once_on_all_that_can_be_and_the_letter_says_so(world: World) -> None:
    row = use("restriction")
    assert (row.state, row.closed_at) == ("done", NOW)
    laid = Restriction.objects.get(kind="shop.order", object_id=world.order.pk)
    assert (laid.email, laid.lifted_at, laid.reason) == (EMAIL, None, f"request {row.pk}")
    assert "Je bestellingen: 1" in OutgoingMail.objects.get(kind="privacy.request_answer").text
    assert use("restriction").state == "done", "a second one finds it restricted"
    assert Restriction.objects.filter(object_id=world.order.pk).count() == 1


def rows_of(world: World) -> dict[str, tuple[type[Model], int, set[str]]]:
    """Each kind that can be restricted: a row of the world, and the planted words that have to be out of sight."""
    order = {"salut", "name", "street", "zip", "city", "email", "phone", "note", "photolabel", "provider-ref"}
    found = {
        "shop.order": (world.order.pk, order),
        "complaints.complaint": (world.rows["complaints_complaint"], {"casename", "casemail", "casetext", "told"}),
        "complaints.contactmessage": (
            world.rows["complaints_contactmessage"],
            {"askname", "askmail", "asktext", "answer"},
        ),
        "galleries.logincode": (world.code.pk, {"the code"}),
        "galleries.subject": (world.studio.anna.pk, {"the code"}),
        "galleries.client": (world.rows["galleries_client"], {"clientname", "clientmail"}),
    }
    by_kind = {kind_of(model): model for model in registry.restrictable}
    return {kind: (by_kind[kind], pk, words) for kind, (pk, words) in found.items()}


@pytest.mark.clauses("P88")
@pytest.mark.parametrize(
    "kind",
    [
        "shop.order",
        "complaints.complaint",
        "complaints.contactmessage",
        "galleries.logincode",
        "galleries.subject",
        "galleries.client",
    ],
)
def test_a_restricted_row_is_on_no_screen_of_those_who_worked_with_it(world: World, kind: str) -> None:
    _model, row_id, words = rows_of(world)[kind]
    browsers = {actor: browser_for(actor, world) for actor in ("front desk", "administration")}
    seen = [words_seen(actor, world, browser) for actor, browser in browsers.items()]
    assert words & set().union(*seen), "somebody saw it"
    restrict(kind=kind, object_id=row_id, reason="r", now=NOW)
    for actor, browser in browsers.items():
        assert words & words_seen(actor, world, browser) == set(), actor


@pytest.mark.clauses("P88")
def test_who_asked_hears_a_week_before_it_is_lifted(world: World, clock: time_machine.Traveller) -> None:
    use("restriction")
    laid = Restriction.objects.get(object_id=world.order.pk, kind="shop.order")
    with pytest.raises(ExceptionRefused):
        lift_restriction(restriction_id=laid.pk, now=NOW)
    owner = at_work(Role.PRIVACY_OWNER)
    said = {"_selected_action": [laid.pk], "action": "lift"}
    owner.post("/beheer/privacy/restriction/", said)
    laid.refresh_from_db()
    assert laid.lifted_at is None
    owner.post("/beheer/privacy/restriction/", {**said, "action": "announce"})
    laid.refresh_from_db()
    assert (laid.announced_at, laid.lifts_on) == (NOW, date(2026, 10, 29))
    mail = OutgoingMail.objects.get(kind="privacy.restriction_lifting")
    assert mail.to == EMAIL
    assert "29 oktober 2026" in mail.text
    assert announce_lifting(restriction_ids=[laid.pk], now=NOW) == 0, "told once"
    assert lift_announced(now=NOW + timedelta(days=6)) == 0
    assert lift_announced(now=NOW + timedelta(days=7)) == 1
    assert lift_announced(now=NOW + timedelta(days=7)) == 0
    laid.refresh_from_db()
    assert laid.lifted_at == NOW + timedelta(days=7)


def test_the_address_of_a_lifted_restriction_goes_a_year_later(world: World) -> None:
    use("restriction")
    Restriction.objects.update(lifts_on=date(2026, 10, 22))
    lift_announced(now=NOW)
    run_sweep(now=NOW + timedelta(days=366))
    assert not Restriction.objects.exclude(email="").exists()


@pytest.mark.clauses("P90")
def test_an_objection_stops_marketing_at_once_and_waits_for_a_decision(world: World) -> None:
    email = world.relation.email
    row = use("objection", Person(email=email), "Geen reclame meer.")
    assert row.closed_at is None, "the privacy owner weighs the rest"
    assert not Relation.objects.filter(email=email).exists()
    assert Suppression.objects.standing().of_mailboxes([email]).exists()


@pytest.mark.clauses("P90", "P92")
def test_an_objection_by_phone_needs_no_proof(world: World) -> None:
    email = world.relation.email
    row = asked(right="objection", channel="phone", email=email)
    at_work(Role.PRIVACY_OWNER).post(f"/beheer/privacy/rightsrequest/{row.pk}/carry-out/")
    assert not Relation.objects.filter(email=email).exists()
    row.refresh_from_db()
    assert row.closed_at is None


@pytest.mark.clauses("P90")
def test_what_rests_on_our_interest_is_left_alone_until_it_is_decided(world: World) -> None:
    use("objection", HERS, "Laat mij met rust.")
    kinds = set(Restriction.objects.filter(email=EMAIL).values_list("kind", flat=True))
    assert "shop.order" not in kinds, "an order rests on the contract"
