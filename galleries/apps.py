from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class GalleriesConfig(AppConfig):
    name = "galleries"
    verbose_name = _("Galleries")

    def ready(self) -> None:
        """Show the saved codes in the account, and say what its end means for them. By name: neither module can be
        imported before the models are."""
        import_string("accounts.registry.account_panels").append(import_string("galleries.account.codes_panel"))
        import_string("accounts.registry.account_deleting").append(import_string("galleries.ending.codes_of_account"))
