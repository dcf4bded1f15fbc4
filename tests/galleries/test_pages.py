"""The gallery and the page of one photo, as owner, other code holder, stranger, staff and superuser."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from common.periods import ZONE
from common.requests import VisitorRequest
from galleries.access import OpenCode
from galleries.actions import make_available, revoke_code
from galleries.models import Photo, Subject
from privacy.models import Restriction

from .studio import NOW, Studio, add_photo, code_of, code_row, enter

END = datetime(2026, 11, 23, 0, 0, tzinfo=ZONE).astimezone(UTC)


def gallery_url(subject: Subject) -> str:
    return f"/fotos/{code_row(subject).public_id}/"


def photo_url(subject: Subject, photo: Photo) -> str:
    return f"{gallery_url(subject)}{photo.public_id}/"


def shown(html: str) -> list[str]:
    """The public ids of the photos on a wall, in their order."""
    return re.findall(r'<li class="tile[^"]*"><a href="/fotos/[0-9a-f-]+/([0-9a-f-]+)/">', html)


@pytest.fixture
def anna(studio: Studio, client: Browser) -> Browser:
    """A browser in which the code of Anna was entered."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return enter(client, code_of(studio, studio.anna))


def test_a_code_shows_the_portraits_first_and_then_the_photos_of_the_group(studio: Studio, anna: Browser) -> None:
    photos = list(Photo.objects.order_by("pk"))

    page = anna.get(gallery_url(studio.anna))

    assert page.status_code == 200
    assert shown(page.content.decode()) == [str(photos[index].public_id) for index in (0, 1, 4)]


def test_each_tile_has_its_box_its_alternative_text_and_loads_late_beyond_the_first_rows(
    studio: Studio, anna: Browser
) -> None:
    late = [add_photo(studio, subject=studio.anna).pk for _ in range(8)]
    make_available(assignment_id=studio.assignment.pk, photo_ids=late, now=NOW)

    tiles = re.findall(r"<li class=.*?</li>", anna.get(gallery_url(studio.anna)).content.decode())

    assert len(tiles) == 11
    assert [("loading" in tile) for tile in tiles] == [False] * 8 + [True] * 3
    assert 'width="266" height="400" alt="Photo 1 of 11, portrait"' in tiles[0]
    assert 'width="400" height="266"' in tiles[-1]
    assert 'alt="Photo 11 of 11, group photo"' in tiles[-1]


@pytest.mark.parametrize(("language", "day"), [("en", "Sunday 22 November 2026"), ("nl", "zondag 22 november 2026")])
def test_the_wall_says_until_which_day_the_photos_stay(studio: Studio, anna: Browser, language: str, day: str) -> None:
    anna.cookies["django_language"] = language

    assert day in anna.get(gallery_url(studio.anna)).content.decode()


def test_two_last_days_are_both_said(studio: Studio, anna: Browser, clock: time_machine.Traveller) -> None:
    clock.move_to(NOW + timedelta(days=3))
    late = add_photo(studio, subject=studio.anna)
    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=NOW + timedelta(days=3))

    html = anna.get(gallery_url(studio.anna)).content.decode()

    assert "Sunday 22 November 2026" in html
    assert "Wednesday 25 November 2026" in html


@pytest.mark.clauses("P17")
def test_photos_are_there_in_the_last_second_of_their_term_and_gone_in_the_next(
    studio: Studio, client: Browser, clock: time_machine.Traveller
) -> None:
    late = add_photo(studio, subject=studio.anna)
    clock.move_to(END - timedelta(days=10))
    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=END - timedelta(days=10))
    enter(client, code_of(studio, studio.anna))

    clock.move_to(END - timedelta(seconds=1))
    before = shown(client.get(gallery_url(studio.anna)).content.decode())
    clock.move_to(END)
    after = shown(client.get(gallery_url(studio.anna)).content.decode())

    assert len(before) == 4
    assert after == [str(late.public_id)]
    assert Photo.objects.filter(expires_at__lte=END).count() == 6


def test_a_code_whose_photos_all_went_past_their_term_says_so(
    studio: Studio, anna: Browser, clock: time_machine.Traveller
) -> None:
    clock.move_to(END - timedelta(days=2))
    enter(anna, code_of(studio, studio.anna))
    url = gallery_url(studio.anna)

    clock.move_to(END - timedelta(seconds=1))
    assert anna.get(url).status_code == 200
    clock.move_to(END)
    page = anna.get(url)

    assert page.status_code == 410
    assert "no longer here" in page.content.decode()


@pytest.mark.clauses("P25")
def test_a_revoked_code_closes_its_gallery_at_once(studio: Studio, anna: Browser) -> None:
    url = gallery_url(studio.anna)
    assert anna.get(url).status_code == 200

    revoke_code(code_id=code_row(studio.anna).pk, by=studio.staff, now=NOW)

    page = anna.get(url)
    assert page.status_code == 410
    assert shown(page.content.decode()) == []


