from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from common.periods import Bound, Period, due
from galleries import render_pool
from galleries.actions import create_group, create_subject, publish_assignment
from galleries.actions.importing import ImportRunning, Manifest, import_shoot
from galleries.actions.storing import folders_of
from galleries.intake import Reason
from galleries.models import Assignment, Group, LoginCode, Photo, Rendition, Subject, Tombstone
from galleries.renditions import Refusal
from privacy import erasure, files
from privacy.models import StoredObject, SweepLease
from tests.galleries.cameras import NEEDLE, corners, held, noise, resized_header, saved, shoot, talkative
from tests.galleries.studio import NOW, Studio, open_studio

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty() -> Studio:
    """An assignment with three subjects in two groups, and no photo yet."""
    return open_studio()


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return shoot(
        tmp_path / "card",
        {
            "1/a.jpg": talkative(),
            "1/b.jpg": held(corners(), 8),
            "2/c.jpg": saved(noise((300, 200))),
            "groep-3B/d.jpg": saved(noise((320, 200), seed=1)),
        },
    )


def run(studio: Studio, folder: Path, *, now: datetime = NOW, **options: object) -> Manifest:
    return import_shoot(assignment_id=studio.assignment.pk, folder=folder, jobs=1, clock=lambda: now, **options)  # type: ignore[arg-type]


def stored_files() -> set[str]:
    root = Path(default_storage.path(""))
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def pointed_at() -> set[str]:
    originals = set(Photo.objects.values_list("original__name", flat=True))
    return originals | set(Rendition.objects.values_list("stored__name", flat=True))


def assert_files_and_rows_agree() -> None:
    assert stored_files() == pointed_at()
    assert set(StoredObject.objects.filter(attached_at__isnull=False).values_list("name", flat=True)) == pointed_at()


def erase(photo: Photo, *, now: datetime = NOW) -> None:
    erasure.erase(Photo, [photo.pk], reason="erasure", now=now)
    files.drain()


def test_a_folder_becomes_photos_of_its_subjects_and_groups(empty: Studio, card: Path) -> None:
    manifest = run(empty, card)
    assert manifest.found == 4
    assert manifest.imported == ["1/a.jpg", "1/b.jpg", "2/c.jpg", "groep-3B/d.jpg"]
    assert [(p.subject_id, p.group_id) for p in Photo.objects.order_by("pk")] == [
        (empty.anna.pk, None),
        (empty.anna.pk, None),
        (empty.bram.pk, None),
        (None, empty.group.pk),
    ]
    first = Photo.objects.earliest("pk")
    assert (first.width, first.height, first.uploaded_at) == (400, 600, NOW)
    assert (first.available_from, first.expires_at) == (None, None)
    assert_files_and_rows_agree()


def test_the_original_is_kept_as_it_was_and_the_renditions_tell_nothing(empty: Studio, card: Path) -> None:
    run(empty, card)
    first = Photo.objects.earliest("pk")
    with default_storage.open(first.original.name) as original:
        assert original.read() == (card / "1/a.jpg").read_bytes()
    for name in (first.thumbnail_name, first.preview_name):
        with default_storage.open(name) as rendition:
            assert NEEDLE not in rendition.read()
    assert not any(name.endswith("/a.jpg") for name in stored_files())
    assert not any(str(empty.assignment.pk) == part for name in stored_files() for part in name.split("/"))


def test_subjects_and_groups_that_are_not_there_yet_are_made(empty: Studio, tmp_path: Path) -> None:
    folder = shoot(tmp_path / "card", {"0099/a.jpg": saved(corners()), "groep-Team/b.jpg": saved(noise((64, 64)))})
    run(empty, folder)
    subject, group = Subject.objects.get(number="0099"), Group.objects.get(name="Team")
    assert {(p.subject, p.group) for p in Photo.objects.all()} == {(subject, None), (None, group)}
    assert (subject.emptied_at, group.emptied_at) == (None, None), "they go with their photos now, not before"


