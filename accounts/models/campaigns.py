"""Campaigns: what we tell our relations about our own photo products, and who got it (P63)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.models import OutgoingMail

from .relations import Relation


class Category(models.TextChoices):
    """The own products that are similar to what was bought (A24). Anything else is no reason to write to anybody."""

    PRINTS = "prints", _("prints and enlargements")
    FILES = "files", _("digital files of photos")
    WALL = "wall", _("photos for on the wall")
    ALBUMS = "albums", _("albums and photo books")
    CARDS = "cards", _("cards and calendars with photos")


class Campaign(models.Model):
    """One message to a selection of relations. Written by staff, sent in batches by a job that may die anywhere.

    It names nobody and stays as the record of what was sent; who got it goes after two weeks (RT24).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        SENDING = "sending", _("being sent")
        STOPPED = "stopped", _("stopped")
        SENT = "sent", _("sent")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Which form made it: sent twice, it is one campaign.
    form_token = models.UUIDField(unique=True, editable=False)
    category = models.CharField(_("about which product"), max_length=10, choices=Category.choices)
    subject_nl = models.CharField(_("subject in Dutch"), max_length=120)
    text_nl = models.TextField(_("text in Dutch"), max_length=5000)
    subject_en = models.CharField(_("subject in English"), max_length=120, blank=True)
    text_en = models.TextField(_("text in English"), max_length=5000, blank=True)
    ordered_from = models.DateField(_("last order from"), null=True, blank=True)
    ordered_until = models.DateField(_("last order until"), null=True, blank=True)
    postcode_starts = models.CharField(_("postcode begins with"), max_length=4, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(_("written"), editable=False)
    started_at = models.DateTimeField(_("sending began"), null=True, editable=False)
    ended_at = models.DateTimeField(_("sent to all"), null=True, editable=False)
    # How far the job came: the relations are taken in the order of their keys, and never a second time.
    reached_id = models.BigIntegerField(default=0, editable=False)
    batch_at = models.DateTimeField(null=True, editable=False)
    written_count = models.PositiveIntegerField(_("messages"), default=0, editable=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        permissions = [("send_campaign", "Can send a campaign")]
        constraints = [
            models.CheckConstraint(name="campaign_is_about_an_own_product", condition=Q(category__in=Category.values)),
            models.CheckConstraint(
                name="campaign_began_when_it_is_no_draft", condition=Q(state="draft") ^ Q(started_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["batch_at"], name="campaign_being_sent", condition=Q(state="sending"))]

    def __str__(self) -> str:
        return f"{_('campaign')} {self.pk}"


class CampaignMessage(models.Model):
    """That a campaign was written to a relation: once, whatever happens to the job (RT24)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="messages")
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("campaign message")
        verbose_name_plural = _("campaign messages")
        constraints = [models.UniqueConstraint(fields=["campaign", "relation"], name="campaign_once_per_relation")]
        indexes = [models.Index(fields=["written_at", "id"], name="campaign_message_written")]

    def __str__(self) -> str:
        return f"{_('campaign message')} {self.pk}"
