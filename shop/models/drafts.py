import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from galleries.models import LoginCode, Photo

from ..querysets import DraftLineQuerySet, DraftQuerySet
from .catalogue import Product


class Draft(models.Model):
    """What a code holder put in the basket. It belongs to the code: whoever holds the card finds it again.

    It lives 21 days from the code entry that opened it, and coming back never makes that longer (RT05, A14).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.ForeignKey(LoginCode, on_delete=models.CASCADE, related_name="drafts")
    opened_at = models.DateTimeField(_("opened"))
    # Used no more: it was ordered, or is past its term. It goes that moment, unless a legal hold keeps it (A18).
    closed_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft order")
        verbose_name_plural = _("draft orders")
        constraints = [
            models.UniqueConstraint(fields=["code"], name="one_open_draft", condition=Q(closed_at__isnull=True))
        ]
        indexes = [models.Index(fields=["opened_at", "id"], name="draft_opened")]

    def __str__(self) -> str:
        return f"{_('draft order')} {self.pk}"


class DraftLine(models.Model):
    """One product of one photo in a basket."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="lines")
    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField(default=1)

    objects = DraftLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("basket line")
        verbose_name_plural = _("basket lines")
        constraints = [
            models.UniqueConstraint(fields=["draft", "photo", "product"], name="one_line_per_photo_and_product"),
            models.CheckConstraint(name="quantity_1_to_99", condition=Q(quantity__gte=1, quantity__lte=99)),
        ]

    def __str__(self) -> str:
        return f"{_('basket line')} {self.pk}"


class DraftDetails(models.Model):
    """What somebody typed at the checkout, shown again only in that browser: a card may be in two hands."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="details")
    # Keyed digest of the random viewer cookie of that browser.
    viewer_digest = models.CharField(max_length=70)
    salutation = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    delivery_note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("typed details")
        verbose_name_plural = _("typed details")
        constraints = [models.UniqueConstraint(fields=["draft", "viewer_digest"], name="details_once_per_browser")]

    def __str__(self) -> str:
        return f"{_('typed details')} {self.pk}"
