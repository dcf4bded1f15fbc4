"""The project as an app: it loads Celery, so that every process can schedule work, and the project's checks."""

from django.apps import AppConfig

from .celery import app as celery_app  # must exist before the first job is scheduled

__all__ = ["JkreeftConfig", "celery_app"]


class JkreeftConfig(AppConfig):
    name = "jkreeft"
