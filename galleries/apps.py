from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class GalleriesConfig(AppConfig):
    name = "galleries"
    verbose_name = _("Galleries")

    def ready(self) -> None:
        """Say which codes a visit proves. By name: the module cannot be imported before the models are."""
        import_string("privacy.people.provers").append(import_string("galleries.persons.codes_of"))
