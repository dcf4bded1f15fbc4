from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ShopConfig(AppConfig):
    name = "shop"
    verbose_name = _("Shop")

    def ready(self) -> None:
        """Add the order form to the page of a photo, find the basket when a code is entered, and tell what orders keep
        of a deleted photo and of a code, and when an assignment was last paid or delivered. By name: none of these
        modules can be imported before the models are."""
        import_string("galleries.registry.photo_panels").append(import_string("shop.panels.order_panel"))
        import_string("galleries.registry.code_entered").append(import_string("shop.panels.find_basket"))
        import_string("galleries.registry.deletion_notes").append(import_string("shop.panels.ordered_copies"))
        facts = import_string("galleries.assignment_registry.completion_facts")
        facts.append(import_string("shop.assignments.last_business"))
        self._join_accounts()
        import_string("privacy.rights.recipients.tellers")["shop.order"] = import_string(
            "shop.actions.recipients.tell_recipients"
        )
        import_string("galleries.registry.held_besides").append(import_string("shop.panels.orders_of_code"))
        import_string("galleries.registry.photo_changes").append(import_string("shop.actions.told.tell_buyers"))
        import_module("shop.checks")

    def _join_accounts(self) -> None:
        """Show orders and files in the account, find those of a proved address, and say what its end means for them."""
        panels = import_string("accounts.registry.account_panels")
        panels += [import_string("shop.account.orders_panel"), import_string("shop.account.files_panel")]
        import_string("accounts.registry.address_confirmed").append(import_string("shop.actions.adopting.adopt_orders"))
        import_string("accounts.registry.account_deleting").append(import_string("shop.ending.orders_of_account"))
