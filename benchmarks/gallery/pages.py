"""The site with one page more, that a gallery is held against: session, codes and base template, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from galleries.access import open_codes
from jkreeft.urls import urlpatterns as site


@never_cache
@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    codes = open_codes(request, now=timezone.now())
    assert len(codes) == 1
    return render(request, "base.html")


urlpatterns = [path("leeg/", empty), *site]
