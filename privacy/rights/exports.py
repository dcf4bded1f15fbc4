"""What an export says: a page to read, JSON and CSV to read by machine, a schema, and the photos (P85, P89, L2, L8).

Made from the declarations: a field that is declared as part of an export is in it, under its label, with its purpose,
ground, recipients and end. Data about others is not in it: a source gives the rows of one person only. A group photo
is in it as the small marked picture that its holder sees in the gallery, and never among what is taken along.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.translation import gettext

from privacy import files
from privacy.dossier import Entry, Section, dossier, exported
from privacy.people import Person

from .emails import AUTHORITY_URL

FORMAT = "jkreeft-export/1"
PAGE, STYLE, DATA, SCHEMA = "lees-mij.html", "lees-mij.css", "gegevens.json", "schema.json"
_CHUNK = 1024 * 1024
_UNSAFE = re.compile(r"[^\w .,()\-]+")


@dataclass(frozen=True, slots=True)
class Packed:
    """One file in the export: its place there, and in storage."""

    place: str
    stored: str


def write_export(target: IO[bytes], person: Person, *, portable: bool, now: datetime) -> int:
    """Write the ZIP of what we hold about `person` to `target`, in the active language; how many rows it tells of.

    A file whose term ended while we were busy is left out; its row still says that there was one.
    """
    found = dossier(person, now=now, portable=portable)
    # What has no field to take along has no file to take along either.
    sections = [section for section in found if exported(section.source.model, portable=portable)]
    packed = _places(sections)
    body = as_data(sections, packed, portable=portable, now=now)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        archive.writestr(PAGE, _page(sections, packed, portable=portable, now=now))
        archive.writestr(STYLE, render_to_string("privacy/export.css"))
        archive.writestr(DATA, json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        archive.writestr(SCHEMA, json.dumps(_schema(), indent=1))
        for number, section in enumerate(sections, start=1):
            archive.writestr(f"csv/{_table_name(number, section)}.csv", as_csv(section, portable=portable))
        for entry_files in packed.values():
            for one in entry_files:
                _copy(archive, one)
    return sum(len(section.entries) for section in sections)


def as_data(
    sections: list[Section], packed: dict[int, list[Packed]], *, portable: bool, now: datetime
) -> dict[str, Any]:
    """The export as JSON says it."""
    return {
        "format": FORMAT,
        "made_at": now,
        "kind": "portability" if portable else "access",
        "controller": {"name": settings.STUDIO_NAME, "contact": settings.PRIVACY_OWNER_EMAIL},
        "authority": AUTHORITY_URL,
        "sections": [
            {
                "model": section.source.model._meta.label,
                "title": str(section.source.title),
                "fields": _fields(section, portable=portable),
                "rows": [_row(entry, packed) for entry in section.entries],
            }
            for section in sections
        ],
    }


def as_csv(section: Section, *, portable: bool) -> str:
    """One section as a table: since when, until when, and a column for each field, by its name in the schema."""
    names = list(exported(section.source.model, portable=portable))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["since", "until", *names])
    for entry in section.entries:
        values = {fact.field: _plain(fact.value) for fact in entry.facts}
        writer.writerow([_plain(entry.since), _plain(entry.until), *(values[name] for name in names)])
    return out.getvalue()


def _fields(section: Section, *, portable: bool) -> list[dict[str, Any]]:
    """Why we hold each field, for whom, on which ground: what art. 15(1) GDPR asks beside the data itself."""
    return [
        {
            "name": name,
            "label": str(said.label),
            "category": str(said.category.label),
            "purpose": str(said.purpose.label),
            "ground": str(said.basis.label),
            "role": str(said.role.label),
            "recipients": [str(one.label) for one in said.recipients],
        }
        for name, said in exported(section.source.model, portable=portable).items()
    ]


def _row(entry: Entry, packed: dict[int, list[Packed]]) -> dict[str, Any]:
    return {
        "since": entry.since,
        "until": entry.until,
        "values": {fact.field: fact.value for fact in entry.facts},
        "ends": {fact.field: fact.until for fact in entry.facts},
        "files": [one.place for one in packed.get(id(entry), [])],
    }


def _places(sections: Iterable[Section]) -> dict[int, list[Packed]]:
    """Where each file of each entry lies in the export: numbered, so that two of one name do not meet."""
    packed: dict[int, list[Packed]] = {}
    number = 0
    for section in sections:
        for entry in section.entries:
            for name, stored in entry.files:
                number += 1
                place = f"files/{number:03d} {_UNSAFE.sub('', name).strip() or 'file'}"
                packed.setdefault(id(entry), []).append(Packed(place, stored))
    return packed


def _copy(archive: zipfile.ZipFile, one: Packed) -> None:
    """Photos do not shrink: they go in as they are, a piece at a time."""
    try:
        source = files.store.open(one.stored)
    except FileNotFoundError:
        return
    info = zipfile.ZipInfo(one.place)
    with source, archive.open(info, "w", force_zip64=True) as inside:
        for chunk in iter(lambda: source.read(_CHUNK), b""):
            inside.write(chunk)


def _page(sections: list[Section], packed: dict[int, list[Packed]], *, portable: bool, now: datetime) -> str:
    tables = [
        {
            "title": section.source.title,
            "entries": [
                {"entry": entry, "facts": entry.facts, "files": packed.get(id(entry), [])} for entry in section.entries
            ],
            "uses": _uses(section, portable=portable),
        }
        for section in sections
    ]
    context = {"tables": tables, "portable": portable, "now": now, "authority_url": AUTHORITY_URL}
    studio = {"name": settings.STUDIO_NAME, "place": settings.STUDIO_PLACE, "email": settings.PRIVACY_OWNER_EMAIL}
    return render_to_string("privacy/export.html", {**context, "studio": studio})


def _uses(section: Section, *, portable: bool) -> list[tuple[str, str, str]]:
    """Purpose, ground and recipients of a section, each combination once."""
    said = exported(section.source.model, portable=portable).values()
    rows = {
        (
            str(one.purpose.label),
            str(one.basis.label),
            ", ".join(str(recipient.label) for recipient in one.recipients) or gettext("nobody else"),
        )
        for one in said
    }
    return sorted(rows)


def _table_name(number: int, section: Section) -> str:
    return f"{number:02d}-{section.source.model._meta.model_name}"


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).strip('"')


def _schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of `gegevens.json`."""
    moment = {"type": ["string", "null"], "description": "ISO 8601"}
    text = {"type": "string"}
    words = ("name", "label", "category", "purpose", "ground", "role")
    field = {**dict.fromkeys(words, text), "recipients": {"type": "array", "items": text}}
    row = {
        "since": moment,
        "until": moment,
        "values": {"type": "object"},
        "ends": {"type": "object", "additionalProperties": moment},
        "files": {"type": "array", "items": text},
    }
    section = {
        "model": text,
        "title": text,
        "fields": {"type": "array", "items": _object(field)},
        "rows": {"type": "array", "items": _object(row)},
    }
    top = {
        "format": {"const": FORMAT},
        "made_at": moment,
        "kind": {"enum": ["access", "portability"]},
        "controller": _object({"name": text, "contact": text}),
        "authority": text,
        "sections": {"type": "array", "items": _object(section)},
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_object(top)}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
