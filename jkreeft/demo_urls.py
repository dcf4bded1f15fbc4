"""Pages that exist on a demo or test site only; `jkreeft/urls.py` includes them there under `demo/`."""

from django.urls import path

from . import demo_pages

app_name = "demo"
urlpatterns = [
    path("onderdelen/", demo_pages.components, name="components"),
]
