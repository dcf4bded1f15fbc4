"""The pages that tell how we do it: their figures are counted, and their proof is the last verification."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from privacy import ledger, triggers
from privacy.declarations import Personal, Purpose, Role
from privacy.practice import practice_of
from privacy.proof import last_proof, verify_ledger
from privacy.registry import Registry, registry
from tests.ledger_flush import run_statements

NOW = datetime(2027, 1, 1, 5, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.clauses("P95")
def test_the_page_counts_what_is_declared(client: Client) -> None:
    personal = sum(isinstance(said, Personal) for table in registry.declarations.values() for said in table.values())
    page = client.get("/zo-doen-we-dat/", headers={"Accept-Language": "en"}).content.decode()
    assert f"For {personal} fields it is." in page
    assert f"There are {len(registry.rules)} retention rules." in page
    assert personal > 50
    assert practice_of(Registry()).personal == 0


@pytest.mark.clauses("P33")
def test_the_roles_say_for_what_we_are_processor(client: Client) -> None:
    roles = {row.purpose: row.roles for row in practice_of(registry).roles}
    assert Role.PROCESSOR.label in roles[Purpose.SHOW_PHOTOS.label]
    assert roles[Purpose.DELIVERY.label] == (Role.CONTROLLER.label,)
    page = client.get("/verwerker/", headers={"Accept-Language": "en"}).content.decode()
    assert "Showing photos to those who are on them" in page


@pytest.mark.clauses("P35", "P96")
def test_the_page_for_clients_shows_the_last_verification_of_the_ledger(client: Client) -> None:
    english = {"Accept-Language": "en"}
    assert "Not verified yet" in client.get("/verwerker/", headers=english).content.decode()
    for _ in range(2):
        ledger.record("erased", now=NOW, rule="RT01", count=1)
    ledger.seal()
    verify_ledger(now=NOW)
    assert "2 entries verified on 1 January 2027" in client.get("/verwerker/", headers=english).content.decode()

    run_statements([*triggers.drop(connection.vendor), "UPDATE privacy_ledgerentry SET count = 9"])
    assert not verify_ledger(now=NOW).is_sound
    proof = last_proof()
    assert proof is not None
    assert not proof.is_sound
    assert "found a fault" in client.get("/zo-doen-we-dat/", headers=english).content.decode()
