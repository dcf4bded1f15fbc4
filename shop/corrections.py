"""The form to correct name and address on an order: the checkout's own fields, with what they hold now (P86)."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.fields import typed

from .actions.correcting import BY_STAFF, CORRECTABLE
from .forms import CheckoutForm
from .models import Order

CORRECTED = _("The order is corrected. Who received the old address hears of it.")
UNCHANGED = _("Nothing changed: this is what stood there already.")


class CorrectionForm(forms.Form):
    """What may be corrected, as the checkout asks it."""

    clean_postcode = CheckoutForm.clean_postcode
    clean_phone = CheckoutForm.clean_phone

    def __init__(self, data: Mapping[str, Any] | None = None, *, order: Order, by_staff: bool = False) -> None:
        names = BY_STAFF if by_staff else CORRECTABLE
        super().__init__(typed(data), initial={name: getattr(order, name) for name in names})
        for name in names:
            self.fields[name] = deepcopy(CheckoutForm.base_fields[name])
        self.fields["phone"].required = settings.PHONE_REQUIRED
