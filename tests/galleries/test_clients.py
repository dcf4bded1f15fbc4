from datetime import UTC, date, datetime

import pytest

from galleries.actions import (
    change_client,
    change_term,
    create_assignment,
    create_client,
    note_books_activity,
    rename_assignment,
)
from galleries.actions.clients import NumbersRefused
from galleries.models import Assignment, Client

NOW = datetime(2026, 12, 31, 22, 59, tzinfo=UTC)
NOWHERE = dict.fromkeys(("street", "postcode", "city", "kvk_number", "vat_number"), "")


@pytest.fixture
def assignment(db: None) -> Assignment:
    client = create_client(kind="company", name="Kreeftenbank", now=NOW)
    return create_assignment(client_id=client.pk, title="Portraits", now=NOW)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 12, 31)),
    ],
)
def test_the_books_of_a_new_client_end_with_the_local_year(db: None, now: datetime, end: date) -> None:
    client = create_client(kind="private", name="Somebody", email="somebody@example.org", now=now)

    assert client.books_year_end == end


@pytest.mark.clauses("P15")
def test_both_kinds_of_client_are_made_and_corrected(db: None) -> None:
    for kind in ("private", "school", "company"):
        made = create_client(kind=kind, name="Name", now=NOW)
        assert made.kind == kind
        change_client(client_id=made.pk, kind=kind, name="Other name", email="other@example.org", **NOWHERE)
        made.refresh_from_db()
        assert (made.kind, made.name, made.email) == (kind, "Other name", "other@example.org")


def test_an_assignment_gets_one_month_unless_agreed_otherwise(assignment: Assignment) -> None:
    assert (assignment.term_months, assignment.term_reference) == (1, "")

    rename_assignment(assignment_id=assignment.pk, title="Staff portraits")
    assignment.refresh_from_db()
    assert assignment.title == "Staff portraits"


@pytest.mark.clauses("P54")
def test_activity_in_the_books_moves_their_end_forward_and_never_back(assignment: Assignment) -> None:
    other = create_client(kind="school", name="School", now=NOW)

    note_books_activity(assignment_ids=[assignment.pk], on=date(2028, 3, 1))
    note_books_activity(assignment_ids=[assignment.pk], on=date(2027, 3, 1))

    assert Assignment.objects.get().books_year_end == date(2028, 12, 31)
    assert Client.objects.get(pk=assignment.client_id).books_year_end == date(2028, 12, 31)
    assert Client.objects.get(pk=other.pk).books_year_end == date(2026, 12, 31)


def test_a_new_assignment_keeps_its_client_in_the_books(db: None) -> None:
    client = create_client(kind="school", name="School", now=NOW)

    create_assignment(client_id=client.pk, title="Again", now=datetime(2029, 5, 1, tzinfo=UTC))

    client.refresh_from_db()
    assert client.books_year_end == date(2029, 12, 31)


@pytest.mark.clauses("P54")
def test_what_is_written_about_an_erased_client_is_erased_again(assignment: Assignment) -> None:
    erased = {"person_erased_at": NOW}
    Client.objects.update(**erased)
    Assignment.objects.update(**erased)
    rename_assignment(assignment_id=assignment.pk, title="Mr and Mrs Jansen")
    assert Assignment.objects.get().person_erased_at is None
    Assignment.objects.update(**erased)
    change_term(assignment_id=assignment.pk, months=2, reference="letter of Mr Jansen", now=NOW)
    assert Assignment.objects.get().person_erased_at is None
    change_client(client_id=assignment.client_id, kind="private", name="Jansen", email="", **NOWHERE)
    assert Client.objects.get().person_erased_at is None


@pytest.mark.clauses("P15")
def test_an_organisation_has_an_address_and_numbers_as_its_invoice_needs_them(db: None) -> None:
    made = create_client(
        kind="company",
        name="Kreeftenbank",
        street="Kade 1",
        postcode="3241 AB",
        city="Middelharnis",
        kvk_number="1234 56 78",
        vat_number="nl 1234.56.789.b01",
        now=NOW,
    )
    assert (made.street, made.postcode, made.city) == ("Kade 1", "3241 AB", "Middelharnis")
    assert (made.kvk_number, made.vat_number) == ("12345678", "NL123456789B01")


@pytest.mark.parametrize(
    ("kind", "numbers", "field"),
    [
        ("company", {"kvk_number": "1234567"}, "kvk_number"),
        ("company", {"kvk_number": "1234567a"}, "kvk_number"),
        ("school", {"vat_number": "NL123456789"}, "vat_number"),
        ("company", {"vat_number": "123"}, "vat_number"),
        ("private", {"kvk_number": "12345678"}, "kvk_number"),
        ("private", {"vat_number": "NL123456789B01"}, "vat_number"),
    ],
)
def test_a_number_that_is_none_is_refused_where_it_was_filled_in(
    db: None, kind: str, numbers: dict[str, str], field: str
) -> None:
    with pytest.raises(NumbersRefused) as refused:
        create_client(kind=kind, name="Name", now=NOW, **numbers)
    assert refused.value.field == field
    assert not Client.objects.exists()


def test_a_number_of_another_country_is_taken(db: None) -> None:
    assert create_client(kind="company", name="Garnaal", vat_number="BE 0123.456.789", now=NOW).vat_number
