"""The pages of what people read and agree to: each document in force, its versions, and what changed."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from . import archive
from .differences import differences
from .documents import DOCUMENTS, PROCESSING_AGREEMENT, STATEMENT, STATEMENT_SINCE, TERMS, Document, Version

# The headings a reader may jump to, as our own templates write them.
_HEADING = re.compile(r'<h2 id="([\w-]+)">([^<]+)</h2>')


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """The privacy statement in force, its tables made from the declarations, with the way to the tax office
    and the authority (P01, P03, P61, P79, P91, P94)."""
    return _page(request, STATEMENT, STATEMENT.current)


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms in force (P37)."""
    return _page(request, TERMS, TERMS.current)


@require_safe
def processing_agreement(request: HttpRequest) -> HttpResponse:
    """The processing agreement that belongs to article 12 of the terms (P34)."""
    return _page(request, PROCESSING_AGREEMENT, PROCESSING_AGREEMENT.current)


@require_safe
def versions(request: HttpRequest, key: str) -> HttpResponse:
    """Every version of a document, newest first, with what was new in it (P94)."""
    document = _document(key)
    context = {"document": document, "versions": document.versions, "current": document.current}
    return render(request, "privacy/versions.html", context)


@require_safe
def version(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """One version, as it read when it was in force: what an order or a consent was given to."""
    document = _document(key)
    found = document.version(number)
    if found is None:
        raise Http404
    return _page(request, document, found)


@require_safe
def comparison(request: HttpRequest, key: str) -> HttpResponse:
    """What changed between two versions, chosen in the address; the newest two when it names none or an odd one."""
    document = _document(key)
    after = document.version(request.GET.get("to", "")) or document.current
    before = document.version(request.GET.get("from", "")) or document.versions[min(1, len(document.versions) - 1)]
    context = {
        "document": document,
        "versions": document.versions,
        "before": before,
        "after": after,
        "sections": differences(_text(document, before), _text(document, after)),
    }
    return render(request, "privacy/comparison.html", context)


def _document(key: str) -> Document:
    document = DOCUMENTS.get(key)
    if document is None or not archive.is_frozen(document, document.current):
        raise Http404
    return document


def _page(request: HttpRequest, document: Document, shown: Version) -> HttpResponse:
    text = _text(document, shown)
    context = {
        "document": document,
        "version": shown,
        "text": text,
        "headings": _HEADING.findall(text),
        "is_current": shown is document.current,
        "since": STATEMENT_SINCE if document is STATEMENT else None,
    }
    return render(request, "privacy/document.html", context)


def _text(document: Document, shown: Version) -> str:
    text = archive.shown(document, shown.number, get_language() or "en")
    if text is None:
        raise Http404
    return text
