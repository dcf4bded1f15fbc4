"""The back office is the stock Django admin with our own first page, login and look."""

from datetime import timedelta
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from common.requests import end_visit_by
from privacy.today import panels_for

# A working day: a forgotten screen does not stay open for the three weeks a parent's session lasts.
STAFF_SESSION = timedelta(hours=12)
# Pages of the stock admin without a use here: no model of ours has a public page to jump to.
_UNUSED_URLS = frozenset({"view_on_site"})


class JkreeftAdminConfig(AdminConfig):
    default_site = "jkreeft.admin_site.JkreeftAdminSite"


class JkreeftAdminSite(AdminSite):
    site_header = "JKreeft.com"
    site_title = "JKreeft.com"
    index_title = _("Today")
    site_url = "/"

    def get_urls(self) -> list[URLResolver | URLPattern]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in _UNUSED_URLS]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        # The form knows the user model, which is not there yet when this module is loaded.
        self.login_form = import_string("accounts.forms.StaffLoginForm")
        response = super().login(request, extra_context)
        # Only a login that succeeded leads on; a failed one of somebody who is in already changes nothing.
        if request.method == "POST" and isinstance(response, HttpResponseRedirect) and self.has_permission(request):
            now = timezone.now()
            end_visit_by(request.session, now + STAFF_SESSION, now=now)
        return response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        panels = panels_for(request.user.has_perm, now=timezone.now())
        return super().index(request, {**(extra_context or {}), "panels": panels})
