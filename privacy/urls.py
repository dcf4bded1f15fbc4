from django.urls import path, re_path
from django.views.generic import RedirectView

from . import document_views, views
from .rights import views as rights

app_name = "privacy"
urlpatterns = [
    path("privacy/", document_views.statement, name="statement"),
    path("privacy/rechten/", views.rights, name="rights"),
    path("voorwaarden/", document_views.terms, name="terms"),
    path("verwerkersovereenkomst/", document_views.processing_agreement, name="processing_agreement"),
    path("documenten/<slug:key>/", document_views.versions, name="versions"),
    path("documenten/<slug:key>/vergelijken/", document_views.comparison, name="comparison"),
    path("documenten/<slug:key>/<str:number>/", document_views.version, name="version"),
    path("cookies/", views.cookies, name="cookies"),
    # The address of the policy of 2019 (A44).
    re_path(
        r"^cookies-policy/?$",
        RedirectView.as_view(pattern_name="privacy:cookies", permanent=True),
        name="cookies_policy",
    ),
    path("verwerker/", views.processor, name="processor"),
    path("zo-doen-we-dat/", views.practice, name="practice"),
    path("gezond/", views.health, name="health"),
    path("mijn-gegevens/", rights.my_data, name="my_data"),
    path("mijn-gegevens/verstuurd/", rights.link_sent, name="link_sent"),
    path("mijn-gegevens/sluiten/", rights.close_my_data, name="close_my_data"),
    path("mijn-gegevens/open/<str:token>/", rights.open_my_data, name="open_address"),
    path("mijn-gegevens/export/<str:token>/", rights.export, name="export"),
    path("mijn-gegevens/recht/<str:right>/", rights.use_right, name="use_right"),
    path("mijn-gegevens/bewijs/<str:token>/", rights.prove_request, name="prove_request"),
]
