"""Every address of the site. The error pages are Django's own views with our templates (403, 404, 500)."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("galleries.urls")),
    path("", include("shop.urls")),
    path("", include("privacy.urls")),
    path("", include("complaints.urls")),
    path("", include("accounts.relations_urls")),
    path("account/", include("accounts.library_urls")),
    path("account/", include("accounts.urls")),
    path("", include("reviews.urls")),
    path("taal/", include("django.conf.urls.i18n")),
    path("beheer/", admin.site.urls),
]
if not settings.IS_PRODUCTION:
    urlpatterns.append(path("demo/", include("jkreeft.demo_urls")))
