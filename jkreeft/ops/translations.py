"""Are the translations complete: nothing fuzzy, missing, out of date or with other placeholders than its source?

With gettext on the machine the texts are extracted anew and compared with the catalogue; CI insists on it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from jkreeft.ops.machine import ROOT

LANGUAGES = ["nl"]  # Message ids are English, so English needs no catalogue.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!{){\w*}(?!})")
SOURCES = ["accounts", "common", "complaints", "galleries", "jkreeft", "privacy", "reviews", "shop", "templates"]

Message = tuple[str | None, str, str]


def problems_of(catalogue: Iterable[polib.POEntry]) -> Iterator[str]:
    """What is wrong inside one catalogue, a line each."""
    for entry in catalogue:
        if entry.obsolete:
            yield f"no longer used: {entry.msgid!r}"
        elif entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif not entry.translated():
            yield f"not translated: {entry.msgid!r}"
        elif not _has_the_same_placeholders(entry):
            yield f"other placeholders than its source: {entry.msgid!r}"


def differences(extracted: set[Message], known: set[Message]) -> Iterator[str]:
    """Texts of the code that the catalogue lacks, and texts it has that the code does not."""
    yield from (f"not in the catalogue: {message[1]!r}" for message in sorted(extracted - known, key=str))
    yield from (f"no longer in the code: {message[1]!r}" for message in sorted(known - extracted, key=str))


def messages_of(catalogue: Iterable[polib.POEntry]) -> set[Message]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


def extract(language: str) -> set[Message]:
    """The texts of the present code, extracted from a copy so that the checkout stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", language, "--verbosity", "0"]
        subprocess.run(command, cwd=copy, check=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": ""})
        return messages_of(polib.pofile(str(copy / "locale" / language / "LC_MESSAGES" / "django.po")))


def check(language: str) -> list[str]:
    source = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    if not source.is_file():
        return [f"there is no catalogue at {source.relative_to(ROOT)}"]
    catalogue = polib.pofile(str(source))
    found = list(problems_of(catalogue))
    if shutil.which("xgettext"):
        found += differences(extract(language), messages_of(catalogue))
    elif os.environ.get("CI") == "true":
        found.append("gettext is missing, so the catalogue could not be compared with the code")
    return found


def _has_the_same_placeholders(entry: polib.POEntry) -> bool:
    """A plural's singular may leave its number out ("one photo")."""
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    allowed_less = set(PLACEHOLDER.findall(entry.msgid)) if entry.msgid_plural else wanted
    return all(allowed_less <= set(PLACEHOLDER.findall(text)) <= wanted for text in texts)


def main() -> int:
    found = [f"{language}: {problem}" for language in LANGUAGES for problem in check(language)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
