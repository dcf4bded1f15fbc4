"""The export: everything declared is in it, others are not, a machine reads it back, and it is gone in a week."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import Client as Browser
from django.utils.html import escape

from accounts.roles import Role
from privacy.actions.asking import ask
from privacy.actions.exports import ask_export, make_export, make_waiting
from privacy.actions.requests import NotProven, withdraw_request
from privacy.dossier import exported, sources
from privacy.models import Export, OutgoingMail, RightsRequest, StoredObject
from privacy.people import Person
from privacy.rights.deadlines import EXPORT_CLAIM_LASTS, EXPORT_TRIES
from privacy.rights.exports import write_export
from privacy.sweep import run_sweep
from shop.actions.orders import Buyer
from shop.models import Draft, DraftDetails, Order, OrderFile
from tests.accounts.staff import at_work, browser_of
from tests.galleries.studio import NOW
from tests.journeys.world import IMAGE, World, build_world

from .asking import LIST, asked

pytestmark = pytest.mark.postgres
INSTANT = timedelta(milliseconds=1)
HERS = Person(email="ndl-email@example.org")
RunJobs = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    return build_world()


def exported_of(person: Person, *, portable: bool = False) -> zipfile.ZipFile:
    made = io.BytesIO()
    write_export(made, person, portable=portable, now=NOW)
    return zipfile.ZipFile(made)


def data_of(archive: zipfile.ZipFile) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(archive.read("gegevens.json"))
    return said


def rows_of(said: dict[str, Any], model: str) -> list[dict[str, Any]]:
    return [row for section in said["sections"] if section["model"] == model for row in section["rows"]]


def request_of(person: Person, *, right: str = "access", language: str = "nl") -> RightsRequest:
    said: dict[str, Any] = {"text": "", "email": "", "language": language, "form_token": uuid4(), "now": NOW}
    return ask(person=person, right=right, **said)


@pytest.mark.clauses("P85")
def test_every_declared_field_of_every_row_is_in_the_export(world: World) -> None:
    DraftDetails.objects.create(draft=Draft.objects.get(), viewer_digest="1$x", email=HERS.email, name="ndl-typedname")
    person = Person(email=HERS.email, code_ids=frozenset({world.code.pk}))
    archive = exported_of(person)
    said, page = data_of(archive), archive.read("lees-mij.html").decode()
    found = {section["model"] for section in said["sections"]}
    assert {"shop.Order", "shop.OrderLine", "shop.OrderFile", "shop.Payment", "shop.Draft"} <= found
    for source in sources.known:
        declared = exported(source.model, portable=False)
        for row in rows_of(said, source.model._meta.label):
            assert set(row["values"]) == set(row["ends"]) == set(declared)
        if source.model._meta.label in found:
            assert [str(one.label) for one in declared.values() if escape(str(one.label)) not in page] == []


@pytest.mark.clauses("P85")
def test_it_says_why_on_which_ground_for_whom_and_until_when(world: World) -> None:
    archive = exported_of(HERS)
    section = next(one for one in data_of(archive)["sections"] if one["model"] == "shop.Order")
    name = next(one for one in section["fields"] if one["name"] == "name")
    assert all(name[word] for word in ("label", "category", "purpose", "ground", "role", "recipients"))
    assert section["rows"][0]["ends"]["phone"].startswith("2027-04-19T22:00"), "six months after the order, P43"
    page = archive.read("lees-mij.html").decode()
    assert "autoriteitpersoonsgegevens.nl" in page


def test_nothing_of_anybody_else_is_in_it(world: World) -> None:
    archive = exported_of(HERS)
    everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
    for word in ("ndl-old", "ndl-askname", "ndl-casename", "ndl-rightsname", "ndl-customer", "De Regenboog"):
        assert word not in everything, word


@pytest.mark.clauses("P89")
def test_a_machine_reads_the_portable_export_back(world: World) -> None:
    archive = exported_of(HERS, portable=True)
    said = data_of(archive)
    (row,) = rows_of(said, "shop.Order")
    order = Order.objects.get(pk=world.order.pk)
    names = Buyer.__dataclass_fields__.keys() & row["values"].keys()
    again = Buyer(**{name: row["values"].get(name, "") for name in Buyer.__dataclass_fields__})
    assert {"name", "street", "email", "phone"} <= names
    assert {name: getattr(again, name) for name in names} == {name: getattr(order, name) for name in names}
    tables = [name for name in archive.namelist() if name.endswith("order.csv")]
    (line,) = csv.DictReader(io.StringIO(archive.read(tables[0]).decode()))
    assert {name: line[name] for name in names} == {name: row["values"][name] for name in names}
    files = [place for one in rows_of(said, "shop.OrderFile") for place in one["files"]]
    assert len(files) == OrderFile.objects.filter(line__order=order).count() == 2
    assert {archive.read(place) for place in files} == {IMAGE}


@pytest.mark.clauses("P89")
def test_the_portable_export_leaves_out_what_the_person_did_not_give(world: World) -> None:
    everything, given = data_of(exported_of(HERS)), data_of(exported_of(HERS, portable=True))
    assert (everything["kind"], given["kind"]) == ("access", "portability")
    assert "ndl-provider-ref" in json.dumps(everything)
    assert "ndl-provider-ref" not in json.dumps(given)
    assert "button_text" in rows_of(everything, "shop.Order")[0]["values"]
    assert "button_text" not in rows_of(given, "shop.Order")[0]["values"]
    assert "shop.Payment" not in {section["model"] for section in given["sections"]}


def test_the_data_is_as_its_schema_says(world: World) -> None:
    archive = exported_of(Person(email=HERS.email, code_ids=frozenset({world.code.pk})))
    assert follows(data_of(archive), json.loads(archive.read("schema.json"))) == []


def follows(value: Any, schema: dict[str, Any], where: str = "") -> list[str]:
    """Where a value departs from the part of JSON Schema we use."""
    if "const" in schema or "enum" in schema:
        return [] if value in schema.get("enum", [schema.get("const")]) else [where]
    kinds = {"object": dict, "array": list, "string": str, "null": type(None)}
    said = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not isinstance(value, tuple(kinds[one] for one in said)):
        return [where]
    if isinstance(value, list):
        return [fault for one in value for fault in follows(one, schema["items"], f"{where}[]")]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    if value.keys() != schema["properties"].keys():
        return [where]
    return [fault for key, one in value.items() for fault in follows(one, schema["properties"][key], f"{where}.{key}")]


def test_a_wrong_value_would_be_seen(world: World) -> None:
    archive = exported_of(HERS)
    assert follows({**data_of(archive), "format": "x"}, json.loads(archive.read("schema.json"))) == [".format"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b\\c.jpg", "\x00", "x" * 10])
def test_a_name_stays_inside_its_folder(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = next(one for one in sources.known if one.model is OrderFile)
    monkeypatch.setattr(type(source), "files", None, raising=False)
    object.__setattr__(source, "files", lambda file: [(name, file.stored.name)])
    try:
        places = [one for one in exported_of(HERS).namelist() if one.startswith("files")]
    finally:
        monkeypatch.undo()
    assert len(places) == 2
    assert all(place.count("/") == 1 and "\\" not in place and "\x00" not in place for place in places)


@pytest.mark.clauses("P85", "P89")
def test_it_is_made_in_the_background_and_announced_by_mail(world: World, run_jobs: RunJobs) -> None:
    with run_jobs():
        row = request_of(HERS)
    row.refresh_from_db()
    assert (row.state, row.closed_at) == ("done", NOW)
    export = row.export
    assert (export.made_at, export.is_portable) == (NOW, False)
    mail = OutgoingMail.objects.get(kind="privacy.request_answer", to=HERS.email)
    link = next(word for word in mail.text.split() if "/mijn-gegevens/export/" in word).removeprefix(settings.SITE_URL)
    assert "ndl" not in link
    assert Browser().get(link).status_code == 200
    answer: Any = Browser().post(link)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="mijn-gegevens.zip"'
    content = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "gegevens.json" in archive.namelist()
        assert b"Wat JKreeft.com" in archive.read("lees-mij.html")


@pytest.mark.clauses("P55")
def test_rt19_the_export_is_gone_a_week_after_it_was_made(
    world: World, run_jobs: RunJobs, clock: time_machine.Traveller
) -> None:
    with run_jobs():
        row = request_of(HERS)
    export = Export.objects.get(request=row)
    name = StoredObject.objects.get(pk=export.stored_id).name
    link = OutgoingMail.objects.get(kind="privacy.request_answer", to=HERS.email).text
    path = next(word for word in link.split() if "/export/" in word).removeprefix(settings.SITE_URL)
    end = NOW + timedelta(days=7)
    clock.move_to(end - timedelta(seconds=1))
    run_sweep(now=end - timedelta(microseconds=1))
    assert default_storage.exists(name)
    assert Browser().get(path).status_code == 200
    clock.move_to(end)
    assert Browser().get(path).status_code == 410, "before the night has run"
    run_sweep(now=end)
    assert not default_storage.exists(name)
    assert not Export.objects.filter(pk=export.pk).exists()
    assert RightsRequest.objects.filter(pk=row.pk).exists()


def test_a_job_that_runs_twice_makes_one_export(world: World) -> None:
    export = request_of(HERS).export
    assert make_export(export_id=export.pk, now=NOW)
    assert not make_export(export_id=export.pk, now=NOW)
    assert OutgoingMail.objects.filter(kind="privacy.request_answer", to=HERS.email).count() == 1


def test_what_a_killed_job_left_is_made_by_the_next_one(world: World) -> None:
    export = request_of(HERS).export
    Export.objects.filter(pk=export.pk).update(claimed_at=NOW, attempts=1)
    assert make_waiting(now=NOW + EXPORT_CLAIM_LASTS - timedelta(seconds=1)) == 0
    assert make_waiting(now=NOW + EXPORT_CLAIM_LASTS) == 1


def test_it_is_not_tried_for_ever_and_the_request_stays_open(world: World) -> None:
    row = request_of(HERS)
    Export.objects.filter(request=row).update(attempts=EXPORT_TRIES)
    assert make_waiting(now=NOW) == 0
    row.refresh_from_db()
    assert row.closed_at is None


def test_an_export_that_failed_is_seen_and_started_again_by_its_owner(world: World, run_jobs: RunJobs) -> None:
    browser = browser_of(world.customer)
    browser.post("/mijn-gegevens/recht/access/", {"token": str(uuid4())})
    row = RightsRequest.objects.latest("pk")
    owner, page = at_work(Role.PRIVACY_OWNER), f"{LIST}{row.pk}/"
    sentence = "Het maken van je bestand is mislukt."
    Export.objects.filter(request=row).update(attempts=EXPORT_TRIES, claimed_at=NOW - EXPORT_CLAIM_LASTS)
    assert "laat het daarna opnieuw maken" in owner.get(f"{page}change/").content.decode()
    assert "Bestand opnieuw maken" in owner.get(f"{page}change/").content.decode()
    assert list(owner.get(f"{LIST}?open=failed").context["cl"].result_list) == [row]
    assert sentence in browser.get("/mijn-gegevens/").content.decode()
    with run_jobs():
        owner.post(f"{page}carry-out/")
    row.refresh_from_db()
    assert row.state == "done"
    assert sentence not in browser.get("/mijn-gegevens/").content.decode()


def test_an_export_in_its_last_try_has_not_failed_yet(world: World) -> None:
    row = request_of(HERS)
    Export.objects.filter(request=row).update(attempts=EXPORT_TRIES, claimed_at=NOW - EXPORT_CLAIM_LASTS + INSTANT)
    assert not Export.objects.failed(NOW).exists()
    assert Export.objects.failed(NOW + INSTANT).exists()
    ask_export(request_id=row.pk, now=NOW)
    assert row.export.attempts == EXPORT_TRIES


def test_an_export_that_could_not_be_made_for_a_week_is_still_owed(world: World) -> None:
    export = request_of(HERS).export
    run_sweep(now=NOW + timedelta(days=8))
    assert make_export(export_id=export.pk, now=NOW + timedelta(days=8))


def test_the_bytes_of_a_broken_off_export_are_an_orphan_of_the_night(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = request_of(HERS).export

    def dies(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("privacy.actions.exports._hand_over", dies)
    with pytest.raises(KeyboardInterrupt):
        make_export(export_id=export.pk, now=NOW)
    left = StoredObject.objects.get(name__startswith="export/", attached_at=None)
    assert default_storage.exists(left.name)
    run_sweep(now=NOW + timedelta(hours=25))
    assert not default_storage.exists(left.name)


def test_a_request_taken_back_gets_no_file_and_no_letter(world: World) -> None:
    row = request_of(HERS)
    withdraw_request(request_id=row.pk, by_id=None, now=NOW)
    assert not make_export(export_id=row.export.pk, now=NOW)
    assert not OutgoingMail.objects.filter(kind="privacy.request_answer", to=HERS.email).exists()


def test_a_file_whose_request_is_taken_back_meanwhile_belongs_to_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = request_of(HERS)

    def taken_back(*args: Any, **more: Any) -> int:
        withdraw_request(request_id=row.pk, by_id=None, now=NOW)
        return write_export(*args, **more)

    monkeypatch.setattr("privacy.actions.exports.write_export", taken_back)
    make_export(export_id=row.export.pk, now=NOW)
    left = StoredObject.objects.filter(name__startswith="export/").latest("pk")
    assert left.attached_at is None, "the night takes it as an orphan"
    assert Export.objects.get(request=row).stored_id is None
    assert not OutgoingMail.objects.filter(kind="privacy.request_answer", to=HERS.email).exists()


def test_nobody_is_handed_anything(world: World) -> None:
    row = asked(right="access")
    with pytest.raises(NotProven):
        ask_export(request_id=row.pk, now=NOW)


def test_who_we_know_nothing_of_hears_so(world: World, run_jobs: RunJobs) -> None:
    OutgoingMail.objects.all().delete()
    with run_jobs():
        request_of(Person(code_ids=frozenset({10**9})))
    assert RightsRequest.objects.latest("pk").state == "done"
