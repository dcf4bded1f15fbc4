"""The terms and the processing agreement a client accepts (P33, P34, A33)."""

from datetime import date, datetime, timedelta

import pytest

from common.periods import ZONE, local_date
from galleries.actions import create_assignment, create_client, note_books_activity
from galleries.actions.acceptance import AlreadyAccepted, NotTheirContact, NotYetAccepted, accept_terms
from galleries.models import Acceptance
from privacy.declarations import Role
from privacy.documents import PROCESSING_AGREEMENT_VERSION, TERMS_VERSION
from privacy.sweep import run_sweep

from .dossier import accept, speak_to
from .studio import NOW, Studio, open_studio

SECOND = timedelta(seconds=1)


@pytest.fixture
def studio(db: None) -> Studio:
    return open_studio()


@pytest.mark.clauses("P34")
def test_accepting_the_terms_concludes_the_processing_agreement(studio: Studio) -> None:
    made = create_assignment(client_id=studio.assignment.client_id, title="Next", now=NOW)
    contact = speak_to(made.pk, now=NOW)

    accept_terms(
        assignment_id=made.pk,
        contact_id=contact.pk,
        means="paper",
        accepted_on=date(2026, 5, 3),
        by=studio.staff,
        now=NOW,
    )

    row = Acceptance.objects.get(assignment=made)
    assert (row.terms_version, row.agreement_version) == (TERMS_VERSION, PROCESSING_AGREEMENT_VERSION)
    assert (row.contact, row.means, row.accepted_on) == (contact, "paper", date(2026, 5, 3))
    assert (row.recorded_by, row.recorded_at) == (studio.staff, NOW)


@pytest.mark.clauses("P33")
@pytest.mark.parametrize(
    ("kind", "assessed"), [("school", Role.PROCESSOR), ("company", Role.PROCESSOR), ("private", Role.CONTROLLER)]
)
def test_the_role_we_work_in_is_recorded_per_client_as_claimed_and_as_assessed(
    db: None, kind: str, assessed: Role
) -> None:
    client = create_client(kind=kind, name="Name", now=NOW)
    made = create_assignment(client_id=client.pk, title="Job", now=NOW)
    row = accept(made.pk, now=NOW)
    assert (row.role_claimed, row.role_assessed) == (Role.PROCESSOR, assessed)


@pytest.mark.clauses("P34")
def test_the_same_version_is_accepted_once_and_what_was_recorded_stays(studio: Studio) -> None:
    made = create_assignment(client_id=studio.assignment.client_id, title="Next", now=NOW)
    first = accept(made.pk, now=NOW)
    with pytest.raises(AlreadyAccepted):
        accept(made.pk, now=NOW + timedelta(days=1))
    assert Acceptance.objects.get(assignment=made) == first
    Acceptance.objects.filter(pk=first.pk).update(terms_version="2020-01")
    accept(made.pk, now=NOW + timedelta(days=1))
    assert Acceptance.objects.filter(assignment=made).count() == 2


def test_only_their_own_contact_accepts_and_never_in_the_future(studio: Studio) -> None:
    made = create_assignment(client_id=studio.assignment.client_id, title="Next", now=NOW)
    stranger = speak_to(studio.assignment.pk, name="Stranger", email="str@example.org", now=NOW)
    said = {"assignment_id": made.pk, "means": "email", "by": None, "now": NOW}
    with pytest.raises(NotTheirContact):
        accept_terms(contact_id=stranger.pk, accepted_on=local_date(NOW), **said)
    theirs = speak_to(made.pk, now=NOW)
    with pytest.raises(NotYetAccepted):
        accept_terms(contact_id=theirs.pk, accepted_on=local_date(NOW) + timedelta(days=1), **said)
    assert not Acceptance.objects.filter(assignment=made).exists()


@pytest.mark.clauses("P34", "P54")
def test_the_accepted_terms_stay_as_long_as_the_books_of_the_assignment(studio: Studio) -> None:
    made = create_assignment(client_id=studio.assignment.client_id, title="Next", now=NOW)
    accept(made.pk, now=NOW)
    note_books_activity(assignment_ids=[made.pk], on=date(2028, 2, 1))
    end = datetime(2036, 1, 1, tzinfo=ZONE)
    run_sweep(now=end - SECOND)
    assert Acceptance.objects.filter(assignment=made).exists()
    run_sweep(now=end)
    assert not Acceptance.objects.filter(assignment=made).exists()
