"""The forms of ours that collect data (P38, P40)."""

from django.utils.translation import gettext_lazy as _

from privacy.notices import Collects, register

from .actions.baskets import TYPED_FIELDS

register(
    Collects(
        key="shop.checkout",
        model="shop.Order",
        fields=dict.fromkeys((*TYPED_FIELDS, "refused_marketing"), ""),
        without=_(
            "Without name, address, e-mail and phone number we cannot deliver and there is no order. You may leave out "
            "the salutation and the note."
        ),
    ),
    Collects(
        key="shop.correct",
        model="shop.Order",
        fields=dict.fromkeys(("name", "street", "postcode", "city"), ""),
        without=_("You are free to correct something or not. Without the right address your order may not arrive."),
    ),
)
