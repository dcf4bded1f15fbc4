"""What an order means for advertising: refusing is possible when ordering, and a sale makes a relation (P62, P65)."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from accounts.actions import object_to_marketing
from accounts.mailboxes import PostalAddress
from accounts.models import Relation, RelationEvidence, Suppression
from accounts.reach import may_be_mailed
from complaints.actions import answer_message
from privacy.actions.exceptions import restrict
from privacy.documents import MARKETING_VERSION
from shop.actions import record_transfer
from shop.actions.correcting import correct_order
from shop.models import Order
from tests.accounts.buyers import bought
from tests.accounts.staff import hire
from tests.complaints.post import received
from tests.galleries.studio import NOW
from tests.journeys.pages import Page

from .counter import BUYER, Counter, browser_of, order_by, placed_order, put

pytestmark = pytest.mark.postgres


def pay(order: Order) -> None:
    record_transfer(reference=order.payment_reference or "", amount_cents=order.total_cents, by=hire(), now=NOW)


@pytest.fixture
def anna(counter: Counter) -> Browser:
    browser = browser_of(counter, counter.studio.anna)
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)
    return browser


@pytest.mark.clauses("P62", "P64")
def test_a_paid_order_makes_a_relation_and_one_that_only_stands_does_not(anna: Browser) -> None:
    order = order_by(anna, payment_method="transfer")
    assert not Relation.objects.exists()
    pay(order)
    relation = Relation.objects.get()
    assert (relation.email, relation.postcode, relation.last_order_at) == (BUYER.email, "3241 AB", order.placed_at)
    evidence = RelationEvidence.objects.get()
    assert (evidence.order_number, evidence.wording) == (order.number, MARKETING_VERSION)
    assert may_be_mailed(relation.pk, NOW)


@pytest.mark.clauses("P65")
def test_the_box_stands_unticked_and_says_what_happens(anna: Browser) -> None:
    form = Page(anna.get("/bestellen/", headers={"accept-language": "en"})).form(having="refused_marketing")
    assert "refused_marketing" not in form.ticked
    assert "refused_marketing" not in form.required
    page = anna.get("/bestellen/", headers={"accept-language": "en"}).content.decode()
    assert "Refusing costs nothing" in page


@pytest.mark.clauses("P65")
def test_a_ticked_refusal_ends_it_for_good_paid_or_not(anna: Browser) -> None:
    bought("JK-OLD", email=BUYER.email)
    order = order_by(anna, payment_method="transfer", refused_marketing="on")
    assert not Relation.objects.exists()
    assert set(Suppression.objects.values_list("channel", "reason")) == {("mail", "order"), ("post", "order")}
    pay(order)
    assert not Relation.objects.exists()


@pytest.mark.clauses("P65", "P66")
def test_a_later_order_that_does_not_refuse_takes_no_objection_back(anna: Browser) -> None:
    object_to_marketing(email=BUYER.email, reason=Suppression.Reason.LINK, now=NOW)
    pay(order_by(anna, payment_method="transfer"))
    assert not Relation.objects.exists()
    assert not RelationEvidence.objects.exists()


@pytest.mark.clauses("P88")
def test_a_restricted_order_is_used_for_no_advertising(counter: Counter) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1), method="transfer")
    restrict(kind="shop.order", object_id=order.pk, reason="r", now=NOW)
    pay(order)
    assert not Relation.objects.exists()


@pytest.mark.clauses("P64")
def test_an_order_of_before_these_words_makes_no_relation(counter: Counter) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1), method="transfer")
    Order.objects.update(marketing_wording="")
    pay(order)
    assert not Relation.objects.exists()


@pytest.mark.clauses("P62", "P68")
def test_who_writes_to_us_and_is_answered_becomes_no_relation(db: None) -> None:
    answer_message(message_id=received().pk, text="Here is what you asked for.", by=hire(), now=NOW)
    received(topic="other", email="second@example.org")
    assert not Relation.objects.exists()
    assert not RelationEvidence.objects.exists()


MOVED = {"name": "S. de Vries", "street": "Dijk 1", "postcode": "4461 AB", "city": "Goes"}


def corrected(order: Order, **changes: str) -> None:
    correct_order(order_id=order.pk, changes=MOVED | changes, by=None, now=NOW)


@pytest.mark.clauses("P86", "P64")
def test_a_relation_follows_its_corrected_order_and_its_evidence_stays(anna: Browser) -> None:
    order = order_by(anna, payment_method="transfer")
    pay(order)
    before = RelationEvidence.objects.values().get()
    corrected(order)
    relation = Relation.objects.get()
    assert (relation.name, relation.street, relation.postcode, relation.city) == tuple(MOVED.values())
    assert RelationEvidence.objects.values().get() == before


def test_a_correction_of_an_order_that_is_not_paid_makes_no_relation(anna: Browser) -> None:
    corrected(order_by(anna, payment_method="transfer"))
    assert not Relation.objects.exists()


def test_where_a_newer_order_says_they_live_an_older_one_says_nothing(anna: Browser) -> None:
    order = order_by(anna, payment_method="transfer")
    pay(order)
    bought("JK-NEWER", email=BUYER.email, now=NOW + timedelta(days=1))
    corrected(order)
    assert Relation.objects.get().city == BUYER.city


def test_a_restricted_relation_is_not_corrected(anna: Browser) -> None:
    order = order_by(anna, payment_method="transfer")
    pay(order)
    restrict(kind="accounts.relation", object_id=Relation.objects.get().pk, reason="r", now=NOW)
    corrected(order)
    assert Relation.objects.get().city == BUYER.city


def test_a_refusal_holds_for_the_corrected_house_too(anna: Browser) -> None:
    corrected(order_by(anna, payment_method="transfer", refused_marketing="on"))
    house = PostalAddress(street="Dijk 1", postcode="4461 AB", city="Goes")
    assert Suppression.objects.standing().of_house(house).exists()


def test_a_corrected_house_that_wants_no_post_leaves_no_address(anna: Browser) -> None:
    order = order_by(anna, payment_method="transfer")
    pay(order)
    house = PostalAddress(street="Dijk 1", postcode="4461 AB", city="Goes")
    object_to_marketing(email="mate@example.org", address=house, reason=Suppression.Reason.REQUEST, now=NOW)
    corrected(order)
    relation = Relation.objects.get()
    assert (relation.name, relation.street, relation.city) == ("S. de Vries", "", "")


RIGHT = "sanne.devries@example.org"


def readdressed(order: Order) -> None:
    desk = hire(email="desk@example.org")
    correct_order(order_id=order.pk, changes={"email": RIGHT}, by=desk, now=NOW + timedelta(hours=1))


@pytest.mark.clauses("P86", "P64")
def test_another_mailbox_takes_the_relation_over_and_the_old_one_gets_nothing_more(anna: Browser) -> None:
    order = order_by(anna, payment_method="transfer")
    pay(order)
    readdressed(order)
    relation = Relation.objects.get()
    assert (relation.email, relation.last_order_at) == (RIGHT, order.placed_at)
    evidence = RelationEvidence.objects.get()
    assert (evidence.relation, evidence.order_number, evidence.ordered_at) == (relation, order.number, order.placed_at)
    assert evidence.mailbox_digest == relation.mailbox_digest
    assert may_be_mailed(relation.pk, NOW)


def test_a_mailbox_that_ordered_before_stays_known_by_that_order(anna: Browser) -> None:
    earlier = NOW - timedelta(days=90)
    bought("JK-OLD", email=BUYER.email, now=earlier)
    order = order_by(anna, payment_method="transfer")
    pay(order)
    readdressed(order)
    old = Relation.objects.get(email=BUYER.email)
    assert (old.last_order_at, old.evidence.get().order_number) == (earlier, "JK-OLD")
    assert Relation.objects.get(email=RIGHT).evidence.get().order_number == order.number


@pytest.mark.parametrize("when", ["at the order", "by the link"])
def test_who_refused_under_the_wrong_address_is_not_written_to_at_the_right_one(anna: Browser, when: str) -> None:
    order = order_by(anna, payment_method="transfer", **({"refused_marketing": "on"} if when == "at the order" else {}))
    pay(order)
    if when == "by the link":
        object_to_marketing(email=BUYER.email, reason=Suppression.Reason.LINK, now=NOW)
    readdressed(order)
    assert Suppression.objects.standing().of_mailboxes([RIGHT]).exists()
    assert not Relation.objects.exists()


def test_a_restriction_is_not_walked_round_by_another_mailbox(anna: Browser) -> None:
    order = order_by(anna, payment_method="transfer")
    pay(order)
    restrict(kind="accounts.relation", object_id=Relation.objects.get().pk, reason="r", now=NOW)
    readdressed(order)
    relation = Relation.objects.get()
    assert relation.email == BUYER.email
    assert not relation.evidence.exists()
