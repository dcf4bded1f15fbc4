"""The public pages of the privacy half: what we do with data, the terms, and whether last night went well."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .documents import STATEMENT_CHANGED, STATEMENT_SINCE, STATEMENT_VERSION, TERMS_VERSION
from .health import night_health
from .registry import registry
from .statement import retention_rows, use_rows


@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """The privacy statement, its tables made from the declarations (P01, P03, P79, P95)."""
    context = {
        "version": STATEMENT_VERSION,
        "since": STATEMENT_SINCE,
        "changed": STATEMENT_CHANGED,
        "retention": retention_rows(registry),
        "uses": use_rows(registry),
    }
    return render(request, "privacy/statement.html", context)


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of sale (P37)."""
    return render(request, "privacy/terms.html", {"version": TERMS_VERSION})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the last night went well (P96): a page, or JSON and 503 for a monitor that asks for it."""
    night = night_health(now=timezone.now())
    if "application/json" in request.headers.get("Accept", ""):
        body = {"healthy": night.is_healthy, "last_night": night.finished_at, "late": night.is_late}
        return JsonResponse(body, status=200 if night.is_healthy else 503)
    return render(request, "privacy/health.html", {"night": night})