def test_whoever_waited_for_photos_waits_no_more(empty: Studio, card: Path) -> None:
    run(empty, card)
    waiting = set(Subject.objects.filter(emptied_at__isnull=False).values_list("number", flat=True))
    assert waiting == {"3"}, "1 and 2 are on a photo; nobody of 4A is"
    assert set(Group.objects.filter(emptied_at__isnull=False).values_list("name", flat=True)) == {"4A"}


def test_running_twice_imports_nothing_twice(empty: Studio, card: Path) -> None:
    run(empty, card)
    before = set(Photo.objects.values_list("pk", flat=True))
    again = run(empty, card)
    assert (again.imported, len(again.duplicates), again.found) == ([], 4, 4)
    assert set(Photo.objects.values_list("pk", flat=True)) == before
    assert_files_and_rows_agree()


def test_the_same_file_under_two_names_becomes_one_photo(empty: Studio, tmp_path: Path) -> None:
    data = saved(corners())
    manifest = run(empty, shoot(tmp_path / "card", {"1/a.jpg": data, "1/b.jpg": data, "2/c.jpg": data}))
    assert (manifest.imported, sorted(manifest.duplicates)) == (["1/a.jpg"], ["1/b.jpg", "2/c.jpg"])
    files.drain()
    assert_files_and_rows_agree()


def test_the_same_file_may_be_a_photo_in_two_assignments(empty: Studio, card: Path) -> None:
    other = open_studio()
    run(empty, card)
    assert len(run(other, card).imported) == 4
    digests = list(Photo.objects.values_list("content_digest", flat=True))
    assert len(set(digests)) == 8, "nobody can tell from the digests that they are the same"


def test_what_was_deleted_is_not_brought_back(empty: Studio, card: Path) -> None:
    run(empty, card)
    erase(Photo.objects.earliest("pk"))
    again = run(empty, card)
    assert (again.imported, again.deleted) == ([], ["1/a.jpg"])
    assert Photo.objects.count() == 3
    (card / "1" / "a.jpg").rename(card / "2" / "other-name.jpg")
    assert run(empty, card).deleted == ["2/other-name.jpg"]
    assert_files_and_rows_agree()


