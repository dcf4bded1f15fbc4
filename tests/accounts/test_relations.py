"""A sale makes a relation, an objection ends it for good, and two years without an order end it too."""

import ast
import base64
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from accounts.actions import (
    erase_relations,
    note_bounce,
    note_sale,
    object_to_marketing,
    review_objections,
    unsubscribe,
    withdraw_objection,
)
from accounts.mailboxes import PostalAddress, mailbox
from accounts.models import Relation, RelationEvidence, Suppression
from accounts.reach import may_be_mailed
from common.periods import ZONE
from privacy.actions.exceptions import restrict
from privacy.documents import MARKETING_VERSION
from privacy.dossier import Fact, dossier, sources
from privacy.models import LedgerEntry, RuleRun
from privacy.people import Person
from privacy.sweep import run_sweep
from tests.architecture.tree import modules, name_of, parsed
from tests.galleries.studio import NOW

from .buyers import EMAIL, HOUSE, bought, sale

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
BLINK = timedelta(microseconds=1)
Reason = Suppression.Reason
# NOW is 22 October 2026 in the Netherlands.
TWO_YEARS = datetime(2028, 10, 22, tzinfo=ZONE)


def night(at: datetime) -> None:
    run = run_sweep(now=at)
    assert run is not None
    bad = list(RuleRun.objects.filter(sweep=run).exclude(outcome="done", residue=0).values_list("rule", "error"))
    assert not bad


@pytest.mark.clauses("P62", "P64")
def test_a_sale_makes_a_relation_with_the_evidence_that_we_may_write() -> None:
    relation = bought()
    assert (relation.email, relation.name, relation.street) == (EMAIL, "Sanne de Vries", "Kerkstraat 5")
    evidence = relation.evidence.get()
    assert (evidence.order_number, evidence.ordered_at, evidence.wording) == ("JK-1", NOW, MARKETING_VERSION)
    assert may_be_mailed(relation.pk, NOW)


@pytest.mark.clauses("P64")
def test_a_sale_whose_page_did_not_offer_to_refuse_makes_none() -> None:
    assert note_sale(sale=sale(wording=""), now=NOW) is None
    assert not Relation.objects.exists()


@pytest.mark.clauses("P64")
def test_without_evidence_nobody_is_mailed() -> None:
    relation = bought()
    RelationEvidence.objects.all().delete()
    assert not may_be_mailed(relation.pk, NOW)


def test_another_sale_refreshes_it_and_the_same_one_twice_changes_nothing() -> None:
    bought()
    later = NOW + timedelta(days=300)
    for _ in range(2):
        bought("JK-2", now=later, email=" Sanne@Example.ORG", name="Sanne Bakker")
    relation = Relation.objects.get()
    assert (relation.name, relation.last_order_at, relation.evidence.count()) == ("Sanne Bakker", later, 2)


def test_an_older_order_paid_late_does_not_move_anybody_back() -> None:
    bought("JK-2", name="Sanne Bakker")
    bought("JK-1", ordered_at=NOW - timedelta(days=20))
    relation = Relation.objects.get()
    assert (relation.name, relation.last_order_at) == ("Sanne Bakker", NOW)


@pytest.mark.clauses("P88")
def test_a_restricted_relation_is_neither_mailed_nor_changed() -> None:
    relation = bought()
    restrict(kind="accounts.relation", object_id=relation.pk, reason="r", now=NOW)
    assert not may_be_mailed(relation.pk, NOW)
    assert note_sale(sale=sale("JK-2", name="Other"), now=NOW) is None
    relation.refresh_from_db()
    assert relation.name == "Sanne de Vries"


@pytest.mark.clauses("P65", "P90")
def test_an_objection_forgets_the_relation_and_keeps_only_digests() -> None:
    bought()
    assert object_to_marketing(email="SANNE@example.org", reason=Reason.REQUEST, now=NOW)
    assert not object_to_marketing(email=EMAIL, reason=Reason.REQUEST, now=NOW)
    assert not Relation.objects.exists()
    rows = Suppression.objects.values("channel", "digest")
    assert {row["channel"] for row in rows} == {"mail", "post"}
    assert not [row for row in rows if "sanne" in row["digest"] or "kerk" in row["digest"]]
    assert LedgerEntry.objects.filter(event="objection").count() == 2


