"""The page on which a photographer measures and the administration decides on a reward."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from accounts.roles import Role
from galleries.models import Assignment, Photo, QualityAggregate
from tests.accounts.staff import at_work
from tests.conftest import Jobs

from .measuring import aggregate
from .studio import NOW, Studio

pytestmark = pytest.mark.postgres


RunJobs = Callable[[], AbstractContextManager[None]]


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
