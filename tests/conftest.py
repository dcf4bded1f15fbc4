"""What every test gets: places of its own, an empty cache, quick passwords, and jobs that wait until they are asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from jkreeft.celery import app as celery_app
from tests.killing import empty_database  # noqa: F401 - a fixture
from tests.ledger_flush import ledger_can_be_flushed  # noqa: F401 - a fixture

Jobs = list[tuple[str, dict[str, Any]]]


@pytest.fixture(autouse=True)
def places_of_my_own(settings: Settings, tmp_path: Path) -> Path:
    """Files, mail and whatever else lies in VAR_DIR begin empty in each test."""
    private = tmp_path / "private"
    settings.VAR_DIR = tmp_path
    settings.PRIVATE_ROOT = private
    options = settings.STORAGES["default"]["OPTIONS"] | {"location": private}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    return private


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """A hash made to be slow is tested once, not at every login."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def the_sites_language(settings: Settings) -> Iterator[None]:
    """A request leaves its language behind on the thread; the next test begins in the site's."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def empty_caches() -> None:
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def scheduled_jobs(monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """What was handed to the background after a commit: (name, ids). Nothing reaches a broker."""
    waiting: Jobs = []

    def send_task(name: str, *, kwargs: dict[str, Any], **_options: object) -> None:
        waiting.append((name, kwargs))

    monkeypatch.setattr(celery_app, "send_task", send_task)
    return waiting


@pytest.fixture
def run_jobs(
    scheduled_jobs: Jobs, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Callable[[], AbstractContextManager[None]]:
    """`with run_jobs(): ...` commits what happens inside and then runs the jobs, and the jobs those jobs schedule."""

    celery_app.loader.import_default_modules()

    @contextmanager
    def running() -> Iterator[None]:
        with django_capture_on_commit_callbacks(execute=True):
            yield
        while scheduled_jobs:
            name, ids = scheduled_jobs.pop(0)
            with django_capture_on_commit_callbacks(execute=True):
                celery_app.tasks[name].apply(kwargs=ids, throw=True)

    return running
