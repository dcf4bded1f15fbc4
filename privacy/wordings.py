"""The words people agree to, told by the apps whose forms show them (`<app>/agreements.py`).

Each wording is a document with versions (`documents.WORDINGS`), so that a consent can be shown with the very words it
was given to (P30), and so that changed words without a moved version are found (P94). A consent that is a legal basis
is named by its key in the declarations ("galleries.keep_longer"); the statement names exactly those (P59).
"""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from .declarations import Label
from .documents import WORDINGS, Document


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The sentences of one form that somebody agrees to, in the order in which they stand there.

    `consent` is the consent that these words ask for, as the declarations name it; "" when they ask for none.
    `activity` says in the public statement what is done with that consent, `withdrawal` how to take it back.
    """

    document: Document
    sentences: tuple[Label, ...]
    consent: str = ""
    activity: Label = ""
    withdrawal: Label = ""


_wordings: dict[str, Wording] = {}


def register(wording: Wording) -> None:
    """Add the words of a form, once per document."""
    if wording.document not in WORDINGS or wording.document.key in _wordings:
        raise ImproperlyConfigured(f"The words of {wording.document.key} are registered twice, or are no wording.")
    if wording.consent and not (wording.activity and wording.withdrawal):
        raise ImproperlyConfigured(f"{wording.consent} does not say what for, or how it is withdrawn.")
    _wordings[wording.document.key] = wording


def wording_of(key: str) -> Wording | None:
    """The words registered for a document, if its app is there."""
    return _wordings.get(key)


def consents() -> list[Wording]:
    """The wordings that ask for a consent, by its key."""
    return sorted((wording for wording in _wordings.values() if wording.consent), key=lambda wording: wording.consent)
