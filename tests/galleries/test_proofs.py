from datetime import UTC, datetime, timedelta

from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from galleries import proofs
from galleries.actions.storing import folders_of
from galleries.models import Assignment
from galleries.proofs import BUCKET_SECONDS, bucket_end, holds, image_url, proof
from privacy.files import new_name

NAME = "thumbnail/" + "0a" * 16 + ".jpg"
VIEWER = "0123456789abcdef" * 2
NOW = datetime(2026, 10, 22, 7, 30, 12, 345678, tzinfo=UTC)
FAR = NOW + timedelta(days=30)
moments = st.integers(1_500_000_000_000, 2_200_000_000_000).map(
    lambda milliseconds: datetime.fromtimestamp(milliseconds / 1000, UTC)
)


def parts(url: str) -> tuple[int, str, str]:
    _, folder, last, given_proof, name = url.split("/", 4)
    assert folder == "beeld"
    return int(last), given_proof, name


def check(url: str, *, viewer: str = VIEWER, now: datetime = NOW) -> bool:
    last, given_proof, name = parts(url)
    return holds(name, viewer=viewer, last=last, given=given_proof, now=now)


@override_settings(IMAGE_PROOF_KEY="k" * 32)
def test_the_proof_is_what_nginx_computes() -> None:
    # printf '%s' "$KEY 1800000000 $NAME $VIEWER $KEY" | openssl md5 -binary | openssl base64 | tr +/ -_ | tr -d =
    assert proof(NAME, viewer=VIEWER, last=1_800_000_000, key="k" * 32) == "QW__F3Wv6FPsqlrub7dssw"


def test_an_address_works_for_its_own_browser_only() -> None:
    url = image_url(NAME, viewer=VIEWER, now=NOW, expires_at=FAR)

    assert check(url)
    assert not check(url, viewer="f" * 32)
    assert not check(url, viewer="")
    assert not check(url, viewer=VIEWER.upper())


def test_without_a_cookie_an_address_works_nowhere() -> None:
    url = image_url(NAME, viewer="", now=NOW, expires_at=FAR)
    last, given_proof, name = parts(url)

    assert not check(url, viewer="")
    assert given_proof != proof(name, viewer="", last=last, key="tests-only-" + "1" * 40)


def test_an_address_works_for_its_own_image_and_moment_only() -> None:
    last, given_proof, name = parts(image_url(NAME, viewer=VIEWER, now=NOW, expires_at=FAR))
    other = "thumbnail/" + "0b" * 16 + ".jpg"

    assert not holds(other, viewer=VIEWER, last=last, given=given_proof, now=NOW)
    assert not holds(name, viewer=VIEWER, last=last + 1, given=given_proof, now=NOW)
    assert not holds(name, viewer=VIEWER, last=last, given="A" * 22, now=NOW)
    assert not holds(name, viewer=VIEWER, last=last, given="é" * 22, now=NOW)


@given(moments)
def test_an_address_lives_five_to_ten_minutes(now: datetime) -> None:
    last = bucket_end(now)

    assert BUCKET_SECONDS <= last + 1 - now.timestamp() <= 2 * BUCKET_SECONDS


@given(moments, st.integers(1, 1200))
def test_no_address_outlives_its_photo(now: datetime, seconds: int) -> None:
    now = now.replace(microsecond=0)
    url = image_url(NAME, viewer=VIEWER, now=now, expires_at=now + timedelta(seconds=seconds))
    until = min(seconds, bucket_end(now) + 1 - int(now.timestamp()))

    assert check(url, now=now + timedelta(seconds=until) - timedelta(microseconds=1))
    assert not check(url, now=now + timedelta(seconds=until))


def test_addresses_stay_the_same_for_a_bucket_and_change_with_the_next() -> None:
    start = datetime(2026, 10, 22, 7, 30, tzinfo=UTC)
    urls = [
        image_url(NAME, viewer=VIEWER, now=start + timedelta(seconds=seconds), expires_at=FAR)
        for seconds in (0, BUCKET_SECONDS - 1, BUCKET_SECONDS)
    ]

    assert urls[0] == urls[1] != urls[2]


def test_originals_ordered_files_and_paths_are_never_served_however_well_proven() -> None:
    last = bucket_end(NOW)
    for name in [
        "original/" + "0a" * 16 + ".jpg",
        "order/" + "0a" * 16 + ".jpg",
        "thumbnail/../original/" + "0a" * 16 + ".jpg",
        "/etc/passwd",
        NAME + "\n",
        NAME.replace("jpg", "png"),
        "",
    ]:
        good = proof(name, viewer=VIEWER, last=last, key="tests-only-" + "1" * 40)
        assert not holds(name, viewer=VIEWER, last=last, given=good, now=NOW)


def test_what_the_import_stores_to_be_shown_can_be_shown_and_its_originals_cannot() -> None:
    names = [new_name(folder, ".jpg") for folder in folders_of(Assignment())]

    assert [bool(proofs.NAME.fullmatch(name)) for name in names] == [False, True, True]
