"""Measuring the quality of an assignment: when it may be, what is kept of it, and the reward that rests on it."""

import re
from datetime import timedelta
from decimal import Decimal
from statistics import fmean, pstdev

import pytest
import time_machine
from django.db import IntegrityError, transaction
from PIL import Image

from galleries.actions import change_term, make_available
from galleries.actions.extending import keep_longer
from galleries.actions.quality import (
    MeasuredBefore,
    NotMeasured,
    OutsideTerm,
    QualityRefused,
    TooFewSubjects,
    ask_measurement,
    decide_reward,
    keep_summary,
    measure,
)
from galleries.models import Photo, QualityAggregate
from galleries.models.quality import FEWEST_SUBJECTS
from galleries.quality import measured
from privacy.files import store
from privacy.models import LedgerEntry, Restriction
from tests.conftest import Jobs
from tests.journeys.traces import traces

from .cameras import saved
from .measuring import END, aggregate, refusals, run
from .studio import NOW, Studio, add_photo, code_row, open_studio

pytestmark = pytest.mark.postgres


SECOND = timedelta(seconds=1)


@pytest.mark.clauses("P19", "P20")
def test_the_job_keeps_means_over_twenty_subjects_and_not_one_figure_of_a_photo(school: Studio) -> None:
    values = measure(assignment_id=school.assignment.pk, now=NOW)
    run(school)

    kept = QualityAggregate.objects.get()
    assert sorted(len(own) for own in values) == [1] * 19 + [2]
    assert (kept.subject_count, kept.measured_at, kept.reward_cents) == (20, NOW, None)
    means = [fmean(photo.exposure for photo in own) for own in values]
    assert kept.exposure_mean == round(Decimal(fmean(means)), 2)
    assert kept.exposure_spread == round(Decimal(pstdev(means)), 2)
    assert LedgerEntry.objects.get(event="quality_measured").count == 20


@pytest.mark.clauses("P19", "P20")
def test_the_figure_of_one_photo_is_written_nowhere(school: Studio, caplog: pytest.LogCaptureFixture) -> None:
    light = saved(Image.new("L", (60, 90), 231))
    photo = add_photo(school, subject=school.anna, content=light)
    make_available(assignment_id=school.assignment.pk, photo_ids=[photo.pk], now=NOW)
    figure = measured(light).exposure
    run(school)

    assert QualityAggregate.objects.count() == 1
    assert traces([f"{figure:.2f}"]) == []
    assert f"{figure:.1f}" not in caplog.text


@pytest.mark.clauses("P20")
def test_below_twenty_subjects_nothing_at_all_is_kept(school: Studio, scheduled_jobs: Jobs) -> None:
    Photo.objects.filter(subject=school.bram).delete()
    before = len(scheduled_jobs)

    with pytest.raises(TooFewSubjects):
        ask_measurement(assignment_id=school.assignment.pk, by=school.staff, now=NOW)
    run(school)

    assert not QualityAggregate.objects.exists()
    assert refusals() == ["too_few_subjects"] * 2
    assert len(scheduled_jobs) == before


@pytest.mark.clauses("P20")
def test_who_has_no_readable_portrait_is_not_counted(school: Studio) -> None:
    photo = Photo.objects.get(subject=school.bram)
    store.delete(photo.original.name)
    run(school)
    assert (QualityAggregate.objects.count(), refusals()) == (0, ["too_few_subjects"])


@pytest.mark.parametrize("kind", ["photo", "subject"])
def test_what_is_restricted_is_not_measured(school: Studio, kind: str) -> None:
    photo = Photo.objects.get(subject=school.bram)
    pk = photo.pk if kind == "photo" else school.bram.pk
    Restriction.objects.create(kind=f"galleries.{kind}", object_id=pk, reason="7", created_at=NOW)

    with pytest.raises(TooFewSubjects):
        measure(assignment_id=school.assignment.pk, now=NOW)


@pytest.mark.clauses("P20")
def test_the_database_refuses_what_is_over_too_few(studio: Studio) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        aggregate(studio, subject_count=FEWEST_SUBJECTS - 1)
    aggregate(studio)


