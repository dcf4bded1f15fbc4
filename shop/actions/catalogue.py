"""What is for sale. Orders froze their own titles and prices, so a change here never changes one (P37)."""

from dataclasses import asdict, dataclass

from django.db import transaction

from ..models import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """Everything staff say about a product. The price is in cents, VAT included; sizes in millimetres on paper."""

    kind: str
    title_nl: str
    title_en: str
    price_cents: int
    vat: str
    width_mm: int | None
    height_mm: int | None
    is_active: bool
    position: int


@transaction.atomic
def create_product(*, facts: ProductFacts) -> Product:
    """Offer a product (P24)."""
    return Product.objects.create(**asdict(facts))


@transaction.atomic
def change_product(*, product_id: int, facts: ProductFacts) -> None:
    """Change what is offered from now on; a basket that showed the old price is asked to look again (P37)."""
    Product.objects.filter(pk=product_id).update(**asdict(facts))