@pytest.mark.clauses("P65", "P66")
def test_an_address_that_objected_becomes_no_relation_again_whatever_is_ordered_later() -> None:
    object_to_marketing(email=EMAIL, reason=Reason.ORDER, now=NOW)
    for spelling in (EMAIL, "Sanne@EXAMPLE.org", " sanne@example.org "):
        assert note_sale(sale=sale(email=spelling), now=NOW + timedelta(days=800)) is None
    # However it gets into the table, an import for instance, it is out of reach.
    smuggled = bought(email="other@example.org")
    Relation.objects.filter(pk=smuggled.pk).update(email=EMAIL)
    assert not may_be_mailed(smuggled.pk, NOW)


def test_a_house_that_wants_no_post_leaves_no_address_with_a_later_relation() -> None:
    object_to_marketing(email=EMAIL, reason=Reason.ORDER, address=HOUSE, now=NOW)
    other = bought(
        email="huisgenoot@example.org", address=PostalAddress(street="kerkstraat 5", postcode="3241ab", city="")
    )
    assert (other.street, other.postcode, other.city) == ("", "", "")
    assert may_be_mailed(other.pk, NOW)


@pytest.mark.clauses("P65")
def test_an_objection_outlives_a_new_key(settings: Settings) -> None:
    object_to_marketing(email=EMAIL, reason=Reason.ORDER, address=HOUSE, now=NOW)
    fresh = base64.urlsafe_b64encode(b"x" * 32).decode()
    settings.DIGEST_KEYS = f"2:{fresh},{settings.DIGEST_KEYS}"
    assert note_sale(sale=sale(), now=NOW) is None
    assert Suppression.objects.standing().of_house(HOUSE).exists()
    assert not object_to_marketing(email=EMAIL, reason=Reason.REQUEST, now=NOW)


def test_an_old_link_works_under_a_new_key_and_after_the_relation_is_gone(settings: Settings) -> None:
    relation = bought()
    old = relation.mailbox_digest
    erase_relations([relation.pk], reason="t", rule="", now=NOW)
    fresh = base64.urlsafe_b64encode(b"x" * 32).decode()
    settings.DIGEST_KEYS = f"2:{fresh},{settings.DIGEST_KEYS}"
    again = bought("JK-2")
    assert again.mailbox_digest != old
    assert unsubscribe(mailbox_digest=old, now=NOW)
    assert not may_be_mailed(again.pk, NOW)


def test_an_objection_stands_although_a_restriction_keeps_the_row() -> None:
    relation = bought()
    restrict(kind="accounts.relation", object_id=relation.pk, reason="r", now=NOW)
    assert object_to_marketing(email=EMAIL, reason=Reason.REQUEST, now=NOW)
    assert Relation.objects.exists()
    assert Suppression.objects.standing().of_mailboxes([EMAIL]).exists()


@pytest.mark.clauses("P62")
def test_rt14_a_relation_goes_two_years_after_its_last_order() -> None:
    relation = bought()
    night(TWO_YEARS - BLINK)
    assert may_be_mailed(relation.pk, TWO_YEARS - BLINK)
    assert not may_be_mailed(relation.pk, TWO_YEARS)
    assert not Relation.objects.alive(TWO_YEARS).exists()
    night(TWO_YEARS)
    assert not Relation.objects.exists()
    assert not Suppression.objects.exists(), "forgotten is not an objection"


@pytest.mark.clauses("P64")
def test_rt20_the_evidence_outlives_its_relation_by_twelve_months() -> None:
    relation = bought()
    erase_relations([relation.pk], reason="objection", rule="", now=NOW)
    end = datetime(2027, 10, 22, tzinfo=ZONE)
    night(end - BLINK)
    assert RelationEvidence.objects.get().relation is None
    night(end)
    assert not RelationEvidence.objects.exists()


