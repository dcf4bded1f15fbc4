from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        """Every app tells the engine what it holds and when it goes (`retention.py`) and which of it is about whom
        (`dossier.py`); the checks hold it to that."""
        autodiscover_modules("retention", "dossier", "checks")
