"""An import while the night runs, on a database that lets two work at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from django.db import connection, connections

from galleries.actions import storing
from galleries.actions.storing import Original, store_photo
from galleries.intake import Place
from galleries.models import Assignment, Photo, Subject, Tombstone
from galleries.renditions import Renditions
from privacy.erasure import erase

from .studio import NOW, Studio, fill, open_studio, publish

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs PostgreSQL"),
]
LATER = NOW + timedelta(days=40)


@pytest.fixture
def studio(transactional_db: None) -> Studio:
    made = open_studio()
    fill(made)
    publish(made)
    return made


def test_who_got_a_late_photo_while_the_night_took_the_old_ones_keeps_it(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, show = Event(), storing._show

    def show_slowly(assignment: Assignment, photo: Photo, *, now: object) -> None:
        show(assignment, photo, now=LATER)
        written.set()
        # Long enough for the night to come as far as it can before this import commits.
        time.sleep(1)

    monkeypatch.setattr(storing, "_show", show_slowly)
    path = tmp_path / "late.jpg"
    path.write_bytes(b"late")
    old = list(Photo.objects.values_list("pk", flat=True))

    def bring() -> int:
        try:
            return store_photo(
                assignment=studio.assignment,
                place=Place(is_group=False, name=studio.anna.number),
                place_id=studio.anna.pk,
                original=Original(path, b"0" * 32),
                made=Renditions(thumbnail=b"t", preview=b"p", width=600, height=400),
                now=LATER,
            ).pk
        finally:
            connections.close_all()

    def take() -> int:
        try:
            assert written.wait(timeout=10)
            return erase(Photo, old, reason="sweep", rule="RT01", now=LATER)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        brought, taken = pool.submit(bring), pool.submit(take)
        assert taken.result() == len(old)
    assert list(Photo.objects.values_list("pk", flat=True)) == [brought.result()]
    # RT26 would take the photo along with its subject, and the marks of what was deleted.
    assert Subject.objects.get(pk=studio.anna.pk).emptied_at is None
    assert not Tombstone.objects.filter(emptied_at__isnull=False).exists()
