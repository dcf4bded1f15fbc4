"""What the check of the translations sees, and how a catalogue is compiled without gettext."""

import gettext
import re
import shutil
from pathlib import Path

import polib
import pytest

from jkreeft.ops.catalogues import compile_catalogue
from jkreeft.ops.machine import ROOT
from jkreeft.ops.translations import differences, extract, messages_of, problems_of

CATALOGUE = ROOT / "locale/nl/LC_MESSAGES/django.po"


def entry(msgid: str, msgstr: str, **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


def plural(one: str, many: str, *texts: str) -> polib.POEntry:
    return polib.POEntry(msgid=one, msgid_plural=many, msgstr_plural=dict(enumerate(texts)))


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (entry("Photos", ""), "not translated: 'Photos'"),
        (entry("Photos", "Foto's", flags=["fuzzy"]), "fuzzy: 'Photos'"),
        (entry("Photos", "Foto's", obsolete=True), "no longer used: 'Photos'"),
        (entry("Hello %(name)s", "Hallo %(naam)s"), "other placeholders than its source: 'Hello %(name)s'"),
        (entry("Hello {name}", "Hallo"), "other placeholders than its source: 'Hello {name}'"),
        (entry("Hello", "Hallo %s"), "other placeholders than its source: 'Hello'"),
        (plural("%(n)s photo", "%(n)s photos", "%(n)s foto", ""), "not translated: '%(n)s photo'"),
        (
            plural("one photo", "%(n)s photos", "een foto", "%(m)s foto's"),
            "other placeholders than its source: 'one photo'",
        ),
    ],
)
def test_each_kind_of_broken_entry_is_named(broken: polib.POEntry, problem: str) -> None:
    assert list(problems_of([broken])) == [problem]


def test_whole_entries_pass() -> None:
    whole = [
        entry("%(count)s of %(total)s", "%(total)s, waarvan %(count)s"),
        plural("one photo", "%(n)s photos", "een foto", "%(n)s foto's"),
        plural("%(n)s photo", "%(n)s photos", "%(n)s foto", "%(n)s foto's"),
    ]
    assert list(problems_of(whole)) == []


def test_texts_without_a_translation_and_translations_without_a_text_are_both_named() -> None:
    known = messages_of([entry("Old", "Oud"), entry("Same", "Zelfde"), entry("Gone", "Weg", obsolete=True)])
    extracted = messages_of([entry("New", ""), entry("Same", "")])
    assert list(differences(extracted, known)) == ["not in the catalogue: 'New'", "no longer in the code: 'Old'"]


@pytest.mark.skipif(not shutil.which("xgettext"), reason="no gettext here; CI has it")
def test_texts_are_found_in_code_and_templates() -> None:
    found = {message for _, message, _ in extract("nl")}
    assert {"Dutch", "Today"} <= found
    assert len(found) > 100


def test_a_catalogue_is_compiled_in_one_step_and_without_its_fuzzy_texts(tmp_path: Path) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    catalogue.extend([entry("Photos", "Foto's"), entry("Maybe", "Misschien", flags=["fuzzy"])])
    catalogue.append(plural("%d day", "%d days", "%d dag", "%d dagen"))
    catalogue.save(str(tmp_path / "django.po"))
    target = compile_catalogue(tmp_path / "django.po")
    with target.open("rb") as file:
        dutch = gettext.GNUTranslations(file)
    assert [dutch.gettext("Photos"), dutch.gettext("Maybe")] == ["Foto's", "Maybe"]
    assert [dutch.ngettext("%d day", "%d days", n) for n in (1, 2)] == ["%d dag", "%d dagen"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["django.mo", "django.po"]


def test_our_dutch_writes_one_apostrophe() -> None:
    texts = [text for entry in polib.pofile(CATALOGUE) for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert len(texts) > 1000
    assert [text for text in texts if re.search(r"\w's\b", text)] == []
