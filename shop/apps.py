from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ShopConfig(AppConfig):
    name = "shop"
    verbose_name = _("Shop")

    def ready(self) -> None:
        """Add the order form to the page of a photo. By name: neither module can be imported before the models are."""
        import_string("galleries.registry.photo_panels").append(import_string("shop.panels.order_panel"))
