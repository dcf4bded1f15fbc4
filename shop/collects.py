"""The form of ours that collects data (P38, P40)."""

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
    )
)
