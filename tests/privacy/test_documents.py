"""Versions: what is frozen is what the software would say today, and what went out never changes."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from common.periods import Period
from privacy import archive, drafting, wordings
from privacy.checks import check_documents, ground_errors
from privacy.documents import DOCUMENTS, KEEP_LONGER, MARKETING, STATEMENT, TERMS, WRITTEN, Document, Version
from privacy.registry import Registry, registry

DAY = date(2027, 1, 1)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of texts of our own, with the present ones in it."""
    for path in archive.FOLDER.rglob("*.*"):
        copy = tmp_path / "texts" / path.relative_to(archive.FOLDER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(archive, "FOLDER", tmp_path / "texts")
    return tmp_path / "texts"


@pytest.fixture
def longer_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody keeps the phone number for a year, and tells nobody."""
    monkeypatch.setitem(registry.rules, "RT07", replace(registry.rules["RT07"], period=Period(months=12)))


def with_version(monkeypatch: pytest.MonkeyPatch, document: Document, number: str) -> Document:
    """`document` with one version more."""
    newer = replace(
        document, versions=(Version(number=number, effective=DAY, changed=DAY, news="x"), *document.versions)
    )
    monkeypatch.setitem(DOCUMENTS, document.key, newer)
    return newer


@pytest.mark.clauses("P94", "P03", "P79")
def test_every_document_says_what_the_software_does_today() -> None:
    """When this fails: `manage.py statement --freeze` (docs/documents.md)."""
    assert list(archive.drift()) == []
    assert check_documents(None) == []


@pytest.mark.clauses("P94")
def test_a_changed_term_without_a_moved_version_fails_the_checks(longer_phone: None) -> None:
    found = [error.msg for error in check_documents(None)]
    assert f"statement {STATEMENT.current.number} (nl) reads differently today." in found
    assert f"statement {STATEMENT.current.number} (en) reads differently today." in found


@pytest.mark.clauses("P30", "P94")
def test_changed_words_of_a_consent_fail_the_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    words = wordings.wording_of("keep_longer")
    assert words is not None
    monkeypatch.setitem(wordings._wordings, "keep_longer", replace(words, sentences=("I agree to everything.",)))
    assert f"keep_longer {KEEP_LONGER.current.number} (en) reads differently today" in list(archive.drift())


def test_a_version_in_the_making_is_frozen_again(shelf: Path, longer_phone: None) -> None:
    call_command("statement", "--freeze")
    assert list(archive.drift()) == []
    assert (
        "Salutation and phone number go 1 year after your order."
        in (shelf / "statement" / f"{STATEMENT.current.number}.en.html").read_text()
    )


def test_a_published_version_is_never_frozen_again(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    call_command("statement", "--publish")
    before = archive.digest(STATEMENT, STATEMENT.current.number)
    request.getfixturevalue("longer_phone")
    with pytest.raises(CommandError, match="published"):
        call_command("statement", "--freeze")
    assert archive.digest(STATEMENT, STATEMENT.current.number) == before

    with_version(monkeypatch, STATEMENT, "2027-01")
    call_command("statement", "--freeze")
    assert list(archive.drift()) == []
    assert archive.digest(STATEMENT, STATEMENT.current.number) == before


def test_a_sealed_text_that_was_touched_is_found(shelf: Path) -> None:
    sealed = shelf / "terms" / "2026-11.en.html"
    sealed.write_text(sealed.read_text().replace("21 days", "30 days"))
    assert "terms/2026-11 was published and no longer says what it said" in list(archive.drift())
    sealed.unlink()
    assert "terms/2026-11 was published and no longer says what it said" in list(archive.drift())


def test_an_earlier_version_that_never_went_out_is_found(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_version(monkeypatch, TERMS, "2027-01")
    call = list(archive.drift())
    assert f"terms/{TERMS.current.number} is an earlier version and was never published" in call
    assert "terms 2027-01 (nl) reads differently today" in call, "it is not frozen at all"


def test_publishing_seals_what_is_new_and_says_so(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("statement", "--publish")
    said = capsys.readouterr().out
    assert f"published statement/{STATEMENT.current.number}" in said
    assert archive.is_published(STATEMENT, STATEMENT.current)
    assert json.loads((shelf / "sealed.json").read_text())["statement/2026-11"] == archive.digest(STATEMENT, "2026-11")
    call_command("statement", "--publish")
    assert "published" not in capsys.readouterr().out


def test_nothing_is_published_while_a_text_is_out_of_date(shelf: Path, longer_phone: None) -> None:
    with pytest.raises(CommandError, match="reads differently today"):
        call_command("statement", "--publish")
    assert not archive.is_published(STATEMENT, STATEMENT.current)


@pytest.mark.clauses("P59")
def test_the_statement_names_exactly_the_consents_that_declarations_rest_on() -> None:
    for language in drafting.LANGUAGES:
        text = archive.frozen(STATEMENT, STATEMENT.current.number, language) or ""
        assert set(re.findall(r'data-consent="([^"]+)"', text)) == drafting.consents_of(registry)
    assert "galleries.keep_longer" in drafting.consents_of(registry)


@pytest.mark.clauses("P59")
def test_a_consent_without_words_fails_the_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(wordings._wordings, "keep_longer")
    assert [error.id for error in ground_errors(registry)] == ["privacy.E014"]


@pytest.mark.clauses("P41")
def test_an_interest_that_nobody_weighed_fails_the_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(ground_errors(registry)) == []
    used = drafting.interests.rests_on_interest(registry)
    monkeypatch.delitem(drafting.interests.INTERESTS, min(used))
    assert [error.id for error in ground_errors(registry)] == ["privacy.E015"]


@pytest.mark.clauses("P41")
def test_the_statement_weighs_every_interest_a_field_rests_on() -> None:
    for language in drafting.LANGUAGES:
        text = archive.frozen(STATEMENT, STATEMENT.current.number, language) or ""
        assert set(re.findall(r'data-purpose="([^"]+)"', text)) == drafting.interests.rests_on_interest(registry)


def test_no_declarations_make_an_empty_statement() -> None:
    text = drafting.draft(STATEMENT, "en", Registry()) or ""
    assert "data-consent" not in text
    assert "data-rule" not in text


def test_both_languages_have_the_same_sections_clauses_and_links() -> None:
    for document in WRITTEN:
        dutch, english = (archive.frozen(document, document.current.number, code) or "" for code in ("nl", "en"))
        for pattern in (r'id="([^"]+)"', r'data-clauses="([^"]+)"', r'href="([^"]+)"', r"<(h2|li|tr)\b"):
            assert re.findall(pattern, dutch) == re.findall(pattern, english), (document.key, pattern)


def test_wordings_without_a_form_have_no_text() -> None:
    with translation.override("en"):
        assert (drafting.draft(MARKETING, "en") or "").startswith("<p>I do not want mail")
    silent = [key for key in ("account", "review") if wordings.wording_of(key) is None]
    assert all(drafting.draft(DOCUMENTS[key], "en") is None for key in silent)
