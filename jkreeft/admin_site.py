"""The back office is the stock Django admin with our own first page and look."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class JkreeftAdminConfig(AdminConfig):
    default_site = "jkreeft.admin_site.JkreeftAdminSite"


class JkreeftAdminSite(AdminSite):
    site_header = "JKreeft.com"
    site_title = "JKreeft.com"
    index_title = _("Today")
