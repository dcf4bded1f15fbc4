"""What we hold about a client's people, told to who reads the mail of their address (P85)."""

from datetime import datetime

import pytest

from common.periods import ZONE
from galleries.actions.clients import create_assignment
from galleries.actions.completion import complete_assignment
from galleries.attachments import Attached
from galleries.client_dossier import RUNNING
from galleries.models import Acceptance, AssignmentMessage, Client, Contact, ContactLink, MessageAttachment
from privacy.actions.erasing import erase_found
from privacy.dossier import dossier
from privacy.people import Person
from privacy.rights.erasing import verdicts

from .dossier import PDF, accept, speak_to, write
from .studio import NOW, Studio, open_studio

KARIN = Person(email="karin@example.org")


@pytest.fixture
def studio(db: None) -> Studio:
    made = open_studio()
    write(Contact.objects.get(), made.assignment.pk, text="Hello from Karin", files=(Attached("pdf", PDF),), now=NOW)
    return made


def told(person: Person, *, now: datetime = NOW) -> dict[str, list[dict[str, str]]]:
    """Model name -> its rows as label: what is shown."""
    sections = dossier(person, now=now)
    return {
        section.source.model.__name__: [{fact.field: fact.shown for fact in entry.facts} for entry in section.entries]
        for section in sections
    }


@pytest.mark.clauses("P85")
def test_a_contact_person_is_told_all_of_it(studio: Studio) -> None:
    found = told(KARIN)
    assert found["Contact"] == [
        {"name": "Karin Zandstra", "email": "karin@example.org", "phone": "0187 123456", "role": "administration"}
    ]
    assert len(found["ContactLink"]) == len(found["Acceptance"]) == 1
    assert found["AssignmentMessage"][0]["text"] == "Hello from Karin"
    assert set(found["AssignmentMessage"][0]) == {"person_name", "person_address", "text"}
    section = next(one for one in dossier(KARIN, now=NOW) if one.source.model is MessageAttachment)
    name, stored = section.entries[0].files[0]
    assert name.endswith(".pdf")
    assert stored == MessageAttachment.objects.get().stored.name


def test_another_contact_of_the_same_client_is_told_nothing_of_it(studio: Studio) -> None:
    speak_to(studio.assignment.pk, name="Other", email="other@example.org", phone="", now=NOW)
    found = told(Person(email="other@example.org"))
    assert set(found) == {"Contact", "ContactLink"}
    assert [row["name"] for row in found["Contact"]] == ["Other"]
    assert told(Person(email="stranger@example.org")) == {}


def test_the_client_is_told_what_was_agreed_and_not_who_speaks_for_it(studio: Studio) -> None:
    found = told(Person(email="school@example.org"))
    assert set(found) == {"Client", "Assignment"}
    assert found["Client"][0]["name"] == "De Regenboog"
    assert found["Assignment"] == [{"title": "School day", "term_reference": ""}]
    Client.objects.update(email="")
    assert told(Person(email="")) == {}


@pytest.mark.clauses("P58")
def test_what_is_told_ends_when_the_sweep_ends_it(studio: Studio) -> None:
    assert {entry.until for one in dossier(KARIN, now=NOW) for entry in one.entries} == {None}, "it is open"
    complete_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=NOW)
    ends = datetime(2029, 10, 22, tzinfo=ZONE)
    sections = {one.source.model: one.entries[0] for one in dossier(KARIN, now=NOW)}
    assert sections[ContactLink].until == ends
    assert {fact.until for fact in sections[AssignmentMessage].facts} == {ends}
    assert told(KARIN, now=ends) == {}


def erased(person: Person = KARIN) -> set[str]:
    """Erase what is about them as a request does; the grounds on which rows stay."""
    found = verdicts(person, now=NOW)
    erase_found(found, now=NOW)
    return {str(one.ground) for one in found if not one.goes}


@pytest.mark.clauses("P57", "P87")
def test_whom_we_speak_to_stays_at_their_own_request_while_the_assignment_runs(studio: Studio) -> None:
    before = told(KARIN)
    assert erased() == {str(RUNNING)}
    assert told(KARIN) == before
    assert Acceptance.objects.get().contact == Contact.objects.get()
    assert MessageAttachment.objects.count() == 1


@pytest.mark.clauses("P57", "P87")
def test_once_it_is_completed_they_go_at_their_own_request(studio: Studio) -> None:
    complete_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=NOW)
    assert erased() == set()
    assert told(KARIN) == {}
    assert not Contact.objects.exists()
    assert Acceptance.objects.get().contact is None, "the books keep that the client accepted"


def test_an_assignment_that_runs_keeps_nothing_of_one_that_is_completed(studio: Studio) -> None:
    contact = Contact.objects.get()
    running = create_assignment(client_id=studio.assignment.client_id, title="Next year", now=NOW)
    accept(running.pk, now=NOW)
    complete_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=NOW)

    assert erased() == {str(RUNNING)}
    assert list(contact.links.values_list("assignment", flat=True)) == [running.pk]
    assert not AssignmentMessage.objects.exists()
    assert list(Acceptance.objects.filter(contact=contact).values_list("assignment", flat=True)) == [running.pk]
