"""Image bytes: proven by the address, sent without a query, and nothing else reachable."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from common.periods import ZONE
from galleries.models import Photo
from galleries.proofs import proof

from .studio import NOW, Studio, code_of, code_row, enter, fill, open_studio, publish

BYTES = b"\xff\xd8\xff\xe0 a picture \xff\xd9"


@pytest.fixture
def studio(db: None, clock: time_machine.Traveller, places_of_my_own: Path) -> Studio:
    made = open_studio()
    fill(made, content=BYTES)
    publish(made)
    return made


def fetch(browser: Browser, url: str) -> HttpResponseBase:
    """An answer whose file was read and closed, as a server does; the bytes are in `sent`."""
    answer = browser.get(url)
    answer.sent = b"".join(answer.streaming_content) if answer.streaming else b""
    answer.close()
    return answer


@pytest.fixture
def sources(studio: Studio, client: Browser) -> list[str]:
    """The image addresses on the wall of Anna, for this browser."""
    enter(client, code_of(studio, studio.anna))
    html = client.get(f"/fotos/{code_row(studio.anna).public_id}/").content.decode()
    return re.findall(r'src="(/beeld/[^"]+)"', html)


def test_every_image_of_a_wall_is_sent_to_the_browser_that_saw_it(client: Browser, sources: list[str]) -> None:
    assert len(sources) == 3
    for source in sources:
        answer = fetch(client, source)
        assert answer.status_code == 200
        assert answer.sent == BYTES
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_preview_of_a_photo_page_is_sent_too(studio: Studio, client: Browser, sources: list[str]) -> None:
    photo = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]
    html = client.get(f"/fotos/{code_row(studio.anna).public_id}/{photo.public_id}/").content.decode()

    preview = re.findall(r'src="(/beeld/[^"]+/preview/[^"]+)"', html)

    assert fetch(client, preview[0]).status_code == 200


def test_an_image_costs_no_query_even_for_somebody_who_is_logged_in(client: Browser, sources: list[str]) -> None:
    client.force_login(User.objects.create_user("somebody@example.org", "geheim", is_staff=True, is_superuser=True))

    with CaptureQueriesContext(connection) as queries:
        answer = fetch(client, sources[0])

    assert answer.sent == BYTES
    assert len(queries) == 0
    assert "sessionid" in client.cookies


def test_a_refused_image_costs_no_query_either(client: Browser, sources: list[str]) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = fetch(client, sources[0].replace("/thumbnail/", "/preview/"))

    assert answer.status_code == 404
    assert len(queries) == 0


@pytest.mark.parametrize("who", ["stranger", "superuser", "other code holder"])
@pytest.mark.clauses("P16", "P36")
def test_a_copied_address_is_worthless_in_another_browser(studio: Studio, sources: list[str], who: str) -> None:
    other = Browser()
    if who == "superuser":
        other.force_login(User.objects.create_superuser("boss@example.org", "geheim"))
    if who == "other code holder":
        enter(other, code_of(studio, studio.bram))

    assert fetch(other, sources[0]).status_code == 404


def test_a_browser_may_keep_an_image_as_long_as_its_address_works(
    client: Browser, sources: list[str], clock: time_machine.Traveller
) -> None:
    last = int(sources[0].split("/")[2])

    answer = fetch(client, sources[0])

    assert answer["Cache-Control"] == f"private, max-age={last - int(NOW.timestamp())}"
    clock.move_to(datetime.fromtimestamp(last, UTC) + timedelta(milliseconds=999))
    assert fetch(client, sources[0])["Cache-Control"] == "private, max-age=0"
    clock.move_to(datetime.fromtimestamp(last + 1, UTC))
    assert fetch(client, sources[0]).status_code == 404


def test_no_image_is_sent_past_the_term_of_its_photo(
    studio: Studio, client: Browser, clock: time_machine.Traveller
) -> None:
    end = datetime(2026, 11, 23, tzinfo=ZONE)
    clock.move_to(end - timedelta(seconds=90))
    enter(client, code_of(studio, studio.anna))
    html = client.get(f"/fotos/{code_row(studio.anna).public_id}/").content.decode()
    source = re.findall(r'src="(/beeld/[^"]+)"', html)[0]

    clock.move_to(end - timedelta(seconds=1))
    assert fetch(client, source).status_code == 200
    clock.move_to(end)
    assert fetch(client, source).status_code == 404


def proven(client: Browser, name: str) -> str:
    """An address for `name` with a perfect proof, as if our key were out."""
    last = int(NOW.timestamp()) + 60
    key = django_settings.IMAGE_PROOF_KEY
    return f"/beeld/{last}/{proof(name, viewer=client.cookies['viewer'].value, last=last, key=key)}/{name}"


@pytest.mark.clauses("P16")
def test_originals_and_other_files_are_out_of_reach_even_with_a_proof(
    studio: Studio, client: Browser, sources: list[str], places_of_my_own: Path
) -> None:
    (places_of_my_own / "secret.jpg").write_bytes(b"secret")
    original = Photo.objects.filter(subject=studio.anna)[0].original.name

    assert (places_of_my_own / original).is_file()
    for name in (original, "secret.jpg", "thumbnail/../secret.jpg", "thumbnail/%2e%2e/secret.jpg"):
        assert fetch(client, proven(client, name)).status_code == 404


def test_a_deleted_file_is_gone_for_every_address(client: Browser, sources: list[str], places_of_my_own: Path) -> None:
    (places_of_my_own / sources[0].split("/", 4)[4]).unlink()

    assert fetch(client, sources[0]).status_code == 404


def test_an_object_store_sends_the_bytes_itself(
    client: Browser, sources: list[str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.S3_BUCKET = "photos"
    monkeypatch.setattr(
        "django.core.files.storage.FileSystemStorage.url", lambda self, name: f"https://store.example/{name}?signed"
    )

    answer = fetch(client, sources[0])

    assert answer.status_code == 302
    assert answer["Location"] == f"https://store.example/{sources[0].split('/', 4)[4]}?signed"
    assert answer["Cache-Control"] == "no-store"


def test_django_sends_nothing_when_the_web_server_does(client: Browser, sources: list[str], settings: Settings) -> None:
    settings.IMAGES_BY_NGINX = True

    assert fetch(client, sources[0]).status_code == 404


def test_images_are_only_read(client: Browser, sources: list[str]) -> None:
    assert client.post(sources[0]).status_code == 405
    head = client.head(sources[0])
    head.close()
    assert head.status_code == 200
