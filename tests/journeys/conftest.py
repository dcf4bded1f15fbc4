"""What a journey needs: a clock to set, people with browsers, a worker that runs when told, and a camera's card."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.roles import Role
from jkreeft.demo.camera import Marks, orientation_for, shoot
from jkreeft.demo.figures import pupil
from jkreeft.demo.scenes import group, portrait
from shop.models import Product
from tests.privacy.agreements import agree_with_all

from .people import CAMERA_NEEDLE, Staff, Visitor, Worker, import_card
from .story import Browsers, make_assignment

START = datetime.fromisoformat("2027-03-01T10:00:00+01:00")


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visitor(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[[], Visitor]:
    """A new browser, without a cookie. What a request commits, it commits for good."""
    return lambda: Visitor(django_capture_on_commit_callbacks)


@pytest.fixture
def worker(
    scheduled_jobs: list[tuple[str, dict[str, Any]]],
    run_jobs: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
    clock: time_machine.Traveller,
) -> Worker:
    """The background worker. The demo provider's webhook reaches this very site, without a network between."""

    class Answer:
        def close(self) -> None:
            return None

    def deliver(request: Any, timeout: float = 0) -> Answer:
        path = request.full_url.removeprefix("http://testserver")
        kind = "application/x-www-form-urlencoded"
        assert Client().post(path, request.data.decode(), content_type=kind).status_code == 200
        return Answer()

    monkeypatch.setattr("shop.tasks.urlopen", deliver)
    return Worker(scheduled_jobs, run_jobs, clock)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """The camera's card: three subjects with two portraits each, and one photo of their class."""
    folder = tmp_path / "card"
    marks = Marks(taken_at="2027:03:01 09:00:00", photographer="Needle Photographer", comment=CAMERA_NEEDLE)
    place = 0
    for number in ("NR-4711", "NR-4712", "NR-4713"):
        (folder / number).mkdir(parents=True)
        for shot in range(2):
            place += 1
            image = portrait(pupil(place), shot=shot, seed=number).reduce(2)
            shoot(image, folder / number / f"{place}.jpg", orientation=orientation_for(image, turn=place), marks=marks)
    (folder / "groep-needleclass").mkdir()
    together = group([[pupil(1), pupil(2)], [pupil(3)]], seed="g").reduce(2)
    shoot(together, folder / "groep-needleclass" / "7.jpg", orientation=3, marks=marks)
    return folder


@pytest.fixture
def products(db: None) -> dict[str, Product]:
    made = [
        Product.objects.create(
            kind="print", title_nl="Afdruk", title_en="Print", price_cents=695, width_mm=130, height_mm=180
        ),
        Product.objects.create(kind="file", title_nl="Bestand", title_en="File", price_cents=1495),
    ]
    return {product.kind: product for product in made}


@pytest.fixture
def desk(visitor: Browsers, clock: time_machine.Traveller) -> Staff:
    return Staff.hire(visitor(), Role.FRONT_DESK)


@pytest.fixture
def codes(desk: Staff, worker: Worker, card: Path) -> dict[str, str]:
    """An assignment that staff made, filled from the camera's card, and published: code by number."""
    agree_with_all(now=timezone.now())
    assignment_id = make_assignment(desk)
    manifest = import_card(assignment_id, card)
    assert "7" in manifest
    page = desk.agree(reverse("admin:galleries_assignment_publish", args=[assignment_id]))
    assert page.status == 200
    worker.run()
    return desk.codes(assignment_id)
