"""Pages that exist on a demo or test site only; `jkreeft/urls.py` includes them there under `demo/`."""

from django.urls import path

from . import demo_mail, demo_pages

app_name = "demo"
urlpatterns = [
    path("onderdelen/", demo_pages.components, name="components"),
    path("post/", demo_mail.mailbox, name="mail"),
    path("post/<uuid:public_id>/", demo_mail.message, name="message"),
    path("post/<uuid:public_id>/html/", demo_mail.message_html, name="message_html"),
]