@pytest.mark.clauses("P20")
def test_an_assignment_is_measured_once_for_two_measures_would_differ_by_a_person(school: Studio) -> None:
    run(school)
    run(school)

    assert QualityAggregate.objects.count() == 1
    with pytest.raises(MeasuredBefore):
        ask_measurement(assignment_id=school.assignment.pk, by=school.staff, now=NOW)
    assert refusals() == ["measured_before"] * 2


@pytest.mark.clauses("P21")
def test_the_job_runs_to_the_last_second_of_the_clients_term_and_not_past_it(
    school: Studio, clock: time_machine.Traveller
) -> None:
    keep_longer(code_id=code_row(school.anna).pk, capacity="self", email="", language="nl", now=NOW)
    clock.move_to(END)
    run(school)
    assert (QualityAggregate.objects.count(), refusals()) == (0, ["outside_term"])

    clock.move_to(END - SECOND)
    run(school)
    assert QualityAggregate.objects.count() == 1


@pytest.mark.clauses("P21")
def test_the_time_parents_added_does_not_count(school: Studio, clock: time_machine.Traveller) -> None:
    for subject in {photo.subject for photo in Photo.objects.filter(subject__isnull=False)}:
        keep_longer(code_id=code_row(subject).pk, capacity="self", email="", language="nl", now=NOW)  # type: ignore[arg-type]
    clock.move_to(END + timedelta(days=99))
    assert Photo.objects.visible(END + timedelta(days=99)).values("subject").distinct().count() == FEWEST_SUBJECTS

    run(school)

    assert (QualityAggregate.objects.count(), refusals()) == (0, ["outside_term"])


@pytest.mark.clauses("P21")
def test_a_term_that_ends_while_the_job_measures_keeps_nothing(school: Studio) -> None:
    values = measure(assignment_id=school.assignment.pk, now=END - SECOND)

    with pytest.raises(OutsideTerm):
        keep_summary(assignment_id=school.assignment.pk, features=values, now=END)
    assert (QualityAggregate.objects.count(), refusals()) == (0, ["outside_term"])


def test_another_term_of_the_client_moves_the_window(school: Studio) -> None:
    change_term(assignment_id=school.assignment.pk, months=2, reference="Mail", now=NOW)

    assert len(measure(assignment_id=school.assignment.pk, now=END)) == FEWEST_SUBJECTS


@pytest.mark.clauses("P21")
def test_nothing_is_measured_before_the_photos_are_online(db: None, clock: time_machine.Traveller) -> None:
    studio = open_studio()
    with pytest.raises(OutsideTerm):
        ask_measurement(assignment_id=studio.assignment.pk, by=studio.staff, now=NOW)
    assert refusals() == ["outside_term"]


def test_a_refusal_is_written_down_without_a_person(school: Studio) -> None:
    with pytest.raises(OutsideTerm):
        ask_measurement(assignment_id=school.assignment.pk, by=school.staff, now=END)

    entry = LedgerEntry.objects.get(event="quality_refused")
    assert (entry.kind, entry.count, entry.at) == ("galleries.assignment", 0, END)
    assert not re.search(r"@|Anna", f"{entry.reason}{entry.digest}")


@pytest.mark.clauses("P21")
def test_a_reward_is_decided_within_the_clients_term_on_a_measurement(school: Studio) -> None:
    with pytest.raises(NotMeasured):
        decide_reward(assignment_id=school.assignment.pk, cents=5000, by=school.staff, now=NOW)
    kept = aggregate(school)
    with pytest.raises(OutsideTerm):
        decide_reward(assignment_id=school.assignment.pk, cents=5000, by=school.staff, now=END)
    kept.refresh_from_db()
    assert (kept.reward_cents, kept.reward_decided_at) == (None, None)

    decide_reward(assignment_id=school.assignment.pk, cents=5000, by=school.staff, now=END - SECOND)

    kept.refresh_from_db()
    assert (kept.reward_cents, kept.reward_decided_at) == (5000, END - SECOND)
    assert refusals() == ["not_measured", "outside_term"]
    assert "staff" not in {field.name for field in QualityAggregate._meta.get_fields()}


def test_every_refusal_has_its_own_sentence_and_word() -> None:
    kinds = [OutsideTerm, TooFewSubjects, MeasuredBefore, NotMeasured]
    assert len({str(kind.message) for kind in kinds} | {str(QualityRefused.message)}) == 5
    assert len({kind.word for kind in kinds}) == 4
