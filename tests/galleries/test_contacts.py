"""Contact persons, their links, and what is left of them (P57, P58, RT12, RT13, A17)."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import ZONE
from galleries.actions import create_assignment, create_client
from galleries.actions.completion import complete_assignment
from galleries.actions.contacts import TermOver, Unreachable, add_contact, change_contact, link_contact, unlink_contact
from galleries.actions.messages import TermOver as MessageTermOver
from galleries.attachments import Attached
from galleries.models import Acceptance, Assignment, AssignmentMessage, Contact, ContactLink, MessageAttachment
from galleries.redaction import GAP
from privacy import erasure
from privacy.actions.exceptions import place_hold
from privacy.models import StoredObject, SweepRun
from privacy.sweep import run_sweep

from .dossier import PDF, speak_to, write
from .studio import NOW, Studio, open_studio

pytestmark = pytest.mark.postgres
SECOND = timedelta(seconds=1)
# Completed on the day of NOW; "at most" ends at the start of the day three and four years later.
LINKS_END = datetime(2029, 10, 22, tzinfo=ZONE)
MESSAGES_END = datetime(2030, 10, 22, tzinfo=ZONE)
NEEDLES = ("Needlefirst", "Needlelast", "needle.mail", "0687654321", "06 8765 4321")


@pytest.fixture
def studio(db: None) -> Studio:
    return open_studio()


@pytest.fixture
def needle(studio: Studio) -> Contact:
    """A contact with a name found nowhere else, who wrote, was written to and accepted the terms."""
    key = studio.assignment.pk
    contact = speak_to(
        key, name="Needlefirst van der Needlelast", email="needle.mail@example.org", phone="0687654321", now=NOW
    )
    write(
        contact,
        key,
        text="Dear studio, call me on 06 8765 4321. Needlefirst",
        files=(Attached("pdf", b"%PDF-1.7 Needlelast"), Attached("pdf", PDF, names_nobody=True)),
        now=NOW,
    )
    write(contact, key, text="Dear Mrs Needlelast, see needle.mail@example.org", direction="out", now=NOW)
    return contact


def complete(studio: Studio) -> None:
    complete_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=NOW)


def night(at: datetime) -> SweepRun | None:
    run = run_sweep(now=at)
    assert run is not None
    assert run.status == SweepRun.Status.GREEN
    return run


def everything_stored() -> str:
    """Every column of every table of this app, and every file that is left."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("galleries_"):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
                said.append(str(cursor.fetchall()))
    for stored in StoredObject.objects.all():
        with default_storage.open(stored.name) as file:
            said.append(file.read().decode(errors="ignore"))
    return "\n".join(said).lower()


@pytest.mark.clauses("P57")
def test_a_contact_is_registered_with_an_assignment_and_tied_to_no_client(studio: Studio) -> None:
    contact = speak_to(studio.assignment.pk, now=NOW)

    link = ContactLink.objects.get()
    assert (link.assignment, link.contact, link.created_at, link.completed_at) == (
        studio.assignment,
        contact,
        NOW,
        None,
    )
    assert not [field.name for field in Contact._meta.concrete_fields if field.is_relation]


def test_who_is_known_to_the_client_is_linked_and_not_copied(studio: Studio) -> None:
    first = speak_to(studio.assignment.pk, phone="", now=NOW)
    again = create_assignment(client_id=studio.assignment.client_id, title="Next year", now=NOW)
    second = speak_to(again.pk, phone="0187 222222", email="KARIN@example.org", now=NOW)
    assert speak_to(again.pk, now=NOW) == second == first
    assert ContactLink.objects.count() == 2
    assert Contact.objects.get().phone == "0187 123456"

    other = create_client(kind="company", name="Elsewhere", now=NOW)
    elsewhere = create_assignment(client_id=other.pk, title="Team", now=NOW)
    assert speak_to(elsewhere.pk, now=NOW) != first, "nobody is carried from one client to another"


