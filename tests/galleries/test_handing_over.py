"""Photos the client receives without their going online: kept for the agreed term, and seen by nobody (RT28, A36)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from accounts.roles import Role
from common.periods import ZONE
from galleries.actions import change_term, hand_over, publish_assignment
from galleries.actions.publishing import NothingToHandOver, NotReady, TermNotApproved
from galleries.models import Acceptance, Assignment, LoginCode, Photo, Subject
from privacy.files import store
from privacy.models import AccessLogEntry
from privacy.sweep import run_sweep
from tests.accounts.staff import at_work, browser_of, hire

from .studio import NOW, Studio, add_photo, fill, open_studio, publish

pytestmark = pytest.mark.postgres
# The midnight after the last day of the month that began on 22 October.
END = datetime(2026, 11, 23, tzinfo=ZONE)
SECOND = timedelta(seconds=1)


@pytest.fixture
def studio(db: None) -> Iterator[Studio]:
    with time_machine.travel(NOW, tick=False):
        made = open_studio()
        fill(made)
        yield made


def handed(studio: Studio, *, now: datetime = NOW) -> int:
    return hand_over(assignment_id=studio.assignment.pk, by=studio.staff, now=now)


@pytest.mark.clauses("P17")
def test_they_are_there_to_the_end_of_the_last_day_and_gone_with_the_night_after_it(studio: Studio) -> None:
    files = {photo.original.name for photo in Photo.objects.select_related("original")}
    assert handed(studio) == 6
    assert set(Photo.objects.values_list("handed_over_at", "handed_over_until")) == {(NOW, END)}

    run_sweep(now=END - SECOND)
    assert Photo.objects.within_term(END - SECOND).count() == 6
    assert Photo.objects.within_term(END).count() == 0

    run_sweep(now=END)
    assert Photo.objects.count() == 0
    assert not any(store.exists(name) for name in files)
    # Who was on them went with the last of them (RT26).
    run_sweep(now=END + SECOND)
    assert Subject.objects.filter(number=studio.anna.number).count() == 0


def test_they_outlive_the_sixty_days_of_what_was_forgotten(studio: Studio) -> None:
    late = NOW + timedelta(days=50)
    handed(studio, now=late)
    run_sweep(now=NOW + timedelta(days=61))
    assert Photo.objects.count() == 6


@pytest.mark.clauses("P18")
def test_the_agreed_term_counts_also_when_it_is_agreed_later(studio: Studio) -> None:
    handed(studio)
    change_term(assignment_id=studio.assignment.pk, months=3, reference="letter", approved_by=None, now=NOW)
    assert set(Photo.objects.values_list("handed_over_until", flat=True)) == {datetime(2027, 1, 23, tzinfo=ZONE)}


def test_a_term_agreed_after_the_end_brings_nothing_back(studio: Studio) -> None:
    handed(studio)
    change_term(assignment_id=studio.assignment.pk, months=3, reference="letter", approved_by=None, now=END)
    assert set(Photo.objects.values_list("handed_over_until", flat=True)) == {END}


@pytest.mark.clauses("P16")
def test_nobody_sees_them_and_no_code_is_made(studio: Studio) -> None:
    handed(studio)
    assert not Photo.objects.visible(NOW).exists()
    assert not LoginCode.objects.exists()


def test_photos_that_came_later_go_online_and_make_no_codes_for_the_others(studio: Studio) -> None:
    publish(studio)
    dora = Subject.objects.create(assignment=studio.assignment, number="later")
    late = add_photo(studio, subject=dora)
    assert handed(studio) == 1
    late.refresh_from_db()
    assert (late.available_from, late.handed_over_until) == (None, END)
    assert not LoginCode.objects.filter(subject=dora).exists()


def test_they_may_go_online_after_all_and_are_under_that_rule_then(studio: Studio) -> None:
    handed(studio)
    later = NOW + timedelta(days=9)
    publish_assignment(assignment_id=studio.assignment.pk, by=studio.staff, now=later)
    online = Photo.objects.values_list("available_from", "handed_over_at", "handed_over_until")
    assert set(online) == {(later, None, None)}
    run_sweep(now=END)
    assert Photo.objects.count() == 6


@pytest.mark.clauses("P34")
def test_nothing_leaves_for_a_client_before_the_terms_are_accepted(studio: Studio) -> None:
    Acceptance.objects.all().delete()
    with pytest.raises(NotReady):
        handed(studio)
    assert not Photo.objects.filter(handed_over_at__isnull=False).exists()


def test_late_photos_of_a_long_term_wait_for_its_approval(studio: Studio) -> None:
    publish(studio)
    add_photo(studio, subject=studio.anna)
    Assignment.objects.update(term_months=13, term_reference="letter")
    with pytest.raises(TermNotApproved):
        handed(studio)


def test_done_twice_it_is_done_once(studio: Studio) -> None:
    handed(studio)
    with pytest.raises(NothingToHandOver):
        handed(studio, now=NOW + timedelta(days=1))
    assert set(Photo.objects.values_list("handed_over_at", flat=True)) == {NOW}
    assert AccessLogEntry.objects.filter(action="hand_over").count() == 1


def test_completion_counts_from_it(studio: Studio) -> None:
    handed(studio)
    assert Assignment.objects.get().window_ends_at == NOW


@pytest.fixture
def desk(studio: Studio) -> Browser:
    return at_work(Role.FRONT_DESK)


def _url(name: str, *args: int) -> str:
    return reverse(f"admin:galleries_{name}", args=args)


def test_the_front_desk_notes_it_after_reading_what_it_means(studio: Studio, desk: Browser) -> None:
    url = _url("assignment_hand_over", studio.assignment.pk)
    assert url in desk.get(_url("assignment_change", studio.assignment.pk)).content.decode()
    page = desk.get(url).content.decode()
    assert "zondag 22 november 2026" in page

    answer: Any = desk.post(url, follow=True)

    assert "6 foto’s" in answer.content.decode()
    assert Photo.objects.filter(handed_over_until=END).count() == 6
    # There is nothing left to note, and the way there is gone.
    assert url not in desk.get(_url("assignment_change", studio.assignment.pk)).content.decode()
    assert "Er is geen foto om te overhandigen" in desk.get(url).content.decode()


def test_the_lists_know_them_until_their_end_and_not_after(studio: Studio, desk: Browser) -> None:
    handed(studio)
    assert _rows(desk, "handed") == 6
    assert _rows(desk, "waiting") == 0
    with time_machine.travel(END, tick=False):
        assert _rows(browser_of(hire(Role.PHOTOGRAPHER)), "handed") == 0


def _rows(browser: Browser, state: str) -> int:
    answer: Any = browser.get(_url("photo_changelist"), {"state": state})
    return int(answer.context["cl"].result_count)


def test_the_page_refuses_with_what_is_missing(studio: Studio, desk: Browser) -> None:
    Acceptance.objects.all().delete()
    url = _url("assignment_hand_over", studio.assignment.pk)
    assert "Leg dat hier vast" not in desk.get(url).content.decode()
    desk.post(url)
    assert not Photo.objects.filter(handed_over_at__isnull=False).exists()
