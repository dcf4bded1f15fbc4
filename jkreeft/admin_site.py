"""The back office is the stock Django admin with our own first page, login and look."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from privacy.today import panels_for

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

    def has_permission(self, request: HttpRequest) -> bool:
        """Who works here, and logs in with a second factor; asked before every page of the back office."""
        return super().has_permission(request) and not self._lacks_factor(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:  # type: ignore[override]
        """The page for colleagues; who is in already goes on, or sets up a second factor first."""
        if request.method == "GET" and super().has_permission(request):
            if not self._lacks_factor(request):
                return HttpResponseRedirect(reverse("admin:index"))
            messages.warning(request, _("Who works here logs in with a second factor. Add a passkey or an app first."))
            return HttpResponseRedirect(reverse("mfa_index"))
        # The view knows the user model, which is not there yet when this module is loaded.
        view = import_string("accounts.views.StaffLogin")
        context = {**self.each_context(request), "title": _("Log in"), "app_path": request.get_full_path()}
        answer: HttpResponseBase = view.as_view(extra_context={**context, **(extra_context or {})})(request)
        return answer

    def _lacks_factor(self, request: HttpRequest) -> bool:
        return bool(import_string("accounts.visits.needs_second_factor")(request.user))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        panels = panels_for(request.user.has_perm, now=timezone.now())
        return super().index(request, {**(extra_context or {}), "panels": panels})
