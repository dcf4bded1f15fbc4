"""What each document says today: the written texts with tables made from declarations and rules, and the words of the
forms. `archive.py` freezes it."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from . import interests, wordings
from .declarations import Basis, Personal
from .documents import STATEMENT, STATEMENT_SINCE, Document
from .registry import Registry, registry
from .statement import Terms, retention_rows, use_rows

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What differs between sites stays a token in the frozen text, so that a version says the same everywhere.
_TOKENS = ("name", "place", "email", "phone", "privacy_owner", "privacy_email", "hosts")


def draft(document: Document, language: str, known: Registry = registry) -> str | None:
    """The text of `document` as it would be frozen now; None for words that no form shows yet."""
    with translation.override(language):
        if document.page:
            html = render_to_string(f"privacy/texts/{document.key}.{language}.html", _facts(document, known))
        else:
            wording = wordings.wording_of(document.key)
            if wording is None:
                return None
            html = render_to_string("privacy/texts/_wording.html", {"sentences": wording.sentences})
    # One line per row, so that two branches that each add one do not meet.
    return "\n".join(line.strip() for line in html.splitlines() if line.strip()) + "\n"


def _facts(document: Document, known: Registry) -> dict[str, Any]:
    facts: dict[str, Any] = {"terms": Terms(known), "studio": {name: f"[[{name}]]" for name in _TOKENS}}
    if document.key == STATEMENT.key:
        facts |= {
            "since": STATEMENT_SINCE,
            "retention": retention_rows(known),
            "uses": use_rows(known),
            "interests": interests.weighed(known),
            "consents": [wording for wording in wordings.consents() if wording.consent in consents_of(known)],
        }
    return facts


def consents_of(known: Registry) -> set[str]:
    """The consents on which the declarations rest something (P59)."""
    return {
        said.consent
        for fields in known.declarations.values()
        for said in fields.values()
        if isinstance(said, Personal) and said.basis == Basis.CONSENT
    }
