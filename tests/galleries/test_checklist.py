"""What an assignment needs before it goes online (P18, P34)."""

from datetime import timedelta

import pytest

from accounts.models import User
from galleries import assignment_registry
from galleries.actions import create_assignment
from galleries.actions.publishing import NotReady, publish_assignment
from galleries.assignment_registry import Item
from galleries.checklist import checklist, missing
from galleries.models import Assignment, Photo
from privacy.models import DataRecipient
from tests.privacy.agreements import agree_with_all

from .dossier import accept, speak_to
from .studio import NOW, Studio, fill, open_studio


@pytest.fixture
def studio(db: None) -> Studio:
    agree_with_all(now=NOW)
    return open_studio()


def open_lines(assignment: Assignment) -> list[str]:
    assignment.refresh_from_db()
    return [item.key for item in checklist(assignment, now=NOW) if not item.is_met]


@pytest.mark.clauses("P34")
def test_a_new_assignment_misses_its_people_its_terms_and_its_photos(studio: Studio) -> None:
    made = create_assignment(client_id=studio.assignment.client_id, title="Next", now=NOW)
    assert open_lines(made) == ["recipient", "acceptance", "photos"]
    speak_to(made.pk, now=NOW)
    assert open_lines(made) == ["acceptance", "photos"]
    accept(made.pk, now=NOW)
    assert open_lines(made) == ["photos"]


def test_with_everything_there_nothing_is_missing(studio: Studio) -> None:
    fill(studio)
    items = checklist(studio.assignment, now=NOW)
    assert [item.key for item in items] == ["recipient", "acceptance", "term", "photos", "codes", "receivers"]
    assert missing(items) == []


@pytest.mark.clauses("P18")
def test_a_term_misses_its_reference_or_its_approval_and_says_which(studio: Studio) -> None:
    fill(studio)
    # The database asks for a reference, so what a person has to do is mostly the approval.
    Assignment.objects.update(term_months=13, term_reference=" ")
    unwritten = missing(checklist(Assignment.objects.get(), now=NOW))
    Assignment.objects.update(term_reference="Contract 7")
    unapproved = missing(checklist(Assignment.objects.get(), now=NOW))
    assert [item.key for item in (*unwritten, *unapproved)] == ["term", "term"]
    assert unwritten[0].how != unapproved[0].how
    Assignment.objects.update(term_approved_by=User.objects.create_superuser("boss@example.org", "x"))
    assert missing(checklist(Assignment.objects.get(), now=NOW)) == []


def test_a_group_photo_that_no_code_opens_is_pointed_out_and_does_not_stop(studio: Studio) -> None:
    fill(studio)
    assert open_lines(studio.assignment) == []
    studio.anna.group = studio.bram.group = None
    studio.anna.save()
    studio.bram.save()
    assert open_lines(studio.assignment) == ["codes"]
    assert missing(checklist(studio.assignment, now=NOW)) == []


def test_an_agreement_that_ran_out_is_said_in_time(studio: Studio) -> None:
    fill(studio)
    assert open_lines(studio.assignment) == []
    DataRecipient.objects.filter(category="carrier").update(valid_until=NOW.date() - timedelta(days=1))
    assert open_lines(studio.assignment) == ["receivers"]
    assert missing(checklist(studio.assignment, now=NOW)) == [], "what leaves the house is refused where it leaves"


def test_every_line_that_is_not_met_says_how_to_mend_it(studio: Studio) -> None:
    made = create_assignment(client_id=studio.assignment.client_id, title="Next", now=NOW)
    for item in checklist(made, now=NOW):
        assert item.label
        assert item.how
        assert item.key == "photos" or item.url.endswith("/")


def test_an_upper_app_adds_a_line_and_can_stop_the_publication(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(studio)

    def prices(assignment: Assignment, *, now: object) -> list[Item]:
        return [Item(key="prices", label="A price list", is_met=False, how="Choose one.")]

    monkeypatch.setattr(assignment_registry, "publish_checks", [prices])
    monkeypatch.setattr("galleries.checklist.publish_checks", [prices])
    with pytest.raises(NotReady) as refused:
        publish_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=NOW)
    assert "A price list" in str(refused.value.message)
    assert "price" not in str(refused.value), "what an exception says may reach a log"
    assert not Photo.objects.filter(available_from__isnull=False).exists()
