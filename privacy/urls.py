from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("privacy/", views.statement, name="statement"),
    path("voorwaarden/", views.terms, name="terms"),
    path("gezond/", views.health, name="health"),
]
