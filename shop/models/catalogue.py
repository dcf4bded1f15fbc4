import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..querysets import ProductQuerySet


class Product(models.Model):
    """Something a parent can order of a photo."""

    class Kind(models.TextChoices):
        PRINT = "print", _("print")
        FILE = "file", _("digital file")

    class Vat(models.TextChoices):
        STANDARD = "standard", _("standard rate")
        REDUCED = "reduced", _("reduced rate")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title_nl = models.CharField(_("title (Dutch)"), max_length=80)
    title_en = models.CharField(_("title (English)"), max_length=80)
    # Cents, VAT included.
    price_cents = models.PositiveIntegerField(_("price in cents, VAT included"))
    vat = models.CharField(_("VAT"), max_length=10, choices=Vat.choices, default=Vat.STANDARD)
    # Millimetres on paper; empty for a file.
    width_mm = models.PositiveSmallIntegerField(_("width in mm"), null=True, blank=True)
    height_mm = models.PositiveSmallIntegerField(_("height in mm"), null=True, blank=True)
    is_active = models.BooleanField(_("for sale"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="print_has_a_size",
                condition=Q(kind="file") | Q(width_mm__isnull=False, height_mm__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if (get_language() or "").startswith("en") else self.title_nl
