"""Measuring quality: what is computed, when it may be, what is kept of it, and the reward that rests on it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import fmean, pstdev
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, models, transaction
from django.test import Client as Browser
from PIL import Image, ImageFilter

from accounts.roles import Role
from common.periods import ZONE
from galleries import tasks
from galleries.actions import change_term, create_subject, make_available
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
from galleries.models import Assignment, Photo, QualityAggregate
from galleries.models.quality import FEWEST_SUBJECTS
from galleries.quality import NAMES, Features, measured, summed_up
from galleries.renditions import RefusedImageError
from privacy.files import store
from privacy.models import LedgerEntry, Restriction
from tests.accounts.staff import at_work
from tests.conftest import Jobs
from tests.journeys.traces import traces

from .cameras import held, noise, saved
from .studio import NOW, Studio, add_photo, code_row, open_studio, publish

pytestmark = pytest.mark.postgres

SECOND = timedelta(seconds=1)
# The client's own month ends with 22 November.
END = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
GREY = saved(Image.new("L", (60, 90), 128))
RunJobs = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def school(db: None, clock: time_machine.Traveller) -> Studio:
    """An assignment of exactly as many subjects as it takes, each with one portrait; one of them has two."""
    studio = open_studio()
    subjects = [studio.anna, studio.bram, studio.chris]
    subjects += [
        create_subject(assignment_id=studio.assignment.pk, number=str(number), now=NOW)
        for number in range(4, FEWEST_SUBJECTS + 1)
    ]
    for subject in subjects:
        add_photo(studio, subject=subject, content=GREY)
    add_photo(studio, subject=studio.anna, content=GREY)
    add_photo(studio, group=studio.group, content=GREY)
    publish(studio)
    return studio


def run(studio: Studio) -> None:
    tasks.measure_quality(assignment_id=studio.assignment.pk)


def refusals() -> list[str]:
    return list(LedgerEntry.objects.filter(event="quality_refused").order_by("pk").values_list("reason", flat=True))


def aggregate(studio: Studio, **changes: Any) -> QualityAggregate:
    figures = {f"{name}_{figure}": Decimal("12.34") for name in NAMES for figure in ("mean", "spread")}
    values = {"measured_at": NOW, "subject_count": FEWEST_SUBJECTS, **figures, **changes}
    return QualityAggregate.objects.create(assignment=studio.assignment, **values)


def half(left: int, right: int, size: tuple[int, int] = (600, 900)) -> Image.Image:
    picture = Image.new("L", size, left)
    picture.paste(right, (size[0] // 2, 0, *size))
    return picture


@pytest.mark.clauses("P19")
def test_what_is_out_of_focus_is_less_sharp() -> None:
    drawn = noise((600, 900))
    sharp, soft = measured(saved(drawn)), measured(saved(drawn.filter(ImageFilter.GaussianBlur(4))))

    assert sharp.sharpness > 4 * soft.sharpness
    assert measured(GREY).sharpness < 1


@pytest.mark.clauses("P19")
def test_the_wall_on_both_sides_of_the_head_is_even_or_not() -> None:
    assert measured(GREY).background > 99
    assert measured(saved(half(40, 200))).background < 45


def test_the_corners_are_those_of_the_photo_as_it_was_held() -> None:
    picture = Image.new("L", (600, 900), 200)
    picture.paste(0, (0, 700, 600, 900))

    assert measured(held(picture, 1)).background > 99
    for orientation in (3, 6, 8):
        assert measured(held(picture, orientation)).background == pytest.approx(measured(held(picture, 1)).background)


def test_lightness_and_lost_drawing_are_percentages() -> None:
    assert measured(GREY).exposure == pytest.approx(50, abs=1)
    assert measured(GREY).clipping == 0
    assert measured(saved(half(0, 128))).clipping == pytest.approx(50, abs=2)


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (2400, 1600), (6000, 4000)])
def test_any_size_is_measured_within_bounds(size: tuple[int, int]) -> None:
    found = measured(saved(Image.new("RGB", size, (90, 120, 150))))

    assert all(0 <= getattr(found, name) <= 100 for name in NAMES)


def test_what_is_no_photo_is_refused() -> None:
    for data in (b"", b"GIF89a", GREY[: len(GREY) // 2]):
        with pytest.raises(RefusedImageError):
            measured(data)


@pytest.mark.clauses("P19")
def test_the_figures_of_a_photo_have_no_field_that_could_name_it() -> None:
    assert {field.name: field.type for field in fields(Features)} == dict.fromkeys(NAMES, float)


@pytest.mark.clauses("P20")
def test_each_subject_counts_once_however_many_photos_there_are() -> None:
    light, dark = Features(10, 20, 90, 0), Features(30, 20, 10, 4)
    subjects = [[light, light, light], [dark]] * 10

    summary = summed_up(subjects, fewest=20)

    assert summary is not None
    assert summary.subjects == 20
    assert summary.means == {"sharpness": 20, "background": 20, "exposure": 50, "clipping": 2}
    assert summary.spreads == {"sharpness": 10, "background": 0, "exposure": 40, "clipping": 2}


@pytest.mark.clauses("P20")
def test_below_twenty_subjects_with_a_photo_there_is_no_summary() -> None:
    one = [Features(1, 2, 3, 4)]

    assert summed_up([one] * 19 + [[]], fewest=20) is None
    assert summed_up([one * 5] * 19, fewest=20) is None
    assert summed_up([one] * 20, fewest=20) is not None


@pytest.mark.clauses("P20")
def test_what_is_kept_has_no_way_to_a_photo_or_a_person() -> None:
    columns = QualityAggregate._meta.get_fields()

    assert [f.name for f in columns if f.is_relation] == ["assignment"]
    kinds = (models.AutoField, models.DecimalField, models.PositiveIntegerField, models.DateTimeField)
    assert all(isinstance(f, kinds) for f in columns if not f.is_relation)


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


@pytest.fixture
def photographer(school: Studio) -> Browser:
    return _english(Role.PHOTOGRAPHER)


@pytest.fixture
def administration(school: Studio) -> Browser:
    return _english(Role.ADMINISTRATION)


def _english(role: Role) -> Browser:
    browser = at_work(role)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def page(studio: Studio, what: str = "quality") -> str:
    return f"/beheer/galleries/assignment/{studio.assignment.pk}/{what}/"


def test_the_photographer_starts_it_and_reads_numbers_not_persons(
    school: Studio, photographer: Browser, run_jobs: RunJobs
) -> None:
    before = photographer.get(page(school)).content.decode()
    with run_jobs():
        started = photographer.post(page(school), follow=True).content.decode()
    after = photographer.get(page(school)).content.decode()

    assert "20 subjects have a portrait online" in before
    assert "up to and including Sunday 22 November 2026" in before
    assert "being measured" in started
    assert "20 subjects, measured on 22 October 2026" in after
    assert "Measure the photos" not in after
    assert "reward" not in after.lower()
    assert "School day" in photographer.get("/beheer/galleries/qualityaggregate/").content.decode()
    assert photographer.get(page(school, "reward")).status_code == 403


def test_outside_the_term_the_page_says_so_and_a_stale_button_does_nothing(
    school: Studio, photographer: Browser, scheduled_jobs: Jobs
) -> None:
    Assignment.objects.filter(pk=school.assignment.pk).update(published_at=NOW - timedelta(days=60))
    scheduled_jobs.clear()

    said = photographer.get(page(school)).content.decode()
    refused = photographer.post(page(school), follow=True).content.decode()

    assert "The client’s own term ended with" in said
    assert "the time parents added does not count" in refused
    assert scheduled_jobs == []


def test_too_few_subjects_are_said_and_not_measured(school: Studio, photographer: Browser) -> None:
    Photo.objects.filter(subject=school.bram).delete()

    said = photographer.get(page(school)).content.decode()

    assert "19 subjects have a portrait online. Below 20 nothing is measured" in said
    assert "Measure the photos" not in said
    assert "at least twenty subjects" in photographer.post(page(school), follow=True).content.decode()


def test_the_administration_decides_on_the_reward(school: Studio, administration: Browser) -> None:
    assert "not measured" in administration.post(page(school, "reward"), {"amount": "50"}).content.decode()
    aggregate(school)
    assert administration.post(page(school)).status_code == 403

    answer = administration.post(page(school, "reward"), {"amount": "50,00"}, follow=True).content.decode()

    assert QualityAggregate.objects.get().reward_cents == 5000
    assert "Reward: €50.00, decided on 22 October 2026" in answer
    listed = administration.get("/beheer/galleries/qualityaggregate/").content.decode()
    assert "€50.00" in listed


@pytest.mark.parametrize("typed", ["", "x", "-1", "0", "\x00", "9" * 400, "1e9", "<b>", "٣"])
def test_an_amount_that_makes_no_sense_is_shown_again(school: Studio, administration: Browser, typed: str) -> None:
    aggregate(school)
    answer = administration.post(page(school, "reward"), {"amount": typed})

    assert answer.status_code in {200, 302}
    assert QualityAggregate.objects.get().reward_cents in {None, 300}


def test_after_the_term_the_reward_form_refuses_with_a_sentence(
    school: Studio, administration: Browser, clock: time_machine.Traveller
) -> None:
    aggregate(school)
    Assignment.objects.filter(pk=school.assignment.pk).update(published_at=NOW - timedelta(days=60))

    answer = administration.post(page(school, "reward"), {"amount": "50"}).content.decode()

    assert "only while the client wants the photos online" in answer
    assert 'value="50"' in answer
    assert QualityAggregate.objects.get().reward_cents is None


def test_every_refusal_has_its_own_sentence_and_word() -> None:
    kinds = [OutsideTerm, TooFewSubjects, MeasuredBefore, NotMeasured]
    assert len({str(kind.message) for kind in kinds} | {str(QualityRefused.message)}) == 5
    assert len({kind.word for kind in kinds}) == 4