def test_a_contact_can_be_reached_or_is_refused(studio: Studio) -> None:
    with pytest.raises(Unreachable):
        speak_to(studio.assignment.pk, email="", phone="", now=NOW)
    contact = speak_to(studio.assignment.pk, now=NOW)
    with pytest.raises(Unreachable):
        change_contact(contact_id=contact.pk, name="Karin", email="", phone="", role="")
    change_contact(contact_id=contact.pk, name="Karin Z.", email="", phone="0187 1", role="head")
    contact.refresh_from_db()
    assert (contact.name, contact.email, contact.phone, contact.role) == ("Karin Z.", "", "0187 1", "head")


@pytest.mark.clauses("P57", "P58")
def test_the_link_stays_three_years_after_completion_and_the_contact_goes_with_the_last_one(
    studio: Studio, needle: Contact
) -> None:
    open_still = create_assignment(client_id=studio.assignment.client_id, title="Still open", now=NOW)
    link_contact(assignment_id=open_still.pk, contact_id=needle.pk, now=NOW)
    complete(studio)

    night(LINKS_END - SECOND)
    assert ContactLink.objects.filter(assignment=studio.assignment, contact=needle).exists()
    night(LINKS_END)
    assert list(ContactLink.objects.values_list("assignment", flat=True)) == [open_still.pk]
    assert Contact.objects.get() == needle, "another assignment still needs them"

    unlink_contact(link_id=ContactLink.objects.get().pk, now=LINKS_END)
    night(LINKS_END + timedelta(days=1))
    assert not Contact.objects.exists()


@pytest.mark.clauses("P58")
def test_three_years_after_completion_nothing_says_who_the_contact_was(studio: Studio, needle: Contact) -> None:
    other = speak_to(studio.assignment.pk, name="Other Person", email="other@example.org", phone="", now=NOW)
    write(other, studio.assignment.pk, text="Needlefirst is ill. Call 0687654321.", now=NOW)
    Acceptance.objects.update(contact=needle)
    complete(studio)
    assert all(word.lower() in everything_stored() for word in NEEDLES)

    night(LINKS_END - SECOND)
    assert all(word.lower() in everything_stored() for word in NEEDLES)
    night(LINKS_END)

    left = everything_stored()
    assert [word for word in NEEDLES if word.lower() in left] == []
    texts = list(AssignmentMessage.objects.order_by("pk").values_list("text", flat=True))
    assert texts[0] == f"Dear studio, call me on {GAP}. {GAP}"
    assert texts[2] == f"{GAP} is ill. Call {GAP}."
    assert set(AssignmentMessage.objects.values_list("person_name", "person_address", "contact")) == {("", "", None)}
    assert Acceptance.objects.get().contact is None
    assert Acceptance.objects.get().terms_version
    call_command("retention", "verify")


@pytest.mark.clauses("P56")
def test_messages_and_attachments_stay_four_years_after_completion(studio: Studio, needle: Contact) -> None:
    complete(studio)

    night(MESSAGES_END - SECOND)
    assert AssignmentMessage.objects.count() == 2
    kept = MessageAttachment.objects.get()
    assert kept.names_nobody, "a file that may name somebody went with the link"
    assert default_storage.exists(kept.stored.name)
    night(MESSAGES_END)
    assert not AssignmentMessage.objects.exists()
    assert not MessageAttachment.objects.exists()
    assert not StoredObject.objects.exists()
    assert not default_storage.exists(kept.stored.name)


@pytest.mark.clauses("P56")
def test_a_message_recorded_after_completion_ends_with_the_others(studio: Studio, needle: Contact) -> None:
    complete(studio)
    write(needle, studio.assignment.pk, text="One more thing", now=NOW + timedelta(days=700))

    night(MESSAGES_END)

    assert not AssignmentMessage.objects.exists()


