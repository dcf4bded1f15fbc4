from django.urls import path

from . import relations_views as views

app_name = "relations"
urlpatterns = [
    path("afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
