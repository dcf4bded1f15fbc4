"""Reviews: what somebody thought of us, shown on their consent until they withdraw it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from galleries.models import LoginCode
from privacy.models import Consent
from shop.models import Order

from .querysets import ReviewQuerySet

# The two ways a review ends (RT17). A published one that stands is in neither: it has no end of its own (P73).
UNPUBLISHED = Q(published_at__isnull=True, withdrawn_at__isnull=True)
WITHDRAWN = Q(withdrawn_at__isnull=False)
# What takes the one place an order or a code has: a refused or withdrawn review makes room for another.
_TAKES_PLACE = Q(refused_at__isnull=True, withdrawn_at__isnull=True)


class Review(models.Model):
    """One review. It waits until somebody decided about it, and is then published or refused.

    It is verified when it was written from a paid order. What leads to its writer (address, order, code, account) is
    never shown; the name is, where one was filled in (P71).
    """

    class Channel(models.TextChoices):
        SITE = "site", _("our website")
        MESSENGER = "messenger", _("Messenger")
        WHATSAPP = "whatsapp", _("WhatsApp")
        FACEBOOK = "facebook", _("Facebook")

    class Stars(models.IntegerChoices):
        FIVE = 5, _("very good")
        FOUR = 4, _("good")
        THREE = 3, _("it was all right")
        TWO = 2, _("disappointing")
        ONE = 1, _("bad")

    class Refusal(models.TextChoices):
        """The whole rule: whatever is not on this list is published, however few its stars (L24)."""

        INSULT = "insult", _("it insults, threatens or discriminates")
        PERSON = "person", _("it tells about somebody else who can be recognised, such as the name of a child")
        ADVERT = "advert", _("it advertises, or holds a link")
        NOT_US = "not_us", _("it is not about our photos or our service")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The form it was written on, by a visitor or by staff: sent twice, it is still one review.
    form_token = models.UUIDField(unique=True, editable=False)
    channel = models.CharField(_("came by"), max_length=10, choices=Channel.choices)
    language = models.CharField(_("language"), max_length=5, default="nl")
    stars = models.PositiveSmallIntegerField(_("stars"), choices=Stars.choices)
    text = models.TextField(_("review"))
    name = models.CharField(_("name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    order = models.ForeignKey(Order, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("order"))
    code = models.ForeignKey(LoginCode, null=True, on_delete=models.SET_NULL, related_name="+")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    is_verified = models.BooleanField(_("verified by an order"), default=False)
    written_at = models.DateTimeField(_("written"))

    consent = models.OneToOneField(Consent, on_delete=models.CASCADE, related_name="+")
    # How somebody agreed on a messenger: where that stands, in which words, and when (P72, A27).
    consent_source = models.CharField(_("where the consent stands"), max_length=120, blank=True)
    consent_words = models.TextField(_("words of the consent"), blank=True)
    consented_on = models.DateField(_("agreed on"), null=True)

    published_at = models.DateTimeField(_("published"), null=True)
    refused_at = models.DateTimeField(_("refused"), null=True)
    refusal = models.CharField(_("why it was refused"), max_length=10, choices=Refusal.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("decided by")
    )
    answer = models.TextField(_("our answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        permissions = [
            ("moderate_reviews", _("Record, publish, refuse and answer reviews")),
            ("withdraw_reviews", _("Withdraw a review on request")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_has_one_to_five_stars"),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refusal="")
                | Q(refused_at__isnull=False, published_at__isnull=True) & ~Q(refusal=""),
                name="review_refused_with_reason",
            ),
            models.UniqueConstraint(
                fields=["order"], name="review_once_per_order", condition=Q(order__isnull=False) & _TAKES_PLACE
            ),
            models.UniqueConstraint(
                fields=["code"], name="review_once_per_code", condition=Q(code__isnull=False) & _TAKES_PLACE
            ),
        ]
        indexes = [
            models.Index(fields=["written_at", "id"], name="review_unpublished", condition=UNPUBLISHED),
            models.Index(fields=["withdrawn_at", "id"], name="review_withdrawn", condition=WITHDRAWN),
            models.Index(fields=["-published_at", "-id"], name="review_newest"),
        ]

    def __str__(self) -> str:
        return f"{_('review')} {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether nobody decided about it yet."""
        return self.published_at is None and self.refused_at is None
