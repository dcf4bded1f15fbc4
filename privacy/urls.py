from django.urls import path

from . import views
from .rights import views as rights

app_name = "privacy"
urlpatterns = [
    path("privacy/", views.statement, name="statement"),
    path("voorwaarden/", views.terms, name="terms"),
    path("gezond/", views.health, name="health"),
    path("mijn-gegevens/bewijs/<str:token>/", rights.prove_request, name="prove_request"),
]
