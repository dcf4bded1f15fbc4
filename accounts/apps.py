from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Say whose address an account proves and how it is asked whether it is still them, how an objection stops
        advertising, and who may still get it just before it goes. By name: the models must be there first."""
        import_string("privacy.people.provers").append(import_string("accounts.persons.confirmed_address"))
        import_string("privacy.people.still_them").append(import_string("accounts.visits.ask_still_them"))
        import_string("privacy.rights.objections.stoppers").append(
            import_string("accounts.actions.objections.stop_for_person")
        )
        import_string("privacy.mail.gates")["accounts.relation"] = import_string("accounts.reach.may_be_mailed")