def test_a_tombstone_holds_after_a_key_rotation(empty: Studio, card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(empty, card)
    erase(Photo.objects.earliest("pk"))
    newer = "2:" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU="
    monkeypatch.setattr(settings, "DIGEST_KEYS", f"{settings.DIGEST_KEYS},{newer}")
    again = run(empty, card)
    assert (len(again.deleted), len(again.duplicates), again.imported) == (1, 3, [])


def test_new_photos_keep_the_tombstones_of_an_assignment_that_was_empty(empty: Studio, tmp_path: Path) -> None:
    run(empty, shoot(tmp_path / "card", {"1/a.jpg": saved(corners())}))
    erase(Photo.objects.get())
    assert Tombstone.objects.get().emptied_at == NOW
    run(empty, shoot(tmp_path / "card", {"1/b.jpg": saved(noise((64, 64)))}))
    assert Tombstone.objects.get().emptied_at is None


def test_bad_files_are_refused_by_name_and_the_rest_goes_on(empty: Studio, tmp_path: Path) -> None:
    good = saved(noise((640, 480)))
    folder = shoot(
        tmp_path / "card",
        {
            "1/good.jpg": good,
            "1/text.jpg": b"not a picture at all",
            "1/cut.jpg": good[: len(good) // 2],
            "1/closed.jpg": good[: len(good) // 2] + b"\xff\xd9",
            "1/bomb.jpg": resized_header(saved(corners((64, 64))), 65000, 65000),
            "1/slow-bomb.jpg": resized_header(saved(corners((64, 64)), progressive=True), 12000, 8000),
            "1/empty.jpg": b"",
            "2/last.jpg": saved(corners()),
        },
    )
    manifest = run(empty, folder)
    assert manifest.imported == ["1/good.jpg", "2/last.jpg"]
    assert dict(manifest.refused) == {
        "1/text.jpg": Refusal.NOT_JPEG,
        "1/cut.jpg": Refusal.TRUNCATED,
        "1/closed.jpg": Refusal.TRUNCATED,
        "1/bomb.jpg": Refusal.TOO_LARGE,
        "1/slow-bomb.jpg": Refusal.TOO_LARGE,
        "1/empty.jpg": Refusal.EMPTY,
    }
    assert_files_and_rows_agree()


def test_a_worker_that_dies_costs_its_own_file_only(empty: Studio, card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = render_pool._Worker.render
    killed: list[Path] = []

    def killing(worker: render_pool._Worker, path: Path) -> object:
        if path.name == "b.jpg" and not killed:
            worker.process.kill()
            worker.process.wait()
            killed.append(path)
        return plain(worker, path)

    monkeypatch.setattr(render_pool._Worker, "render", killing)
    manifest = run(empty, card)
    assert manifest.refused == [("1/b.jpg", Refusal.DAMAGED)]
    assert len(manifest.imported) == 3
    assert run(empty, card).imported == ["1/b.jpg"]


def test_a_worker_that_hangs_is_given_up(empty: Studio, card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render_pool, "SECONDS_PER_FILE", 0)
    assert {reason for _, reason in run(empty, card).refused} == {Refusal.TOO_SLOW}


def while_rendering(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[Path], object]) -> None:
    """Do something in the moment between the rendering of one file and the writing of its photo."""
    plain = files.register

    def registering(names: list[str], *, now: datetime) -> list[StoredObject]:
        stored = plain(names, now=now)
        act(Path(name))
        return stored

    monkeypatch.setattr(files, "register", registering)


def test_a_subject_removed_meanwhile_is_not_made_again(
    empty: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shoot(tmp_path / "card", {"1/a.jpg": saved(corners())})
    while_rendering(monkeypatch, "a.jpg", lambda _: Subject.objects.filter(number="1").delete())
    assert run(empty, folder).refused == [("1/a.jpg", Reason.GONE)]
    assert not Subject.objects.filter(number="1").exists()
    files.drain()
    assert_files_and_rows_agree()
    assert StoredObject.objects.count() == 0


def test_an_assignment_removed_meanwhile_gets_no_photos(
    empty: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shoot(tmp_path / "card", {"1/a.jpg": saved(corners()), "groep-3B/b.jpg": saved(noise((64, 64)))})
    while_rendering(monkeypatch, "a.jpg", lambda _: Assignment.objects.all().delete())
    assert {reason for _, reason in run(empty, folder).refused} == {Reason.GONE}
    files.drain()
    assert stored_files() == set()


def test_files_tidied_away_meanwhile_make_no_photo(
    empty: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shoot(tmp_path / "card", {"1/a.jpg": saved(corners())})
    while_rendering(monkeypatch, "a.jpg", lambda _: StoredObject.objects.update(doomed_at=NOW))
    assert run(empty, folder).refused == [("1/a.jpg", Reason.GONE)]
    assert Photo.objects.count() == 0


def test_a_file_that_changed_while_it_was_rendered_is_refused(
    empty: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shoot(tmp_path / "card", {"1/a.jpg": saved(corners())})
    plain = render_pool.RenderPool._render

    def changing(pool: render_pool.RenderPool, path: Path) -> object:
        made = plain(pool, path)
        path.write_bytes(saved(noise((64, 64))))
        return made

    monkeypatch.setattr(render_pool.RenderPool, "_render", changing)
    assert run(empty, folder).refused == [("1/a.jpg", Reason.CHANGED)]
    assert Photo.objects.count() == 0


def test_late_photos_of_a_published_assignment_are_online_for_their_own_whole_month(
    empty: Studio, card: Path, tmp_path: Path
) -> None:
    run(empty, card)
    publish_assignment(assignment_id=empty.assignment.pk, by=empty.staff, now=NOW)
    revision = Assignment.objects.get().revision
    later = NOW + timedelta(days=20)
    run(empty, shoot(tmp_path / "late", {"3/late.jpg": saved(noise((64, 64), seed=9))}), now=later)
    late = Photo.objects.latest("pk")
    assert late.available_from == later
    assert late.expires_at == due(later, Period(months=1), Bound.AT_LEAST)
    assert LoginCode.objects.get(subject=empty.chris).expires_at == late.expires_at
    assert Assignment.objects.get().revision > revision
    assert Photo.objects.earliest("pk").available_from == NOW


def test_each_photo_has_the_moment_at_which_it_was_imported(empty: Studio, card: Path) -> None:
    moments = iter(NOW + timedelta(minutes=minute) for minute in range(100))
    import_shoot(assignment_id=empty.assignment.pk, folder=card, jobs=1, clock=lambda: next(moments))
    uploaded = list(Photo.objects.order_by("pk").values_list("uploaded_at", flat=True))
    assert uploaded == sorted(set(uploaded))


def test_what_a_killed_import_left_behind_is_cleared_by_the_next(empty: Studio, card: Path) -> None:
    folder = folders_of(empty.assignment)[0]
    (orphan,) = files.register([files.new_name(folder, ".jpg")], now=NOW)
    (foreign,) = files.register([files.new_name("elsewhere", ".jpg")], now=NOW)
    for one in (orphan, foreign):
        (Path(default_storage.path(one.name)).parent).mkdir(parents=True, exist_ok=True)
        Path(default_storage.path(one.name)).write_bytes(b"half")
    run(empty, card)
    files.drain()
    assert not default_storage.exists(orphan.name)
    assert default_storage.exists(foreign.name), "somebody else may be writing it"


def test_two_imports_of_one_assignment_do_not_run_at_once(empty: Studio, card: Path) -> None:
    elsewhere = SweepLease.objects.create(
        name=f"import-{empty.assignment.pk}", holder="another-machine:1:abcd", until=NOW + timedelta(minutes=5)
    )
    with pytest.raises(ImportRunning):
        run(empty, card, wall=lambda: NOW)
    assert not Photo.objects.exists()
    assert len(run(empty, card, wall=lambda: elsewhere.until).imported) == 4, "the other machine was silent too long"
    elsewhere.refresh_from_db()
    assert elsewhere.holder == "", "given back, so that the next import need not wait"


def test_an_import_that_was_taken_over_stops(empty: Studio, card: Path) -> None:
    times = iter([NOW, NOW + timedelta(minutes=6)])

    def wall() -> datetime:
        SweepLease.objects.filter(name__startswith="import-").update(holder="another-machine:1:abcd")
        return next(times)

    with pytest.raises(ImportRunning):
        run(empty, card, wall=wall)
    assert not Photo.objects.exists()
    assert SweepLease.objects.get(name__startswith="import-").holder == "another-machine:1:abcd"


def test_progress_is_told_file_by_file(empty: Studio, card: Path) -> None:
    told: list[tuple[int, int, str, str]] = []
    run(empty, card, report=lambda *step: told.append(step))
    assert [step[:3] for step in told] == [
        (1, 4, "1/a.jpg"),
        (2, 4, "1/b.jpg"),
        (3, 4, "2/c.jpg"),
        (4, 4, "groep-3B/d.jpg"),
    ]


def test_a_subject_of_staff_is_used_and_not_doubled(empty: Studio, card: Path) -> None:
    create_subject(assignment_id=empty.assignment.pk, number="9", now=NOW)
    create_group(assignment_id=empty.assignment.pk, name="9Z", now=NOW)
    run(empty, shoot(card, {"9/x.jpg": saved(noise((50, 50))), "groep-9Z/y.jpg": saved(noise((51, 50)))}))
    assert Subject.objects.filter(number="9").count() == 1
    assert Group.objects.filter(name="9Z").count() == 1
