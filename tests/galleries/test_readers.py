"""Whom the engine tells of a processor: the contact persons of running assignments, each once."""

from datetime import timedelta

import pytest

from accounts.actions import object_to_marketing
from accounts.models import Suppression
from galleries.actions import create_assignment
from galleries.actions.completion import complete_assignment
from galleries.actions.contacts import link_contact
from privacy import mail, readers
from privacy.actions.exceptions import lift_restriction, restrict
from privacy.actions.recipients import save_recipient
from privacy.models import OutgoingMail
from privacy.tasks import tell_of_processors
from tests.privacy.agreements import facts

from .dossier import speak_to
from .studio import NOW, Studio, open_studio

LATER = NOW + timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def studio() -> Studio:
    studio = open_studio()
    tell_of_processors()
    OutgoingMail.objects.all().delete()
    return studio


def found() -> list[str]:
    return [one.email for one in readers.readers(readers.Audience.CLIENTS, after=0, limit=9, now=LATER)]


@pytest.mark.clauses("P34", "P82")
def test_a_contact_person_of_running_assignments_is_told_once(studio: Studio) -> None:
    known = found()
    contact = speak_to(studio.assignment.pk, name="Ans", email="ans@example.org", now=NOW)
    speak_to(studio.assignment.pk, name="Bel", email="", phone="0612345678", now=NOW)
    speak_to(studio.assignment.pk, name="Later", email="later@example.org", now=LATER)
    another = create_assignment(client_id=studio.assignment.client_id, title="Next year", now=NOW)
    link_contact(assignment_id=another.pk, contact_id=contact.pk, now=NOW)
    assert found() == [*known, "ans@example.org"]
    complete_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=NOW)
    assert found() == ["ans@example.org"], "the other assignment still runs"
    complete_assignment(assignment_id=another.pk, by=studio.staff, now=NOW)
    assert found() == []


@pytest.mark.clauses("P88")
def test_a_restricted_contact_hears_of_it_after_the_lifting_and_an_opt_out_of_advertising_changes_nothing(
    studio: Studio,
) -> None:
    contact = speak_to(studio.assignment.pk, name="Ans", email="ans@example.org", now=NOW)
    object_to_marketing(email="ans@example.org", reason=Suppression.Reason.LINK, now=NOW)
    restriction = restrict(kind="galleries.contact", object_id=contact.pk, reason="asked", now=NOW)
    save_recipient(facts=facts(day=LATER.date()), now=LATER)
    tell_of_processors()
    waiting = OutgoingMail.objects.get(to="ans@example.org")
    assert not mail.send(mail_id=waiting.pk, now=LATER)
    lift_restriction(restriction_id=restriction.pk, now=LATER)
    assert mail.send(mail_id=waiting.pk, now=LATER)