def test_a_code_without_photos_shows_an_empty_wall(studio: Studio, anna: Browser) -> None:
    Photo.objects.update(expires_at=None, available_from=None)
    studio.assignment.refresh_from_db()
    caches["fragments"].clear()

    page = anna.get(gallery_url(studio.anna))

    assert page.status_code == 200
    assert "There are no photos here yet" in page.content.decode()


def staff_browser(browser: Browser, *roles: Role, is_superuser: bool = False) -> Browser:
    user = User.objects.create_user("somebody@example.org", "geheim", is_staff=True, is_superuser=is_superuser)
    for role in roles:
        user.role_rows.create(role=role)
    browser.force_login(user)
    return browser


WITHOUT_THE_CODE: dict[str, Callable[[Browser], Browser]] = {
    "stranger": lambda browser: browser,
    "front desk": lambda browser: staff_browser(browser, Role.FRONT_DESK),
    "photographer": lambda browser: staff_browser(browser, Role.PHOTOGRAPHER),
    "administration": lambda browser: staff_browser(browser, Role.ADMINISTRATION),
    "privacy owner": lambda browser: staff_browser(browser, Role.PRIVACY_OWNER),
    "superuser": lambda browser: staff_browser(browser, is_superuser=True),
}


@pytest.mark.parametrize("who", WITHOUT_THE_CODE)
@pytest.mark.clauses("P16", "P36")
def test_without_the_code_an_existing_gallery_looks_like_none(studio: Studio, client: Browser, who: str) -> None:
    browser = WITHOUT_THE_CODE[who](client)
    photo = Photo.objects.filter(subject=studio.anna).first()
    assert photo is not None

    for real, invented in [
        (gallery_url(studio.anna), f"/fotos/{uuid4()}/"),
        (photo_url(studio.anna, photo), f"/fotos/{uuid4()}/{uuid4()}/"),
    ]:
        answer, nothing = browser.get(real), browser.get(invented)
        assert answer.status_code == nothing.status_code == 404
        assert _same(answer.content, nothing.content)


def _same(one: bytes, other: bytes) -> bool:
    """Equal but for the random token of the forms."""
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    return token.sub(b"", one) == token.sub(b"", other)


@pytest.mark.clauses("P36")
def test_another_code_opens_neither_the_gallery_nor_a_photo_of_it(studio: Studio, anna: Browser) -> None:
    bram = Photo.objects.get(subject=studio.bram)

    assert anna.get(gallery_url(studio.bram)).status_code == 404
    assert anna.get(photo_url(studio.bram, bram)).status_code == 404
    assert anna.get(photo_url(studio.anna, bram)).status_code == 404
    assert anna.get(photo_url(studio.anna, Photo.objects.get(subject=studio.chris))).status_code == 404


@pytest.mark.clauses("P36")
def test_the_photos_of_another_group_stay_closed_too(studio: Studio, anna: Browser) -> None:
    assert anna.get(photo_url(studio.anna, Photo.objects.get(group=studio.group))).status_code == 200
    assert anna.get(photo_url(studio.anna, Photo.objects.get(group=studio.other_group))).status_code == 404


def test_several_codes_of_one_visit_stand_beside_each_other(studio: Studio, anna: Browser) -> None:
    alone = anna.get(gallery_url(studio.anna)).content.decode()
    enter(anna, code_of(studio, studio.chris))

    page = anna.get(gallery_url(studio.anna)).content.decode()

    assert "tabs" not in alone
    assert f'href="{gallery_url(studio.chris)}"' in page
    assert anna.get(gallery_url(studio.chris)).status_code == 200


def test_a_photo_page_shows_the_preview_its_neighbours_and_its_last_day(studio: Studio, anna: Browser) -> None:
    first, second, group = Photo.objects.filter(pk__in=_pks(studio)).order_by("pk")

    page = anna.get(photo_url(studio.anna, second)).content.decode()

    assert second.preview_name in page
    assert "Photo 2 of 3, portrait" in page
    assert f'rel="prev" href="{photo_url(studio.anna, first)}"' in page
    assert f'rel="next" href="{photo_url(studio.anna, group)}"' in page
    assert "Sunday 22 November 2026" in page


def _pks(studio: Studio) -> list[int]:
    opened = Photo.objects.opened_by(subject_id=studio.anna.pk, group_id=studio.group.pk)
    return list(opened.values_list("pk", flat=True))


def test_the_first_photo_has_no_previous_and_the_last_no_next(studio: Studio, anna: Browser) -> None:
    first, _, group = Photo.objects.filter(pk__in=_pks(studio)).order_by("pk")

    assert 'rel="prev"' not in anna.get(photo_url(studio.anna, first)).content.decode()
    assert 'rel="next"' not in anna.get(photo_url(studio.anna, group)).content.decode()


def test_a_photo_page_shows_what_upper_apps_add(studio: Studio, anna: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]

    def panel(request: VisitorRequest, *, code: OpenCode, photo: Photo, now: datetime) -> str:
        return f"<p>{code.number} {photo.pk} {now:%H:%M}</p>"

    monkeypatch.setattr("galleries.views.pages.photo_panels", [panel])
    page = anna.get(photo_url(studio.anna, photo)).content.decode()

    assert f"<p>1 {photo.pk} 07:30</p>" in page


