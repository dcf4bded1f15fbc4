from django.urls import path

from . import order_views, views

app_name = "complaints"

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("contact/verstuurd/", views.sent, name="sent"),
    path("bestelling/<uuid:order_id>/klacht/", order_views.complain, name="complain"),
]
