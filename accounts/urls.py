from django.urls import path

from . import views

app_name = "accounts"

urlpatterns = [
    path("", views.home, name="home"),
    path("bevestigen/<str:token>/", views.confirm, name="confirm"),
    path("verwijderen/", views.delete, name="delete"),
    path("verwijderd/", views.deleted, name="deleted"),
    path("adres/", views.change_address, name="address"),
    path("adres/<str:token>/", views.confirm_change, name="confirm_change"),
]
