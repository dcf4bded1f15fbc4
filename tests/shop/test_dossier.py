"""What a person is shown of the shop: their own and nobody else's, with the ends the sweep uses."""

from datetime import timedelta
from typing import Any

import pytest

from privacy.dossier import Fact, Section, dossier, sources
from privacy.models import Restriction
from privacy.people import Person
from privacy.registry import registry
from privacy.selection import Selection
from shop.models import Draft, DraftDetails, Order, OrderFile, OrderLine
from tests.galleries.studio import NOW, code_row
from tests.shop.counter import BUYER, Counter, filled_draft, open_counter, placed_order

pytestmark = pytest.mark.django_db
READER = Person(email=BUYER.email)


@pytest.fixture
def counter() -> Counter:
    return open_counter()


def sections_of(person: Person, **asked: Any) -> dict[object, Section]:
    return {section.source.model: section for section in dossier(person, **{"now": NOW, **asked})}


def fact(section: Section, name: str) -> Fact:
    return next(one for one in section.entries[0].facts if one.field == name)


def test_nobody_is_shown_nothing(counter: Counter) -> None:
    placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    assert dossier(Person(), now=NOW) == []


@pytest.mark.parametrize("email", ["sanne@example.org", "SANNE@Example.org"])
def test_who_reads_the_mail_is_shown_the_order(counter: Counter, email: str) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 2))
    found = sections_of(Person(email=email))
    assert [entry.row for entry in found[Order].entries] == [order]
    assert found[Order].entries[0].since == NOW
    assert fact(found[Order], "name").shown == BUYER.name
    assert fact(found[OrderLine], "photo_label").value


@pytest.mark.parametrize("email", ["", "anna@example.org", "anne@example.org"])
def test_another_address_is_shown_no_order(counter: Counter, email: str) -> None:
    placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    assert Order not in sections_of(Person(email=email, code_ids=frozenset({code_row(counter.studio.chris).pk})))


def test_who_holds_the_card_is_shown_the_basket_but_not_what_another_typed(counter: Counter) -> None:
    draft = filled_draft(counter, (counter.photos["anna"], counter.print_, 1))
    DraftDetails.objects.create(draft=draft, viewer_digest="1$a", name="Somebody", email="other@example.org")
    holder = sections_of(Person(code_ids=frozenset({draft.code_id})))
    assert Draft in holder
    assert DraftDetails not in holder
    assert DraftDetails in sections_of(Person(email="other@example.org"))


@pytest.mark.clauses("P85")
def test_each_end_that_is_shown_is_the_one_the_sweep_uses(counter: Counter) -> None:
    placed_order(counter, (counter.photos["anna"], counter.print_, 1), (counter.photos["anna"], counter.file, 1))
    OrderFile.objects.update(kept_from=NOW)
    filled_draft(counter, (counter.photos["anna"], counter.print_, 1))
    Order.objects.update(state="paid", paid_at=NOW)
    person = Person(email=BUYER.email, code_ids=frozenset({code_row(counter.studio.anna).pk}))
    own = [source for source in sources.known if source.model._meta.app_label == "shop"]
    sections = dossier(person, now=NOW, among=own)
    shown = {(one.rule, one.until) for part in sections for row in part.entries for one in row.facts}
    assert {rule for rule, _ in shown} >= {"RT05", "RT07", "RT08.line", "RT09", "RT10", "RT29"}
    for key, until in shown:
        assert until is not None
        select = Selection(registry.rules[key])
        assert (select.count_due(until - timedelta(microseconds=1)), select.count_due(until) > 0) == (0, True), key


def test_an_end_that_has_not_begun_to_count_is_no_date(counter: Counter) -> None:
    placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    section = sections_of(READER)[OrderFile]
    assert fact(section, "stored").until is None
    assert section.entries[0].until is None
    assert section.entries[0].files[0][1] == OrderFile.objects.get().stored.name


def test_the_end_of_a_row_is_the_last_of_its_fields(counter: Counter) -> None:
    placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    entry = sections_of(READER)[Order].entries[0]
    phone, name = (next(one for one in entry.facts if one.field == field) for field in ("phone", "name"))
    assert phone.until is not None
    assert name.until is not None
    assert phone.until < name.until == entry.until


def test_a_portable_export_leaves_out_what_we_made_ourselves(counter: Counter) -> None:
    placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    names = {one.field for one in sections_of(READER, portable=True)[Order].entries[0].facts}
    assert {"name", "street", "email"} <= names
    assert "terms_version" not in names


def test_a_restricted_order_is_still_shown_to_its_own_person(counter: Counter) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    Restriction.objects.create(kind="shop.order", object_id=order.pk, reason="art. 18", created_at=NOW)
    assert Order in sections_of(READER)


@pytest.mark.parametrize(("after", "is_shown"), [(timedelta(microseconds=-1), True), (timedelta(0), False)])
def test_what_is_past_its_term_is_not_held_any_more(counter: Counter, after: timedelta, *, is_shown: bool) -> None:
    order = placed_order(counter, (counter.photos["anna"], counter.print_, 1))
    lapsed = registry.rules["RT06"].due(order.placed_at)
    assert (Order in sections_of(READER, now=lapsed + after)) is is_shown
