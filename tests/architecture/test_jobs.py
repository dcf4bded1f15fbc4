"""Work for the background is named in strings; here every name finds its task."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery.schedules import crontab

from jkreeft.celery import app
from tests.architecture.tree import modules, name_of, parsed

HOURS_OF_A_DAY = 24


@pytest.fixture(scope="module")
def tasks() -> set[str]:
    app.loader.import_default_modules()
    return set(app.tasks)


def scheduled() -> Iterator[tuple[str, Path, ast.Call]]:
    """Every call of `common.jobs.schedule`, with the name it gives, "" when it is not written out."""
    for file in modules():
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "schedule":
                first = node.args[0] if node.args else None
                yield (str(first.value) if isinstance(first, ast.Constant) else ""), file, node


def test_every_scheduled_job_is_a_task(tasks: set[str]) -> None:
    unknown = [f"{name_of(file, node)} {name!r}" for name, file, node in scheduled() if name not in tasks]
    assert unknown == []


def test_there_are_scheduled_jobs_to_look_at() -> None:
    assert "privacy.send_mail" in {name for name, _, _ in scheduled()}


def test_jobs_carry_ids_by_keyword_and_nothing_else() -> None:
    """A broker keeps what it is given: no personal data, ever."""
    odd = [
        name_of(file, node)
        for _, file, node in scheduled()
        if len(node.args) != 1 or not all((word.arg or "").endswith(("_id", "_ids")) for word in node.keywords)
    ]
    assert odd == []


def test_every_beat_entry_is_a_task(tasks: set[str]) -> None:
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= tasks


def hours_of(schedule: crontab) -> set[int]:
    hours: set[int] = schedule.hour  # type: ignore[attr-defined]
    return hours


def test_no_nightly_job_runs_between_two_and_three() -> None:
    """That hour comes twice, or never, once a year. Jobs of every hour may: they catch up by themselves."""
    assert str(app.conf.timezone) == "Europe/Amsterdam"
    nightly = {
        name: hours_of(entry["schedule"])
        for name, entry in app.conf.beat_schedule.items()
        if isinstance(entry["schedule"], crontab) and len(hours_of(entry["schedule"])) < HOURS_OF_A_DAY
    }
    assert nightly
    assert [name for name, hours in nightly.items() if 2 in hours] == []
