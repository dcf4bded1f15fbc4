"""Contact persons, accepted terms, messages and completion in the back office."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client as Browser

from accounts.roles import Role
from galleries.actions import create_assignment
from galleries.actions.completion import complete_assignment
from galleries.attachments import Attached
from galleries.models import (
    Acceptance,
    Assignment,
    AssignmentMessage,
    Client,
    Contact,
    ContactLink,
    MessageAttachment,
    Photo,
)
from privacy.actions.exceptions import place_hold, restrict
from privacy.models import AccessLogEntry, StoredObject
from tests.accounts.staff import at_work

from .dossier import PDF, accept, speak_to, write
from .studio import NOW, Studio, fill, open_studio

PAGE = "/beheer/galleries"
PERSON = {"name": "Piet Prins", "role": "coach", "email": "piet@example.org", "phone": "0187 1"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def studio(db: None) -> Studio:
    return open_studio()


@pytest.fixture
def desk(db: None) -> Browser:
    return at_work(Role.FRONT_DESK)


@pytest.fixture
def bare(studio: Studio) -> Assignment:
    """Another assignment of the same client, with nothing agreed."""
    return create_assignment(client_id=studio.assignment.client_id, title="Next year", now=NOW)


def address(assignment: Assignment, name: str) -> str:
    return f"{PAGE}/assignment/{assignment.pk}/{name}/"


def said(contact: Contact, /, **changes: object) -> dict[str, object]:
    """A filled-in message form."""
    return {
        "contact": contact.pk,
        "direction": "in",
        "at": "2026-10-22T09:00",
        "text": "Good morning",
        "token": str(uuid4()),
        **changes,
    }


def bytes_of(answer: HttpResponseBase) -> bytes:
    return b"".join(answer)  # type: ignore[arg-type]


def test_the_desk_adds_a_contact_person_once_however_often_it_is_sent(desk: Browser, bare: Assignment) -> None:
    for _ in range(2):
        assert desk.post(address(bare, "contact"), PERSON).status_code == 302
    contact = Contact.objects.get(name="Piet Prins")
    assert list(contact.links.values_list("assignment", flat=True)) == [bare.pk]
    assert "Piet Prins" in desk.get(address(bare, "change")).content.decode()


def test_somebody_known_is_chosen_from_the_same_client_only(desk: Browser, studio: Studio, bare: Assignment) -> None:
    karin = Contact.objects.get()
    other = Client.objects.create(kind="company", name="Elsewhere", created_at=NOW, books_year_end=NOW.date())
    elsewhere = create_assignment(client_id=other.pk, title="Team", now=NOW)
    stranger = speak_to(elsewhere.pk, name="Stranger", email="s@example.org", now=NOW)
    page = desk.get(address(bare, "contact")).content.decode()
    assert karin.name in page
    assert stranger.name not in page
    assert desk.post(address(bare, "contact"), {"known": stranger.pk}).status_code == 200
    assert desk.post(address(bare, "contact"), {"known": karin.pk}).status_code == 302
    assert ContactLink.objects.filter(contact=karin).count() == 2


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"email": "", "phone": ""}, {"email": "no address"}, {"name": "x" * 121}]
)
def test_a_contact_person_without_a_name_or_a_way_to_reach_them_comes_back(
    wrong: dict[str, str], desk: Browser, bare: Assignment
) -> None:
    page = desk.post(address(bare, "contact"), PERSON | wrong)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert 'value="coach"' in page.content.decode(), "what was typed is still there"
    assert not Contact.objects.filter(name="Piet Prins").exists()


@pytest.mark.clauses("P34")
def test_accepted_terms_are_recorded_with_who_and_how(desk: Browser, bare: Assignment) -> None:
    contact = speak_to(bare.pk, now=NOW)
    form = {"contact": contact.pk, "means": "paper", "accepted_on": "2026-10-01"}
    assert desk.post(address(bare, "accept"), form | {"accepted_on": "2026-10-23"}).status_code == 200
    assert not Acceptance.objects.filter(assignment=bare).exists()
    assert desk.post(address(bare, "accept"), form).status_code == 302
    row = Acceptance.objects.get(assignment=bare)
    assert (row.contact, row.means, f"{row.accepted_on}") == (contact, "paper", "2026-10-01")
    assert contact.name in desk.get(address(bare, "change")).content.decode()
    assert contact.name not in at_work(Role.PRIVACY_OWNER).get(address(bare, "change")).content.decode()
    again = desk.post(address(bare, "accept"), form)
    assert again.status_code == 200
    assert again.context["form"].non_field_errors()


def test_the_page_of_the_terms_leads_on_when_nobody_is_known(desk: Browser, bare: Assignment) -> None:
    for name in ("accept", "message"):
        assert address(bare, "contact") in desk.get(address(bare, name)).content.decode()


@pytest.mark.clauses("P34")
def test_publishing_shows_what_is_missing_and_refuses(desk: Browser, bare: Assignment, studio: Studio) -> None:
    fill(studio)
    Photo.objects.update(assignment=bare)
    page = desk.get(address(bare, "publish"))
    text = page.content.decode()
    assert [item.key for item in page.context["missing"]] == ["recipient", "acceptance"]
    for name in ("contact", "accept"):
        assert f'href="{address(bare, name)}"' in text
    assert 'type="submit" class="default"' not in text
    desk.post(address(bare, "publish"))
    assert not Photo.objects.filter(available_from__isnull=False).exists()

    accept(bare.pk, now=NOW)
    assert desk.get(address(bare, "publish")).context["missing"] == []
    desk.post(address(bare, "publish"))
    assert Photo.objects.filter(available_from=NOW).count() == 6


def test_who_may_not_mend_it_reads_how_and_gets_no_way_there(studio: Studio, bare: Assignment) -> None:
    text = at_work(Role.PHOTOGRAPHER).get(address(bare, "publish")).content.decode()
    assert f'href="{address(bare, "accept")}"' not in text
    assert f'href="{address(bare, "roster")}"' in text or "checklist" in text


def test_a_message_is_recorded_with_its_files_and_read_again(desk: Browser, studio: Studio) -> None:
    contact = Contact.objects.get()
    files = [SimpleUploadedFile("Piet Prins.pdf", PDF), SimpleUploadedFile("plan.txt", b"09.00 aula")]
    form = said(contact, attachments=files, names_nobody="on")
    assert desk.post(address(studio.assignment, "message"), form).status_code == 302
    message = AssignmentMessage.objects.get()
    page = desk.get(f"{PAGE}/assignmentmessage/{message.pk}/change/").content.decode()
    assert "Good morning" in page
    assert "Piet Prins" not in page, "what a file was called is not kept"
    row = message.attachments.get(kind="pdf")
    answer = desk.get(f"{PAGE}/assignmentmessage/{message.pk}/attachment/{row.pk}/")
    assert bytes_of(answer) == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="{message.pk}-{row.pk}.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert AccessLogEntry.objects.filter(kind="galleries.assignmentmessage", object_id=message.pk).count() == 2


def test_the_same_message_sent_twice_is_one(desk: Browser, studio: Studio) -> None:
    form = said(Contact.objects.get())
    for _ in range(2):
        assert desk.post(address(studio.assignment, "message"), form).status_code == 302
    assert AssignmentMessage.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"at": "2026-10-22T10:00"},
        {"at": "yesterday"},
        {"contact": "999"},
        {"token": "x"},
        {"attachments": SimpleUploadedFile("a.exe", b"MZ\x00\x01")},
        {"attachments": SimpleUploadedFile("a.pdf", b"")},
        {"attachments": [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]},
    ],
)
def test_a_message_that_cannot_be_kept_comes_back_and_leaves_no_file(
    wrong: dict[str, object], desk: Browser, studio: Studio
) -> None:
    page = desk.post(address(studio.assignment, "message"), said(Contact.objects.get(), **wrong))
    assert page.status_code == 200
    assert page.context["form"].errors
    assert wrong.get("text") == "" or "Good morning" in page.content.decode()
    assert not AssignmentMessage.objects.exists()
    assert not StoredObject.objects.exists()


def test_a_file_of_another_message_or_of_nobody_is_not_given(desk: Browser, studio: Studio) -> None:
    contact = Contact.objects.get()
    first = write(contact, studio.assignment.pk, files=(Attached("pdf", PDF),), now=NOW)
    second = write(contact, studio.assignment.pk, now=NOW)
    file = MessageAttachment.objects.get()
    way = f"{PAGE}/assignmentmessage/{second.pk}/attachment/{file.pk}/"
    assert desk.get(way).status_code == 404
    for role in (Role.PHOTOGRAPHER, Role.ADMINISTRATION, Role.PRIVACY_OWNER):
        assert at_work(role).get(way.replace(f"/{second.pk}/", f"/{first.pk}/")).status_code == 403
    StoredObject.objects.update(name="message/gone.pdf")
    assert desk.get(way.replace(f"/{second.pk}/", f"/{first.pk}/")).status_code == 404


@pytest.mark.clauses("P57")
def test_the_history_of_a_contact_is_found_by_post_and_shows_assignments_and_messages(
    desk: Browser, studio: Studio
) -> None:
    contact = Contact.objects.get()
    message = write(contact, studio.assignment.pk, now=NOW)
    for wanted in ("zandstra", "KARIN@example.org", "0187 123456"):
        page = desk.post(f"{PAGE}/contact/find/", {"q": wanted}).content.decode()
        assert f"{PAGE}/contact/{contact.pk}/change/" in page
    assert "contact/1/change" not in desk.post(f"{PAGE}/contact/find/", {"q": "nobody"}).content.decode()
    assert AccessLogEntry.objects.filter(kind="galleries.contact", action="find").count() == 4
    history = desk.get(f"{PAGE}/contact/{contact.pk}/change/").content.decode()
    assert studio.assignment.title in history
    assert f"{PAGE}/assignmentmessage/{message.pk}/change/" in history


def test_a_contact_is_corrected_and_messages_keep_what_they_said(desk: Browser, studio: Studio) -> None:
    contact = Contact.objects.get()
    write(contact, studio.assignment.pk, now=NOW)
    way = f"{PAGE}/contact/{contact.pk}/change/"
    assert desk.post(way, PERSON | {"email": "", "phone": ""}).status_code == 200
    assert desk.post(way, PERSON).status_code == 302
    contact.refresh_from_db()
    assert (contact.name, contact.email) == ("Piet Prins", "piet@example.org")
    assert AssignmentMessage.objects.get().person_name == "Karin Zandstra"


@pytest.mark.clauses("P58")
def test_taking_a_contact_off_says_what_goes_and_does_it(desk: Browser, studio: Studio) -> None:
    contact = Contact.objects.get()
    write(contact, studio.assignment.pk, text="Karin here", now=NOW)
    link = ContactLink.objects.get()
    way = f"{PAGE}/assignment/{studio.assignment.pk}/contact/{link.pk}/unlink/"
    assert contact.name in desk.get(way).content.decode()
    assert ContactLink.objects.exists(), "looking removes nothing"
    place_hold(
        kind="galleries.contact",
        object_id=contact.pk,
        reason="x",
        owner_id=studio.staff.pk,
        until=NOW + timedelta(days=1),
        now=NOW,
    )
    desk.post(way)
    assert ContactLink.objects.exists(), "a hold keeps it"
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        desk = at_work(Role.FRONT_DESK, Role.PHOTOGRAPHER)
        desk.post(way)
    assert not ContactLink.objects.exists()
    assert "Karin" not in AssignmentMessage.objects.get().text
    assert desk.get(way).status_code in {302, 404}


def test_completing_says_from_when_and_refuses_while_the_photos_are_online(desk: Browser, studio: Studio) -> None:
    way = address(studio.assignment, "complete")
    assert desk.get(way).status_code == 200
    Assignment.objects.update(window_ends_at=NOW + timedelta(days=1))
    assert 'class="default"' not in desk.get(way).content.decode()
    desk.post(way)
    assert Assignment.objects.get().completed_at is None
    Assignment.objects.update(window_ends_at=NOW - timedelta(days=1))
    desk.post(way)
    assert Assignment.objects.get().completed_at == NOW - timedelta(days=1)
    assert desk.post(way).status_code == 302


def test_what_is_open_for_eighteen_months_stands_on_the_first_page(studio: Studio) -> None:
    owner = at_work(Role.PRIVACY_OWNER)
    Assignment.objects.update(created_at=NOW - timedelta(days=600))
    figures = [figure for _title, panel in owner.get("/beheer/").context["panels"] for figure in panel]
    overdue = next(figure for figure in figures if figure.url.endswith("?state=overdue"))
    assert (overdue.count, overdue.tone) == (1, "alarm")
    assert studio.assignment.title in owner.get(overdue.url).content.decode()
    assert studio.assignment.title not in owner.get(f"{PAGE}/assignment/?state=completed").content.decode()


def test_a_restricted_contact_is_in_no_list_choice_or_history(desk: Browser, studio: Studio, bare: Assignment) -> None:
    contact = Contact.objects.get()
    message = write(contact, studio.assignment.pk, files=(Attached("pdf", PDF),), now=NOW)
    file = MessageAttachment.objects.get()
    link = ContactLink.objects.get()
    restrict(kind="galleries.contact", object_id=contact.pk, reason="art. 18", now=NOW)
    pages = [
        f"{PAGE}/contact/",
        f"{PAGE}/assignmentmessage/",
        address(studio.assignment, "change"),
        address(studio.assignment, "accept"),
        address(studio.assignment, "message"),
        address(bare, "contact"),
    ]
    for way in pages:
        assert contact.name not in desk.get(way).content.decode(), way
    assert contact.name not in desk.post(f"{PAGE}/contact/find/", {"q": "Karin"}).content.decode()
    # The admin leads away from a row it does not know.
    for way in (
        f"{PAGE}/contact/{contact.pk}/change/",
        f"{PAGE}/assignmentmessage/{message.pk}/change/",
        f"{PAGE}/assignmentmessage/{message.pk}/attachment/{file.pk}/",
        f"{PAGE}/assignment/{studio.assignment.pk}/contact/{link.pk}/unlink/",
    ):
        assert desk.get(way).status_code in {302, 404}, way
    assert desk.post(address(studio.assignment, "message"), said(contact)).status_code == 200


def test_a_restricted_client_gets_no_new_assignment(desk: Browser, studio: Studio) -> None:
    restrict(kind="galleries.client", object_id=studio.assignment.client_id, reason="art. 18", now=NOW)
    page = desk.get(f"{PAGE}/assignment/add/").content.decode()
    assert studio.assignment.client.name not in page
    form = {"client": studio.assignment.client_id, "title": "X", "term_months": 1, "term_reference": ""}
    assert desk.post(f"{PAGE}/assignment/add/", form).status_code == 200


@pytest.mark.clauses("P56", "P58")
def test_past_its_term_nothing_is_seen_before_the_night_removed_it(
    studio: Studio, clock: time_machine.Traveller
) -> None:
    contact = Contact.objects.get()
    message = write(contact, studio.assignment.pk, files=(Attached("pdf", PDF, names_nobody=True),), now=NOW)
    complete_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=NOW)
    clock.move_to(NOW.replace(year=2029))
    desk = at_work(Role.FRONT_DESK)
    assert desk.get(f"{PAGE}/contact/{contact.pk}/change/").status_code == 302
    assert desk.get(f"{PAGE}/assignmentmessage/{message.pk}/change/").status_code == 302
    assert contact.name not in desk.get(address(studio.assignment, "change")).content.decode()
    # The night took the name out: the rest is seen for a year more.
    AssignmentMessage.objects.update(person_erased_at=NOW, contact=None, person_name="", person_address="")
    assert desk.get(f"{PAGE}/assignmentmessage/{message.pk}/change/").status_code == 200
    clock.move_to(NOW.replace(year=2030))
    desk = at_work(Role.PHOTOGRAPHER, Role.FRONT_DESK)
    assert desk.get(f"{PAGE}/assignmentmessage/{message.pk}/change/").status_code == 302


@pytest.mark.clauses("P15")
def test_a_client_form_says_which_number_is_wrong_and_keeps_the_rest(desk: Browser) -> None:
    form = {"kind": "company", "name": "Garnaal", "email": "g@example.org", "street": "Kade 1"}
    page = desk.post(f"{PAGE}/client/add/", form | {"kvk_number": "12"})
    assert list(page.context["adminform"].form.errors) == ["kvk_number"]
    assert "Kade 1" in page.content.decode()
    assert desk.post(f"{PAGE}/client/add/", form | {"kvk_number": "1234.5678"}).status_code == 302
    assert Client.objects.get(name="Garnaal").kvk_number == "12345678"
