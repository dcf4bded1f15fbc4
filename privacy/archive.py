"""What each version of each document says, frozen in `privacy/texts/<document>/<version>.<language>.html`.

The pages show what is frozen, so what was in force on a day can always be read again. `drift` compares the newest
version with what the templates, declarations and rules of today would say: a changed term without a moved version fails
the checks (P94). A version that is published is sealed by a digest (`sealed.json`) and never frozen again.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .documents import DOCUMENTS, Document, Version
from .drafting import LANGUAGES, draft

FOLDER = Path(__file__).parent / "texts"
# The contact form belongs to an app above this one, so its address has no name here; a test follows the link.
_CONTACT = "/contact/"
# A name somebody can visit: not "*", no number of a machine.
_NAME = re.compile(r"[a-z]\.[a-z]", re.IGNORECASE)
_TOKEN = re.compile(r"\[\[(\w+)\]\]")


class Sealed(Exception):
    """A published version cannot be frozen again: the text changed, so its version moves (`documents.py`)."""


def file_of(document: Document, number: str, language: str) -> Path:
    """Where the text of one version in one language lies."""
    return FOLDER / document.key / f"{number}.{language}.html"


def frozen(document: Document, number: str, language: str) -> str | None:
    """The text as it was frozen, with tokens in place of what differs between sites; None when it never was."""
    path = file_of(document, number, language)
    return path.read_text(encoding="utf-8") if path.is_file() else None


def shown(document: Document, number: str, language: str) -> SafeString | None:
    """The text as a page shows it: English for any language but Dutch, the facts of this site filled in."""
    text = frozen(document, number, language if language in LANGUAGES else "en")
    # The files are rendered by our own templates, which escape; what is filled in is escaped here.
    return None if text is None else mark_safe(_TOKEN.sub(_fact, text))  # noqa: S308


def freeze(document: Document) -> list[Path]:
    """Write the newest version as it reads today, in both languages; what changed. Raises `Sealed`."""
    number, changed = document.current.number, []
    for language in LANGUAGES:
        text = draft(document, language)
        if text is None or text == frozen(document, number, language):
            continue
        if seal_name(document, number) in seals():
            raise Sealed(f"{document.key} {number}")
        path = file_of(document, number, language)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        changed.append(path)
    return changed


def publish() -> list[str]:
    """Seal the newest version of every document that is not sealed yet; their names ("terms/2026-11")."""
    sealed, fresh = seals(), []
    for document in DOCUMENTS.values():
        name = seal_name(document, document.current.number)
        if name not in sealed and is_frozen(document, document.current):
            sealed[name] = digest(document, document.current.number)
            fresh.append(name)
    _seals_file().write_text(json.dumps(sealed, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return fresh


def is_published(document: Document, version: Version) -> bool:
    """Whether this version went out and can no longer change."""
    return seal_name(document, version.number) in seals()


def is_frozen(document: Document, version: Version) -> bool:
    """Whether the text of this version is there to read."""
    return all(file_of(document, version.number, language).is_file() for language in LANGUAGES)


def drift() -> Iterator[str]:
    """What is wrong: texts that changed without their version, and versions that changed after they were sealed."""
    sealed = seals()
    for document in DOCUMENTS.values():
        for version in document.versions:
            name = seal_name(document, version.number)
            if name in sealed and (
                not is_frozen(document, version) or digest(document, version.number) != sealed[name]
            ):
                yield f"{name} was published and no longer says what it said"
            elif name not in sealed and version is not document.current:
                yield f"{name} is an earlier version and was never published"
        for language in LANGUAGES:
            text = draft(document, language)
            if text is not None and text != frozen(document, document.current.number, language):
                yield f"{document.key} {document.current.number} ({language}) reads differently today"


def digest(document: Document, number: str) -> str:
    """One digest over the text of a version in all languages."""
    texts = [frozen(document, number, language) or "" for language in LANGUAGES]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def seal_name(document: Document, number: str) -> str:
    """How the list of seals calls a version."""
    return f"{document.key}/{number}"


def seals() -> dict[str, str]:
    """The digests of what was published, by name."""
    found: dict[str, str] = json.loads(_seals_file().read_text(encoding="utf-8"))
    return found


def _seals_file() -> Path:
    return FOLDER / "sealed.json"


def _fact(match: re.Match[str]) -> str:
    facts = {
        "name": settings.STUDIO_NAME,
        "place": settings.STUDIO_PLACE,
        "email": settings.STUDIO_EMAIL,
        "phone": settings.STUDIO_PHONE,
        "privacy_owner": settings.PRIVACY_OWNER_NAME,
        "privacy_email": settings.PRIVACY_OWNER_EMAIL,
        "hosts": ", ".join(sites()),
        "contact": _CONTACT,
    }
    return escape(facts[match[1]])


def sites() -> list[str]:
    """The websites a statement covers: the site's own address and every other name it answers to (P02)."""
    own = settings.SITE_URL.split("://", 1)[1].split("/", 1)[0]
    others = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if _NAME.search(host)]
    return list(dict.fromkeys([own, *others]))
