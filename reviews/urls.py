from django.urls import path

from . import views
from .feeds import feed

app_name = "reviews"

urlpatterns = [
    path("beoordelingen/", views.reviews, name="list"),
    path("beoordelingen/atom/", feed, name="feed"),
    path("beoordelingen/schrijven/", views.write, name="write"),
    path("beoordelingen/verstuurd/", views.sent, name="sent"),
    path("beoordelingen/via/<str:token>/", views.own, name="own"),
]
