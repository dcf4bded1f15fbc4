from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class GalleriesConfig(AppConfig):
    name = "galleries"
    verbose_name = _("Galleries")

    def ready(self) -> None:
        """Show the saved codes in the account, say what its end means for them, which codes a visit proves and who
        holds a card. By name:
        none of these modules can be imported before the models are."""
        import_string("accounts.registry.account_panels").append(import_string("galleries.account.codes_panel"))
        import_string("accounts.registry.account_deleting").append(import_string("galleries.ending.codes_of_account"))
        import_string("privacy.people.provers").append(import_string("galleries.persons.codes_of"))
        import_string("privacy.people.card_readers").append(import_string("galleries.persons.holder_of"))
