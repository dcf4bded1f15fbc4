"""Nothing personal is left out of the answer to who asks: every table that holds it says which rows are whose (P85)."""

import pytest

from privacy import ties
from privacy.actions.consents import give_consent
from privacy.declarations import Personal, Whose
from privacy.dossier import dossier, sources
from privacy.models import Consent
from privacy.people import Person
from privacy.registry import registry
from tests.galleries.studio import NOW
from tests.journeys.world import build_world
from tests.reviews.pen import written

# Tables whose rows lead to nobody who could ask on a page, and why.
WITHOUT_SOURCE = {
    "shop.PaymentStub": "a reference and an amount without a person; who knows the reference asks us",
    "privacy.Restriction": "the address stands with the request that asked for it, which is shown",
}


@pytest.mark.clauses("P85")
def test_every_table_with_data_of_a_person_is_part_of_the_answer() -> None:
    told = {ties.table_of(source.model)._meta.label for source in sources.known}
    held = {
        label
        for label, fields in registry.declarations.items()
        if any(isinstance(said, Personal) and said.in_access and said.whose != Whose.STAFF for said in fields.values())
    }
    assert held - told == WITHOUT_SOURCE.keys()


def test_no_source_has_two_titles_alike() -> None:
    titles = [str(source.title) for source in sources.known]
    assert sorted(titles) == sorted(set(titles)), "a reader could not tell them apart"


@pytest.mark.clauses("P85")
@pytest.mark.django_db
def test_every_kind_of_consent_is_shown_to_who_gave_it() -> None:
    world = build_world()
    hers, customer = Person(email="ndl-email@example.org"), world.customer
    consent = give_consent(
        kind="account",
        wording="1",
        about_kind="accounts.user",
        about_id=customer.public_id,
        capacity=None,
        ends_at=None,
        now=NOW,
    )
    review = written(email=hers.email)
    shown = {
        entry.row
        for person in (hers, Person(user_id=customer.pk), Person(email=customer.email))
        for section in dossier(person, now=NOW)
        if section.source.model is Consent
        for entry in section.entries
    }
    assert {consent, review.consent} <= shown
