"""Who may receive data: only a company at work with a valid agreement; and an authority only with a law (P82-P84)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from accounts.roles import Role
from common.periods import local_date
from privacy.actions.recipients import RecipientRefused, record_disclosure, save_recipient
from privacy.admin.recipients import agreements_today
from privacy.declarations import Category, Personal, Recipient
from privacy.models import DataRecipient, LedgerEntry, LegalDisclosure
from privacy.recipients import NotAgreed, may_receive, receivers, require
from privacy.registry import registry
from privacy.statement import received_by
from tests.accounts.staff import at_work

from .agreements import agree_with_all, facts

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = local_date(NOW)
LAB = Recipient.PRINT_LAB
DISCLOSE = "/beheer/privacy/legaldisclosure/add/"

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.mark.clauses("P83")
def test_nobody_may_receive_anything_without_being_registered() -> None:
    assert not may_receive(LAB, now=NOW)
    with pytest.raises(NotAgreed) as refusal, translation.override("en"):
        require(LAB, now=NOW)
    assert "print lab" in str(refusal.value.message)


@pytest.mark.clauses("P83")
def test_an_agreement_holds_through_its_last_day_and_not_one_longer() -> None:
    save_recipient(facts=facts(day=DAY, valid_until=DAY + timedelta(days=30)), now=NOW)
    for days, may in ((-1, False), (0, True), (30, True), (31, False)):
        moment = NOW + timedelta(days=days)
        assert may_receive(LAB, now=moment) is may, days
        assert (len(receivers(LAB, now=moment)) == 1) is may


@pytest.mark.clauses("P83")
@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, True),
        ({"agreed_on": None, "agreement_reference": ""}, False),
        ({"agreed_on": None, "agreement_reference": "", "capacity": "controller"}, True),
        ({"agreed_on": DAY + timedelta(days=1)}, False),
        ({"begins_on": DAY + timedelta(days=1)}, False),
        ({"ends_on": DAY}, False),
        ({"category": Recipient.CARRIER}, False),
    ],
)
def test_only_who_is_at_work_with_an_agreement_may_receive(changed: dict[str, object], may: bool) -> None:
    save_recipient(facts=replace(facts(day=DAY), **changed), now=NOW)
    assert may_receive(LAB, now=NOW) is may


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"is_outside_eea": True}, "safeguard"),
        ({"agreement_reference": ""}, "agreement_reference"),
        ({"agreed_on": None, "valid_until": DAY}, "agreed_on"),
        ({"valid_until": DAY - timedelta(days=1)}, "valid_until"),
        ({"ends_on": DAY - timedelta(days=1)}, "ends_on"),
    ],
)
def test_what_does_not_fit_together_is_refused_at_its_field(changed: dict[str, object], field: str) -> None:
    with pytest.raises(RecipientRefused) as refusal:
        save_recipient(facts=replace(facts(day=DAY), **changed), now=NOW)
    assert refusal.value.field == field
    assert not DataRecipient.objects.exists()


def test_the_database_refuses_a_transfer_abroad_without_a_safeguard() -> None:
    recipient = save_recipient(facts=facts(day=DAY), now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRecipient.objects.filter(pk=recipient.pk).update(is_outside_eea=True)


def test_a_changed_agreement_is_the_same_company_and_stands_in_the_ledger() -> None:
    recipient = save_recipient(facts=facts(day=DAY), now=NOW)
    save_recipient(facts=facts(day=DAY, ends_on=DAY), recipient_id=recipient.pk, now=NOW)
    assert not may_receive(LAB, now=NOW)
    assert [entry.event for entry in LedgerEntry.objects.order_by("pk")] == ["recipient_added", "recipient_changed"]


@pytest.mark.clauses("P82")
def test_what_a_recipient_gets_is_what_the_declarations_say() -> None:
    declared = {
        said.category.label
        for fields in registry.declarations.values()
        for said in fields.values()
        if isinstance(said, Personal) and LAB in said.recipients
    }
    assert set(received_by(registry, LAB)) == declared == {Category.IMAGE.label}
    assert Category.CONTACT.label in received_by(registry, Recipient.CARRIER)


@pytest.mark.clauses("P35", "P82")
def test_the_page_for_clients_names_who_works_for_us_now(client: Client) -> None:
    agree_with_all(now=NOW)
    save_recipient(facts=facts(day=DAY, name="Former <Lab>", ends_on=DAY), now=NOW)
    abroad = facts(day=DAY, name="Far away", is_outside_eea=True, safeguard="standard clauses", country="Canada")
    save_recipient(facts=abroad, now=NOW)
    with time_machine.travel(NOW):
        page = client.get("/verwerker/", headers={"Accept-Language": "en"}).content.decode()
    assert "Company carrier" in page
    assert "Canada · standard clauses" in page
    assert "Former" not in page


def test_the_first_page_warns_of_what_is_missing_and_of_what_ends() -> None:
    assert [figure.count for figure in agreements_today(NOW)] == [4, 0], "a host, mail, a lab and a carrier"
    agree_with_all(now=NOW)
    assert [figure.count for figure in agreements_today(NOW)] == [0, 0]
    save_recipient(facts=facts(day=DAY, valid_until=DAY + timedelta(days=60)), now=NOW)
    assert [figure.count for figure in agreements_today(NOW)] == [0, 1]
    assert [figure.count for figure in agreements_today(NOW + timedelta(days=61))] == [1, 0]


@pytest.mark.clauses("P84")
def test_a_disclosure_needs_a_law_or_a_ruling() -> None:
    boss = at_work()
    said = {
        "disclosed_at": NOW,
        "authority": "Politie",
        "what": "the address of an order",
        "kind": "",
        "object_id": None,
        "decided_by_id": int(boss.session["_auth_user_id"]),
    }
    with pytest.raises(RecipientRefused):
        record_disclosure(**said, legal_reference="  ", now=NOW)
    with pytest.raises(RecipientRefused):
        record_disclosure(**{**said, "disclosed_at": NOW + timedelta(hours=1)}, legal_reference="x", now=NOW)
    assert not LegalDisclosure.objects.exists()
    record_disclosure(**said, legal_reference="art. 126nd Sv", now=NOW)
    assert LedgerEntry.objects.get().event == "disclosed_by_law"
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalDisclosure.objects.update(legal_reference="")


@pytest.mark.clauses("P83", "P84")
def test_the_privacy_owner_records_both_in_the_back_office() -> None:
    with time_machine.travel(NOW, tick=False):
        owner = at_work(Role.PRIVACY_OWNER)
        typed = {
            "name": "Lab",
            "category": "print_lab",
            "capacity": "processor",
            "task_nl": "drukt",
            "task_en": "prints",
            "country": "Nederland",
            "begins_on": "2027-03-01",
            "agreement_reference": "",
            "agreed_on": "2027-03-01",
        }
        page = owner.post("/beheer/privacy/datarecipient/add/", typed)
        assert page.status_code == 200
        assert "agreement_reference" in page.context["adminform"].form.errors
        owner.post("/beheer/privacy/datarecipient/add/", {**typed, "agreement_reference": "VO-7"})
        recipient = DataRecipient.objects.get()
        assert may_receive(LAB, now=NOW)
        address = f"/beheer/privacy/datarecipient/{recipient.pk}/change/"
        owner.post(address, {**typed, "agreement_reference": "VO-7", "ends_on": "2027-03-01"})
        assert not may_receive(LAB, now=NOW)
        assert "1 maart 2027: 0" in owner.get(address).content.decode()
        assert "Lab" in owner.get("/beheer/privacy/datarecipient/").content.decode()

        told = {
            "disclosed_at_0": "2027-03-01",
            "disclosed_at_1": "09:00",
            "authority": "Politie",
            "legal_reference": "",
            "what": "adres",
            "kind": "",
            "object_id": "",
        }
        assert owner.post(DISCLOSE, told).status_code == 200
        half = owner.post(DISCLOSE, {**told, "legal_reference": "art. 1", "object_id": "5"})
        assert half.status_code == 200
        gone = {**told, "legal_reference": "art. 1", "kind": "shop.order", "object_id": "999999"}
        assert owner.post(DISCLOSE, gone).status_code == 200
        assert not LegalDisclosure.objects.exists()
        assert owner.post(DISCLOSE, {**told, "legal_reference": "art. 1"}).status_code == 302
        assert LegalDisclosure.objects.get().decided_by_id == int(owner.session["_auth_user_id"])
