from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        """Offer a review on the page of a paid order, and say which reviews are about a person. By name: none of these
        modules can be imported before the models are."""
        import_string("shop.registry.order_panels").append(import_string("reviews.panels.review_panel"))
        import_module("reviews.dossier")