def test_a_photo_past_its_term_has_no_page(studio: Studio, client: Browser, clock: time_machine.Traveller) -> None:
    photo = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]
    late = add_photo(studio, subject=studio.anna)
    clock.move_to(END - timedelta(days=10))
    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=END - timedelta(days=10))
    enter(client, code_of(studio, studio.anna))

    clock.move_to(END - timedelta(seconds=1))
    assert client.get(photo_url(studio.anna, photo)).status_code == 200
    clock.move_to(END)
    assert client.get(photo_url(studio.anna, photo)).status_code == 404
    assert client.get(photo_url(studio.anna, late)).status_code == 200


@pytest.mark.parametrize(("kind", "status"), [("photo", 404), ("subject", 410), ("assignment", 410)])
def test_what_is_restricted_is_not_shown_even_when_the_page_was_kept(
    studio: Studio, anna: Browser, kind: str, status: int
) -> None:
    photo = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]
    assert str(photo.public_id) in anna.get(gallery_url(studio.anna)).content.decode()
    ids = {"photo": photo.pk, "subject": studio.anna.pk, "assignment": studio.assignment.pk}

    Restriction.objects.create(kind=f"galleries.{kind}", object_id=ids[kind], reason="asked", created_at=NOW)

    assert str(photo.public_id) not in anna.get(gallery_url(studio.anna)).content.decode()
    assert anna.get(photo_url(studio.anna, photo)).status_code == status


@pytest.mark.clauses("P16")
def test_galleries_are_not_for_search_engines_or_shared_caches(studio: Studio, anna: Browser) -> None:
    page = anna.get(gallery_url(studio.anna))

    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]


def test_a_browser_that_lost_its_viewer_cookie_gets_a_new_one(studio: Studio, anna: Browser) -> None:
    del anna.cookies["viewer"]

    page = anna.get(gallery_url(studio.anna))

    assert re.fullmatch(r"[0-9a-f]{32}", page.cookies["viewer"].value)


@pytest.mark.postgres
@pytest.mark.parametrize(("photos", "others"), [(10, 0), (60, 0), (60, 3000)])
def test_a_gallery_costs_three_queries_cold_and_two_warm_whatever_its_size(
    studio: Studio, anna: Browser, photos: int, others: int
) -> None:
    template = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]
    _multiply(template, studio.anna, photos - 3)
    _multiply(template, studio.chris, others)
    url = gallery_url(studio.anna)
    caches["fragments"].clear()

    with CaptureQueriesContext(connection) as cold:
        page = anna.get(url)
    with CaptureQueriesContext(connection) as warm:
        again = anna.get(url)

    assert len(shown(page.content.decode())) == photos
    assert len(shown(again.content.decode())) == photos
    assert (len(cold), len(warm)) == (3, 2), [query["sql"] for query in cold]


def test_a_photo_page_costs_three_queries_beside_its_panels(
    studio: Studio, anna: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("galleries.views.pages.photo_panels", [])
    photo = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]
    url = photo_url(studio.anna, photo)

    with CaptureQueriesContext(connection) as queries:
        assert anna.get(url).status_code == 200

    assert len(queries) == 3


def _multiply(photo: Photo, subject: Subject, count: int) -> None:
    """More rows like `photo` for `subject`; the file of an original belongs to one photo only, so each has its own."""
    stored_model = Photo._meta.get_field("original").related_model
    stored = stored_model.objects.bulk_create(
        [stored_model(name=f"original/{uuid4().hex}.jpg", created_at=NOW, attached_at=NOW) for _ in range(count)]
    )
    Photo.objects.bulk_create(
        [
            Photo(
                assignment_id=photo.assignment_id,
                subject=subject,
                original=one,
                content_digest=f"1${uuid4().hex}",
                width=4000,
                height=6000,
                thumbnail_name=f"thumbnail/{uuid4().hex}.jpg",
                preview_name=f"preview/{uuid4().hex}.jpg",
                uploaded_at=NOW,
                available_from=photo.available_from,
                expires_at=photo.expires_at,
            )
            for one in stored
        ]
    )


def test_a_kept_wall_is_made_anew_after_any_change_to_the_photos(studio: Studio, anna: Browser) -> None:
    before = shown(anna.get(gallery_url(studio.anna)).content.decode())
    late = add_photo(studio, subject=studio.anna)

    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=NOW)

    assert len(shown(anna.get(gallery_url(studio.anna)).content.decode())) == len(before) + 1


def test_two_browsers_with_one_code_get_addresses_of_their_own(studio: Studio, anna: Browser) -> None:
    other = enter(Browser(), code_of(studio, studio.anna))

    sources = [
        re.findall(r'src="(/beeld/[^"]+)"', b.get(gallery_url(studio.anna)).content.decode()) for b in (anna, other)
    ]

    assert len(sources[0]) == len(sources[1]) == 3
    assert not set(sources[0]) & set(sources[1])
