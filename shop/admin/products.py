"""The products: prices are the administration's, the front desk looks them up."""

from dataclasses import fields
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.money import format_cents
from privacy.backoffice import BackofficeAdmin
from shop.actions.catalogue import ProductFacts, change_product, create_product
from shop.models import Product

from .forms import ProductForm


@admin.register(Product)
class ProductAdmin(BackofficeAdmin):
    is_personal = False  # goods
    form = ProductForm
    list_display = ("title_nl", "title_en", "kind", "price_shown", "vat", "is_active", "position")
    list_filter = ("is_active", "kind")
    ordering = ("position", "id")
    add_fields = ("kind", "title_nl", "title_en", "price", "vat", "width_mm", "height_mm", "is_active", "position")
    seen_fields = tuple("price_shown" if name == "price" else name for name in add_fields)
    readonly_fields = ("price_shown",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        may_write = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return self.add_fields if may_write else self.seen_fields

    @admin.display(description=_("price"), ordering="price_cents")
    def price_shown(self, product: Product) -> str:
        return format_cents(product.price_cents)

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        said = {**form.cleaned_data, "price_cents": form.cleaned_data["price"]}
        facts = ProductFacts(**{field.name: said[field.name] for field in fields(ProductFacts)})
        if change:
            change_product(product_id=obj.pk, facts=facts)
        else:
            obj.pk = create_product(facts=facts).pk
