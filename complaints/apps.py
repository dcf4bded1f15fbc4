from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self) -> None:
        """Add the complaints to the page of an order, and say which rows are about a person. By name: none of these
        modules can be imported before the models are."""
        import_string("shop.registry.order_panels").append(import_string("complaints.panels.complaint_panel"))
        import_module("complaints.dossier")
