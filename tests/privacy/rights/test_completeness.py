"""Nothing personal is left out of the answer to who asks: every table that holds it says which rows are whose (P85)."""

import pytest

from privacy import ties
from privacy.declarations import Personal, Whose
from privacy.dossier import sources
from privacy.registry import registry

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
