from django.urls import path

from . import relations_views as views
from .mail_events import mail_events

app_name = "relations"
urlpatterns = [
    path("afmelden/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("mail/melding/<str:provider>/", mail_events, name="mail_events"),
]