def test_past_the_three_years_nobody_and_nothing_is_added(studio: Studio, needle: Contact) -> None:
    complete(studio)
    with pytest.raises(TermOver):
        speak_to(studio.assignment.pk, name="New", now=LINKS_END)
    with pytest.raises(MessageTermOver):
        write(needle, studio.assignment.pk, now=LINKS_END)
    assert speak_to(studio.assignment.pk, name="New", now=LINKS_END - SECOND)


@pytest.mark.clauses("P58")
@pytest.mark.parametrize("is_known_elsewhere", [False, True])
def test_a_held_message_keeps_its_words_until_the_hold_ends_and_then_loses_the_name(
    studio: Studio, needle: Contact, is_known_elsewhere: bool
) -> None:
    if is_known_elsewhere:
        other = create_assignment(client_id=studio.assignment.client_id, title="Still open", now=NOW)
        link_contact(assignment_id=other.pk, contact_id=needle.pk, now=NOW)
    from_needle = AssignmentMessage.objects.filter(direction="in").get()
    hold(from_needle, studio, until=LINKS_END + timedelta(days=30))
    complete(studio)

    night(LINKS_END)
    from_needle.refresh_from_db()
    assert "Needlefirst" in from_needle.text
    assert not ContactLink.objects.filter(assignment=studio.assignment, contact=needle).exists()

    night(LINKS_END + timedelta(days=31))
    from_needle.refresh_from_db()
    # The erasure of the contact takes the name out; where it stays for another assignment, the text goes whole.
    assert from_needle.text == ("" if is_known_elsewhere else f"Dear studio, call me on {GAP}. {GAP}")
    assert (from_needle.person_name, from_needle.person_address) == ("", "")
    assert from_needle.attachments.get().names_nobody


@pytest.mark.clauses("P58")
def test_a_hold_on_the_contact_keeps_link_and_messages_as_they_are(studio: Studio, needle: Contact) -> None:
    hold(needle, studio, until=LINKS_END + timedelta(days=30))
    complete(studio)

    night(LINKS_END)
    assert ContactLink.objects.filter(contact=needle).exists()
    assert AssignmentMessage.objects.filter(person_name=needle.name).count() == 2
    with pytest.raises(erasure.Held):
        erasure.erase(Contact, [needle.pk], reason="request", now=LINKS_END)


def test_who_asks_to_go_goes_at_once_and_messages_stay_without_a_name(studio: Studio, needle: Contact) -> None:
    erasure.erase(Contact, [needle.pk], reason="request", now=NOW)

    assert not Contact.objects.filter(pk=needle.pk).exists()
    assert AssignmentMessage.objects.count() == 2
    night(NOW + timedelta(days=1))
    assert not any(word.lower() in everything_stored() for word in NEEDLES)


def test_breaking_a_link_twice_breaks_it_once(studio: Studio) -> None:
    add_contact(assignment_id=studio.assignment.pk, name="Someone", email="s@example.org", phone="", role="", now=NOW)
    link = ContactLink.objects.filter(contact__name="Someone").get()
    assert unlink_contact(link_id=link.pk, now=NOW) == 1
    assert unlink_contact(link_id=link.pk, now=NOW) == 0
    assert Assignment.objects.filter(pk=studio.assignment.pk).exists()


def hold(row: AssignmentMessage | Contact, studio: Studio, *, until: datetime) -> None:
    place_hold(
        kind=row._meta.label_lower,
        object_id=row.pk,
        reason="a dispute",
        owner_id=studio.staff.pk,
        until=until,
        now=NOW,
    )


def test_a_link_costs_the_same_queries_however_much_was_written(studio: Studio) -> None:
    counts = []
    for name, messages in (("Few", 1), ("Many", 12)):
        contact = speak_to(studio.assignment.pk, name=name, email=f"{name}@example.org", phone="", now=NOW)
        for _each in range(messages):
            write(contact, studio.assignment.pk, text="Good morning", now=NOW)
        with CaptureQueriesContext(connection) as asked:
            unlink_contact(link_id=contact.links.get().pk, now=NOW)
        counts.append(len(asked))
    assert counts[0] == counts[1]
