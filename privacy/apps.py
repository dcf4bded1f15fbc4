from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules, import_string
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        """Every app tells the engine what it holds and when it goes (`retention.py`), which of it is about whom
        (`dossier.py`), to which words people agree (`agreements.py`), which forms collect what (`collects.py`), what
        it keeps in a browser (`cookies.py`), whom to tell of a change (`readers.py`) and what it calls things in the
        logs (`words.py`)."""
        # By name: neither can be imported before the models are.
        for prover in ("account_of", "proven_address"):
            import_string("privacy.people.provers").append(import_string(f"privacy.rights.visits.{prover}"))
        autodiscover_modules("retention", "dossier", "agreements", "cookies", "collects", "readers", "words", "checks")
        # Last, as a reader meets it last.
        import_module("privacy.rights.sources")
