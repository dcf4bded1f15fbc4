"""The galleries in the back office: agree, fill, publish, print."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from galleries.actions import create_assignment
from galleries.codes import parse
from galleries.models import Assignment, Client, LoginCode, Photo, Subject
from privacy.actions.exceptions import restrict
from privacy.models import AccessLogEntry
from privacy.today import Figure
from tests.accounts.staff import at_work

from .studio import NOW, Studio, add_photo, code_of, code_row, fill, open_studio, publish

PAGE = "/beheer/galleries"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def draft(db: None) -> Studio:
    """An assignment with photos that nobody published yet."""
    made = open_studio()
    fill(made, content=b"bytes")
    return made


@pytest.fixture
def desk(db: None) -> Browser:
    return at_work(Role.FRONT_DESK)


def test_staff_make_a_client_and_an_assignment_of_one_month(desk: Browser) -> None:
    desk.post(f"{PAGE}/client/add/", {"kind": "school", "name": "De Klimop", "email": "office@example.org"})
    client = Client.objects.get()
    assert (client.name, client.email, client.created_at) == ("De Klimop", "office@example.org", NOW)
    form = {"client": client.pk, "title": "Spring", "term_months": 1, "term_reference": ""}
    assert desk.post(f"{PAGE}/assignment/add/", form).status_code == 302
    assert (Assignment.objects.get().term_months, Assignment.objects.get().client) == (1, client)


@pytest.mark.clauses("P18")
@pytest.mark.parametrize(
    ("roles", "months", "reference", "status"),
    [
        ([Role.FRONT_DESK], 2, "", 200),
        ([Role.FRONT_DESK], 2, "mail of 1 March", 302),
        ([Role.FRONT_DESK], 12, "mail of 1 March", 302),
        ([Role.FRONT_DESK], 13, "mail of 1 March", 200),
        ([Role.FRONT_DESK, Role.PRIVACY_OWNER], 13, "mail of 1 March", 302),
        ([Role.FRONT_DESK, Role.PRIVACY_OWNER], 13, "", 200),
        ([Role.FRONT_DESK], 0, "mail of 1 March", 200),
    ],
)
def test_another_term_needs_a_reference_and_above_a_year_the_owner(
    roles: list[Role], months: int, reference: str, status: int, draft: Studio
) -> None:
    form = {"client": draft.assignment.client_id, "title": "T", "term_months": months, "term_reference": reference}
    assert at_work(*roles).post(f"{PAGE}/assignment/add/", form).status_code == status
    assert Assignment.objects.filter(title="T").exists() == (status == 302)


def test_the_term_of_an_assignment_changes_on_its_own_page_only(desk: Browser, draft: Studio) -> None:
    address = f"{PAGE}/assignment/{draft.assignment.pk}"
    desk.post(f"{address}/change/", {"title": "Renamed", "term_months": 9, "term_reference": "x"})
    draft.assignment.refresh_from_db()
    assert (draft.assignment.title, draft.assignment.term_months) == ("Renamed", 1)
    assert desk.post(f"{address}/term/", {"months": 3, "reference": ""}).status_code == 200
    assert desk.post(f"{address}/term/", {"months": 3, "reference": "contract 8"}).status_code == 302
    draft.assignment.refresh_from_db()
    assert (draft.assignment.term_months, draft.assignment.term_reference) == (3, "contract 8")


def test_only_the_privacy_owner_approves_more_than_a_year(desk: Browser, draft: Studio) -> None:
    address = f"{PAGE}/assignment/{draft.assignment.pk}/term/"
    form = {"months": 24, "reference": "contract 9"}
    assert desk.post(address, form).status_code == 200
    assert at_work(Role.PRIVACY_OWNER).post(address, form).status_code == 302
    draft.assignment.refresh_from_db()
    assert draft.assignment.term_approved_by is not None
    assert draft.assignment.term_approved_by.email == "privacy_owner@example.org"


def test_a_pasted_list_becomes_subjects_and_groups(desk: Browser, draft: Studio) -> None:
    text = "20;5C\n21\t5C\n\n 22 \n1;3B"
    answer = desk.post(f"{PAGE}/assignment/{draft.assignment.pk}/roster/", {"lines": text})
    assert answer.status_code == 302
    made = Subject.objects.filter(number__in=["20", "21", "22"]).values_list("number", "group__name")
    assert set(made) == {("20", "5C"), ("21", "5C"), ("22", None)}


@pytest.mark.parametrize("text", ["", "1;2;3", ";3B", "x" * 21, "1;" + "g" * 41, "5;3B\n;"])
def test_a_list_with_one_bad_line_adds_nothing(text: str, desk: Browser, draft: Studio) -> None:
    before = Subject.objects.count()
    assert desk.post(f"{PAGE}/assignment/{draft.assignment.pk}/roster/", {"lines": text}).status_code == 200
    assert Subject.objects.count() == before


def test_an_assignment_with_thousands_of_subjects_still_saves(desk: Browser, draft: Studio) -> None:
    Subject.objects.bulk_create(Subject(assignment=draft.assignment, number=f"n{i}") for i in range(1500))
    address = f"{PAGE}/assignment/{draft.assignment.pk}/change/"
    assert "n1499" in desk.get(address).content.decode()
    assert desk.post(address, {"title": "Large"}).status_code == 302


def test_the_publish_page_says_what_it_will_do_and_does_that(desk: Browser, draft: Studio) -> None:
    address = f"{PAGE}/assignment/{draft.assignment.pk}/publish/"
    page = desk.get(address)
    assert (page.context["photos"], page.context["codes"]) == (6, 3)
    assert f"{page.context['until']:%Y-%m-%d}" == "2026-11-22"
    assert not Photo.objects.filter(available_from__isnull=False).exists(), "looking publishes nothing"
    assert desk.post(address).status_code == 302
    assert Photo.objects.filter(available_from=NOW).count() == 6
    assert LoginCode.objects.count() == 3


def test_late_photos_are_published_by_the_same_button_for_their_own_month(
    desk: Browser, draft: Studio, clock: time_machine.Traveller
) -> None:
    publish(draft)
    first_end = Photo.objects.filter(subject=draft.anna).values_list("expires_at", flat=True).first()
    clock.shift(7 * 24 * 3600)
    late = add_photo(draft, subject=draft.anna)
    address = f"{PAGE}/assignment/{draft.assignment.pk}/publish/"
    assert desk.get(address).context["photos"] == 1
    desk.post(address)
    late.refresh_from_db()
    assert late.expires_at is not None
    assert first_end is not None
    assert late.expires_at > first_end


def test_publishing_nothing_changes_nothing_and_says_so(desk: Browser, draft: Studio) -> None:
    publish(draft)
    address = f"{PAGE}/assignment/{draft.assignment.pk}/publish/"
    answer = desk.post(address, follow=True)
    assert [str(message.level_tag) for message in answer.context["messages"]] == ["error"]


def test_cards_are_printed_one_for_each_code_that_works_and_each_is_logged(desk: Browser, draft: Studio) -> None:
    publish(draft)
    LoginCode.objects.filter(subject=draft.bram).update(revoked_at=NOW)
    AccessLogEntry.objects.all().delete()
    page = desk.get(f"{PAGE}/assignment/{draft.assignment.pk}/cards/").content.decode()
    printed = {parse(code) for code in re.findall(r'card-code">([^<]+)<', page)}
    assert AccessLogEntry.objects.filter(action="reprint").count() == 2
    assert printed == {parse(code_of(draft, child)) for child in (draft.anna, draft.chris)}
    assert page.count("<svg viewBox") >= 2


def test_no_list_shows_a_code(desk: Browser, draft: Studio) -> None:
    publish(draft)
    code = code_of(draft, draft.anna)
    pages = [f"{PAGE}/logincode/", f"{PAGE}/logincode/{code_row(draft.anna).pk}/change/"]
    for address in pages:
        page = desk.get(address).content.decode()
        assert code not in page.replace("-", "")


def test_a_revoked_code_has_no_card(desk: Browser, draft: Studio) -> None:
    publish(draft)
    row = code_row(draft.anna)
    desk.post(f"{PAGE}/logincode/", {"action": "revoke", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert row.revoked_at == NOW
    assert "card-code" not in desk.get(f"{PAGE}/logincode/{row.pk}/card/").content.decode()


def test_issuing_anew_closes_the_old_code_and_opens_one_other(desk: Browser, draft: Studio) -> None:
    publish(draft)
    old = code_row(draft.anna)
    desk.post(f"{PAGE}/logincode/", {"action": "issue_anew", "_selected_action": [old.pk]})
    codes = LoginCode.objects.filter(subject=draft.anna)
    assert codes.count() == 2
    assert codes.get(revoked_at=None).pk != old.pk
    assert codes.get(revoked_at=None).expires_at == old.expires_at


@pytest.mark.parametrize("action", ["revoke", "issue_anew"])
def test_who_may_not_revoke_has_no_such_action(action: str, draft: Studio) -> None:
    publish(draft)
    photographer = at_work(Role.PHOTOGRAPHER)
    chosen = {"action": action, "_selected_action": [code_row(draft.anna).pk]}
    assert photographer.post(f"{PAGE}/logincode/", chosen).status_code == 403
    assert not LoginCode.objects.filter(revoked_at__isnull=False).exists()


def test_a_subject_gets_another_number_but_never_a_taken_one(desk: Browser, draft: Studio) -> None:
    address = f"{PAGE}/subject/{draft.anna.pk}/change/"
    assert desk.post(address, {"number": "2", "group": draft.group.pk}).status_code == 200
    assert desk.post(address, {"number": "90", "group": draft.other_group.pk}).status_code == 302
    draft.anna.refresh_from_db()
    assert (draft.anna.number, draft.anna.group_id) == ("90", draft.other_group.pk)


def test_a_group_of_another_assignment_cannot_be_chosen(desk: Browser, draft: Studio) -> None:
    other = open_studio()
    form = {"number": "1", "group": other.group.pk}
    assert desk.post(f"{PAGE}/subject/{draft.anna.pk}/change/", form).status_code == 200


def test_photos_are_filtered_by_their_assignment(desk: Browser, draft: Studio) -> None:
    other = create_assignment(client_id=draft.assignment.client_id, title="Other", now=NOW)
    assert desk.get(f"{PAGE}/photo/?assignment={draft.assignment.pk}").context["cl"].result_count == 6
    assert desk.get(f"{PAGE}/photo/?assignment={other.pk}").context["cl"].result_count == 0


def found(browser: Browser, address: str) -> int:
    return int(browser.get(f"{PAGE}/{address}").context["cl"].result_count)


@pytest.mark.clauses("P88")
@pytest.mark.parametrize("kind", ["assignment", "client"])
def test_no_filter_names_a_restricted_assignment(desk: Browser, draft: Studio, kind: str) -> None:
    lists = [f"/beheer/galleries/{model}/" for model in ("photo", "logincode", "assignmentmessage")]
    other = create_assignment(client_id=draft.assignment.client_id, title="NEEDLE-TITLE", now=NOW)
    for way in lists:
        assert other.title in desk.get(way).content.decode(), way
    row = other if kind == "assignment" else other.client
    restrict(kind=f"galleries.{kind}", object_id=row.pk, reason="art. 18", now=NOW)
    for way in lists:
        assert other.title not in desk.get(way).content.decode(), way


def test_photos_and_codes_are_found_by_whether_they_work(desk: Browser, draft: Studio) -> None:
    assert (found(desk, "photo/?state=waiting"), found(desk, "photo/?state=online")) == (6, 0)
    publish(draft)
    assert (found(desk, "photo/?state=waiting"), found(desk, "photo/?state=online")) == (0, 6)
    LoginCode.objects.filter(subject=draft.anna).update(revoked_at=NOW)
    assert (found(desk, "logincode/?state=open"), found(desk, "logincode/?state=revoked")) == (2, 1)


@pytest.mark.postgres
def test_a_list_costs_the_same_queries_however_long_it_is(
    desk: Browser, draft: Studio, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in (f"{PAGE}/assignment/", f"{PAGE}/photo/", f"{PAGE}/logincode/", f"{PAGE}/subject/"):
        with django_assert_max_num_queries(12):
            desk.get(address)


def waiting(browser: Browser) -> list[Figure]:
    """The figures of the galleries on the first page."""
    found: list[Figure] = next(
        figures for _, figures in browser.get("/beheer/").context["panels"] if "assignment" in figures[0].url
    )
    return found


@pytest.mark.postgres
def test_the_first_page_counts_what_waits_and_links_to_exactly_that(
    desk: Browser, draft: Studio, clock: time_machine.Traveller
) -> None:
    figures = waiting(desk)
    assert [figure.count for figure in figures] == [1, 0]
    assert [desk.get(figure.url).context["cl"].result_count for figure in figures] == [1, 0]
    publish(draft)
    assert [figure.count for figure in waiting(desk)] == [0, 0]
    clock.shift(25 * 24 * 3600)
    desk = at_work(Role.PHOTOGRAPHER)
    figures = waiting(desk)
    assert [figure.count for figure in figures] == [0, 1]
    assert [desk.get(figure.url).context["cl"].result_count for figure in figures] == [0, 1]


@pytest.mark.clauses("P17")
def test_a_photo_past_its_term_is_gone_for_staff_at_once(desk: Browser, draft: Studio) -> None:
    photo = Photo.objects.filter(subject=draft.anna).first()
    assert photo is not None
    for ends, status in ((NOW + timedelta(microseconds=1), 200), (NOW, 404)):
        Photo.objects.filter(pk=photo.pk).update(available_from=NOW - timedelta(days=30), expires_at=ends)
        answer = desk.get(f"{PAGE}/photo/{photo.pk}/thumbnail/")
        answer.close()
        assert answer.status_code == status
        listed = desk.get(f"{PAGE}/photo/").context["cl"].result_list
        assert (photo in listed) == (status == 200)
