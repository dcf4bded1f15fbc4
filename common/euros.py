"""An amount of money in a form."""

from decimal import Decimal
from typing import Any

from django import forms


class EuroField(forms.DecimalField):
    """An amount in euros as people type it, with a comma or a point; its value is whole cents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=Decimal("0.01"),
            max_value=Decimal("99999.99"),
            decimal_places=2,
            localize=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().lstrip("€").replace(",", ".")
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        euros = super().clean(value)
        return None if euros is None else int(euros * 100)
