"""The public pages of the privacy half that are no document: last night, cookies, rights, and how we do it."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from common.periods import local_date

from .cookies import registered
from .declarations import Label, Recipient
from .health import night_health
from .models import DataRecipient
from .practice import practice_of
from .proof import last_proof
from .registry import registry
from .statement import received_by


class RecipientRow(NamedTuple):
    """One company on the page for clients: what it does, and which kinds of data it gets."""

    company: DataRecipient
    task: str
    data: list[Label]


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the last night went well (P96): a page, or JSON and 503 for a monitor that asks for it."""
    night = night_health(now=timezone.now())
    if "application/json" in request.headers.get("Accept", ""):
        body = {"healthy": night.is_healthy, "last_night": night.finished_at, "late": night.is_late}
        return JsonResponse(body, status=200 if night.is_healthy else 503)
    return render(request, "privacy/health.html", {"night": night})


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Each privacy right: when, how, and within which time (P85-P93, L1)."""
    return render(request, "privacy/rights.html", {"text": f"privacy/texts/rights.{_language()}.html"})


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Every cookie of the site, from the registry (P80)."""
    return render(request, "privacy/cookies.html", {"cookies": registered()})


@require_safe
def processor(request: HttpRequest) -> HttpResponse:
    """What shows how we keep to our duties as a processor (art. 28(3)(h) GDPR, P33, P35, A33)."""
    context = {
        "text": f"privacy/texts/processor.{_language()}.html",
        "roles": practice_of(registry).roles,
        "night": night_health(now=timezone.now()),
        "ledger": last_proof(),
        "recipients": [
            RecipientRow(row, row.task(_language()), received_by(registry, Recipient(row.category)))
            for row in DataRecipient.objects.at_work(local_date(timezone.now()))
        ],
    }
    return render(request, "privacy/processor.html", context)


@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    """How the law was built in, with the figures of the declarations themselves (P95, P96)."""
    context = {
        "text": f"privacy/texts/practice.{_language()}.html",
        "practice": practice_of(registry),
        "night": night_health(now=timezone.now()),
        "ledger": last_proof(),
    }
    return render(request, "privacy/practice.html", context)


def _language() -> str:
    return "nl" if get_language() == "nl" else "en"
