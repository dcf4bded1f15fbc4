from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        """Every app tells the engine what it holds and when it goes (`retention.py`), which of it is about whom
        (`dossier.py`), to which words people agree (`agreements.py`), which forms collect what (`collects.py`), what it
        keeps in a browser (`cookies.py`) and whom to tell of a changed document (`readers.py`)."""
        autodiscover_modules("retention", "dossier", "agreements", "cookies", "collects", "readers", "checks")
