"""No template says anything that is not in the catalogue: what is visible is translated, whatever the language."""

import re
from pathlib import Path

import pytest

from jkreeft.ops.machine import ROOT

# What no reader sees as it stands: what a translation passes through, comments, and the name of a style.
TRANSLATED = re.compile(
    r"""\{%\s*blocktranslate\b.*?endblocktranslate\s*%\} | \{%\s*comment\b.*?endcomment\s*%\}
    | \{%\s*block\ bodyclass\b.*?endblock.*?%\} | <!--.*?--> | \{\#.*?\#\}""",
    re.DOTALL | re.VERBOSE,
)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# An address is read the same everywhere.
ADDRESSES = re.compile(r"(https?://)?(www\.)?autoriteitpersoonsgegevens\.nl")
ELEMENTS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
ENTITIES = re.compile(r"&#?\w+;")
WORD = re.compile(r"[^\W\d_]{2,}")
# Names are the same in every language, and so are units.
SAME_EVERYWHERE = {"JKreeft", "com", "IBAN", "PDF", "ZIP", "JSON", "CSV", "px", "KvK", "AVG", "GDPR", "Atom"}
# The page shown when nothing works speaks both languages at once; a language is called by its own name.
BOTH = {ROOT / "templates" / "500.html", ROOT / "templates" / "components" / "_language.html"}
EVERY = {*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")}
# A document is written as a whole in each language.
DOCUMENTS = {path for path in EVERY if path.suffixes[:-1] in ([".nl"], [".en"])}
TEMPLATES = sorted(EVERY - BOTH - DOCUMENTS)


def words_outside(text: str) -> set[str]:
    """The words a reader sees that no translation passes through."""
    for pattern in (TRANSLATED, TAGS, ELEMENTS, ADDRESSES, ENTITIES):
        text = pattern.sub(" ", text)
    return set(WORD.findall(text)) - SAME_EVERYWHERE


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_untranslated(template: Path) -> None:
    assert words_outside(template.read_text()) == set()


def test_a_document_stands_there_in_both_languages() -> None:
    stems = [
        {path.with_suffix("").with_suffix("") for path in DOCUMENTS if lang in path.suffixes} for lang in (".nl", ".en")
    ]
    assert stems[0] == stems[1]


def test_a_bare_word_is_found_and_a_translated_one_is_not() -> None:
    text = '<p title="x">{% translate "Hello" %} {{ name }} Goodbye</p>{% blocktranslate %}there{% endblocktranslate %}'
    assert words_outside(text) == {"Goodbye"}
