from django.urls import path

from . import views

app_name = "complaints"

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("contact/verstuurd/", views.sent, name="sent"),
]
