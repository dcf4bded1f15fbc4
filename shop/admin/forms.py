"""What staff fill in about products and money."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from common.euros import EuroField
from shop.models import Product


class ProductForm(forms.ModelForm):  # type: ignore[type-arg]
    """A product with its price in euros."""

    price = EuroField(label=_("Price in euros, VAT included"))

    class Meta:
        model = Product
        fields = ("kind", "title_nl", "title_en", "vat", "width_mm", "height_mm", "is_active", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "price" in self.fields:
            self.fields["price"].initial = number_format(
                Decimal(self.instance.price_cents) / 100, decimal_pos=2, use_l10n=True, force_grouping=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_print = cleaned.get("kind") == Product.Kind.PRINT
        if is_print and not (cleaned.get("width_mm") and cleaned.get("height_mm")):
            raise ValidationError(_("A print needs a width and a height."), code="size")
        return cleaned


class TransferForm(forms.Form):
    """A transfer as the bank statement shows it."""

    reference = forms.CharField(label=_("Payment reference"), max_length=40)
    amount = EuroField(label=_("Amount in euros"))


class UseForm(forms.Form):
    """The order a buyer placed anew, by its number."""

    number = forms.CharField(label=_("Order number"), max_length=20)


class FindForm(forms.Form):
    """Part of a name, or a whole e-mail address, postcode or order number."""

    q = forms.CharField(label=_("Name, e-mail address, postcode or order number"), min_length=3, max_length=120)
