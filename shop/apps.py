from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ShopConfig(AppConfig):
    name = "shop"
    verbose_name = _("Shop")

    def ready(self) -> None:
        """Add the order form to the page of a photo, find the basket when a code is entered, and tell what orders keep
        of a deleted photo and when an assignment was last paid or delivered. By name: none of these modules can be
        imported before the models are."""
        import_string("galleries.registry.photo_panels").append(import_string("shop.panels.order_panel"))
        import_string("galleries.registry.code_entered").append(import_string("shop.panels.find_basket"))
        import_string("galleries.registry.deletion_notes").append(import_string("shop.panels.ordered_copies"))
        facts = import_string("galleries.assignment_registry.completion_facts")
        facts.append(import_string("shop.assignments.last_business"))
        import_string("galleries.registry.photo_changes").append(import_string("shop.actions.told.tell_buyers"))
        import_module("shop.checks")
