import re
from datetime import datetime
from pathlib import Path

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from moto import mock_aws

from privacy import files
from privacy.models import StoredObject

from .conftest import an_object

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
Jobs = list[tuple[str, dict[str, object]]]


def saved(name: str, now: datetime) -> StoredObject:
    files.store.save(name, ContentFile(b"bytes"))
    return an_object(name, created=now, attached_at=now)


def test_names_cannot_be_guessed_and_say_nothing() -> None:
    names = {files.new_name("photos", ".jpg") for _ in range(50)}
    assert len(names) == 50
    assert all(re.fullmatch(r"photos/[0-9a-f]{32}\.jpg", name) for name in names)


def test_files_are_registered_unattached(now: datetime) -> None:
    made = files.register(["a/1.jpg", "a/2.jpg"], now=now)
    assert [(o.name, o.attached_at, o.doomed_at) for o in made] == [("a/1.jpg", None, None), ("a/2.jpg", None, None)]
    assert all(o.pk for o in made)


def test_registering_inside_a_transaction_is_refused(now: datetime) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        files.register(["a/1.jpg"], now=now)


def test_a_file_is_attached_with_its_row(now: datetime) -> None:
    (made,) = files.register(["a/1.jpg"], now=now)
    files.attach([made.pk], now=now)
    made.refresh_from_db()
    assert made.attached_at == now


@pytest.mark.parametrize("is_doomed", [True, False], ids=["doomed", "forgotten"])
def test_a_file_on_its_way_out_cannot_be_attached(is_doomed: bool, now: datetime) -> None:
    (made,) = files.register(["a/1.jpg"], now=now)
    if is_doomed:
        files.doom([made.pk], now=now)
    else:
        made.delete()
    with pytest.raises(files.ObjectGone):
        files.attach([made.pk], now=now)


@pytest.mark.clauses("P23")
def test_doomed_files_go_with_their_rows(now: datetime, places_of_my_own: Path) -> None:
    gone, kept = saved("a/gone.jpg", now), saved("a/kept.jpg", now)
    assert files.doom([gone.pk], now=now) == 1
    assert files.drain() == 1
    assert list(StoredObject.objects.all()) == [kept]
    assert [path.name for path in (places_of_my_own / "a").iterdir()] == ["kept.jpg"]
    assert files.outbox_size(now=now) == 0


def test_dooming_schedules_the_removal_after_the_commit(
    now: datetime, scheduled_jobs: Jobs, django_capture_on_commit_callbacks: object
) -> None:
    doomed = an_object("a/1.jpg", created=now)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        files.doom([doomed.pk], now=now)
        assert scheduled_jobs == []
    assert scheduled_jobs == [("privacy.drain_outbox", {})]


def test_dooming_twice_keeps_the_first_moment(now: datetime) -> None:
    doomed = an_object("a/1.jpg", created=now)
    files.doom([doomed.pk], now=now)
    assert files.doom([doomed.pk], now=datetime.now(now.tzinfo)) == 0
    doomed.refresh_from_db()
    assert doomed.doomed_at == now


def test_a_killed_removal_is_finished_by_the_next_one(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    doomed = saved("a/1.jpg", now)
    files.doom([doomed.pk], now=now)

    def killed_after_the_bytes(name: str) -> bool:
        files.store.delete(name)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files, "remove", killed_after_the_bytes)
        with pytest.raises(KeyboardInterrupt):
            files.drain()
    assert files.outbox_size(now=now) == 1
    assert files.drain() == 1
    assert files.outbox_size(now=now) == 0


def test_a_row_stays_while_the_store_still_has_the_bytes(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    doomed = saved("a/1.jpg", now)
    files.doom([doomed.pk], now=now)
    monkeypatch.setattr(FileSystemStorage, "delete", lambda self, name: None)
    assert files.drain() == 0
    doomed.refresh_from_db()
    assert doomed.attempts == 1


def test_a_file_that_fails_comes_last_and_keeps_no_other(now: datetime) -> None:
    often, never = an_object("a/1.jpg", created=now, attempts=3), an_object("a/2.jpg", created=now)
    files.doom([often.pk, never.pk], now=now)
    files.drain(limit=1)
    assert list(StoredObject.objects.all()) == [often]


@pytest.fixture
def versioned_bucket(monkeypatch: pytest.MonkeyPatch) -> object:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        bucket = boto3.resource("s3", region_name="eu-west-1").create_bucket(
            Bucket="photos", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        bucket.Versioning().enable()
        monkeypatch.setattr(files, "store", type("Store", (), {"bucket": bucket})())
        yield bucket


@pytest.mark.clauses("P23")
def test_every_version_of_an_object_goes(now: datetime, versioned_bucket: object) -> None:
    bucket = versioned_bucket
    for body in (b"one", b"two"):
        bucket.put_object(Key="a/1.jpg", Body=body)  # type: ignore[attr-defined]
    bucket.Object("a/1.jpg").delete()  # type: ignore[attr-defined]
    bucket.put_object(Key="a/1.jpg.other", Body=b"other")  # type: ignore[attr-defined]
    bucket.Object("a/1.jpg").initiate_multipart_upload()  # type: ignore[attr-defined]
    assert files.remove("a/1.jpg")
    assert [v.object_key for v in bucket.object_versions.all()] == ["a/1.jpg.other"]  # type: ignore[attr-defined]
    assert list(bucket.multipart_uploads.all()) == []  # type: ignore[attr-defined]