def test_rt33_an_objection_stands_for_years_and_goes_when_it_is_taken_back() -> None:
    object_to_marketing(email=EMAIL, reason=Reason.ORDER, address=HOUSE, now=NOW)
    night(NOW + timedelta(days=3000))
    assert Suppression.objects.standing().count() == 2
    assert withdraw_objection(email=EMAIL, address=HOUSE, now=NOW) == 2
    assert withdraw_objection(email=EMAIL, address=HOUSE, now=NOW) == 0
    assert not Relation.objects.exists(), "taking it back makes nobody a relation"
    assert bought("JK-3")
    night(NOW + timedelta(minutes=1))
    assert not Suppression.objects.exists()


def test_who_objects_again_after_taking_it_back_is_heard() -> None:
    for _ in range(2):
        assert object_to_marketing(email=EMAIL, reason=Reason.ORDER, now=NOW)
        assert withdraw_objection(email=EMAIL, now=NOW) == 1
    assert object_to_marketing(email=EMAIL, reason=Reason.LINK, now=NOW)
    assert note_sale(sale=sale(), now=NOW) is None


def test_rt33_the_list_waits_for_a_look_every_year() -> None:
    object_to_marketing(email=EMAIL, reason=Reason.ORDER, now=NOW)
    a_year = datetime(2027, 10, 22, tzinfo=ZONE)
    assert not Suppression.objects.to_review(a_year - BLINK).exists()
    assert Suppression.objects.to_review(a_year).count() == 1
    assert review_objections(now=a_year) == 1
    assert not Suppression.objects.to_review(a_year).exists()
    assert LedgerEntry.objects.filter(event="suppressions_reviewed", count=1).exists()


def test_a_mailbox_that_mail_came_back_from_gets_no_advertising_more() -> None:
    relation = bought()
    assert note_bounce(email="Sanne@example.org", now=NOW)
    assert not note_bounce(email=EMAIL, now=NOW)
    assert not note_bounce(email="nobody@example.org", now=NOW)
    assert not may_be_mailed(relation.pk, NOW)


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [("  A@B.nl ", "a@b.nl"), ("a@bücher.example", "a@xn--bcher-kva.example"), ("a\ud800@b.nl", "a@b.nl"), ("x", "x")],
)
def test_one_mailbox_has_one_spelling(typed: str, spelling: str) -> None:
    assert mailbox(typed) == spelling
    assert mailbox(mailbox(typed)) == spelling


@pytest.mark.clauses("P62", "P68")
def test_relations_are_made_in_one_place_and_asked_for_by_the_shop_alone() -> None:
    calls = {
        name_of(file).split(":")[0]
        for file in modules()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"note_sale", "correct_sale"}
    }
    # A sale that moves to another mailbox is noted anew by the action that moves it.
    assert calls - {"accounts/actions/relations.py"} == {"shop/actions/marketing.py"}


@pytest.mark.clauses("P85")
def test_who_reads_the_mail_of_an_address_sees_what_we_keep_of_it_and_no_other() -> None:
    bought()
    bought("JK-2", email="other@example.org", address=PostalAddress(street="Dorp 1", postcode="1000 AA", city="X"))
    object_to_marketing(email="other@example.org", reason=Reason.LINK, now=NOW)
    mine = {fact.shown for fact in facts(Person(email=EMAIL))}
    assert {EMAIL, "Sanne de Vries", "Kerkstraat 5", "JK-1"} <= mine
    assert "JK-2" not in mine
    theirs = {fact.shown for fact in facts(Person(email="other@example.org"))}
    assert "JK-2" in theirs, "the evidence outlives the relation"
    assert str(Reason.LINK.label) in theirs
    assert not facts(Person(user_id=1))


def facts(person: Person) -> list[Fact]:
    own = {Relation, RelationEvidence, Suppression}
    found = dossier(person, now=NOW, among=[source for source in sources.known if source.model in own])
    return [fact for section in found for entry in section.entries for fact in entry.facts]
