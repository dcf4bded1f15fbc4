from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        """Offer a review on the page of a paid order, show those of an account and ask about them when it goes, and say
        which reviews are about a person. By name: none of these modules can be imported before the models are."""
        import_string("shop.registry.order_panels").append(import_string("reviews.panels.review_panel"))
        import_string("accounts.registry.account_panels").append(import_string("reviews.account.review_panel"))
        import_string("accounts.registry.account_deleting").append(import_string("reviews.account.reviews_of_account"))
        import_module("reviews.dossier")
