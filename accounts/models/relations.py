"""Relations: who ordered before, why we may write to them, and who does not want it (P62-P66)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..relation_querysets import EvidenceQuerySet, RelationQuerySet, SuppressionQuerySet


class Relation(models.Model):
    """Who bought from us and did not object: name, address, e-mail address, and nothing else (P62).

    Made by a paid order alone, kept 24 months after the last one (RT14). At an address that wants no post it stands
    without the address (A25).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # One spelling (`mailboxes.mailbox`), so that one mailbox is one relation.
    email = models.EmailField(_("e-mail address"), unique=True)
    # What the unsubscribe links of this relation carry; it never changes, so that old messages keep working.
    mailbox_digest = models.CharField(max_length=70, unique=True)
    name = models.CharField(_("name"), max_length=120)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    created_at = models.DateTimeField(_("since"))
    last_order_at = models.DateTimeField(_("last order"))
    undeliverable_at = models.DateTimeField(_("mail came back on"), null=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        permissions = [("record_objection", "Can record that somebody wants no advertising")]
        indexes = [models.Index(fields=["last_order_at", "id"], name="relation_last_order")]

    def __str__(self) -> str:
        return f"{_('relation')} {self.pk}"


class RelationEvidence(models.Model):
    """Why we may write to a mailbox without consent: in which sale it was given, and after which words, which offered
    to refuse (L19, P64). Outlives its relation by twelve months, as the proof of what was sent (RT20)."""

    relation = models.ForeignKey(Relation, null=True, on_delete=models.SET_NULL, related_name="evidence")
    mailbox_digest = models.CharField(max_length=70)
    order_number = models.CharField(_("order"), max_length=20, unique=True)
    ordered_at = models.DateTimeField(_("ordered"))
    wording = models.CharField(_("version of the words"), max_length=20)
    # Anchor of RT20: when the relation ended.
    ended_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a sale")
        verbose_name_plural = _("evidence of sales")
        constraints = [
            models.CheckConstraint(name="evidence_names_its_words", condition=~models.Q(wording="")),
        ]
        indexes = [
            models.Index(fields=["ended_at", "id"], name="evidence_ended", condition=models.Q(ended_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{_('evidence of a sale')} {self.pk}"


class Suppression(models.Model):
    """A mailbox or a house that wants no advertising, as a keyed digest only (A23). It stands until the person takes
    the objection back, whatever is ordered or imported meanwhile (RT33)."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        POST = "post", _("post")

    class Reason(models.TextChoices):
        ORDER = "order", _("refused at an order")
        LINK = "link", _("unsubscribed in a message")
        SPAM = "spam", _("reported as spam")
        REQUEST = "request", _("asked us")

    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    digest = models.CharField(max_length=70, unique=True)
    reason = models.CharField(_("how"), max_length=10, choices=Reason.choices)
    created_at = models.DateTimeField(_("since"))
    reviewed_at = models.DateTimeField(_("reviewed"))
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection to advertising")
        verbose_name_plural = _("objections to advertising")
        permissions = [("review_suppressions", "Can review the suppression list and take objections back")]
        indexes = [
            models.Index(
                fields=["withdrawn_at", "id"],
                name="suppression_withdrawn",
                condition=models.Q(withdrawn_at__isnull=False),
            ),
            models.Index(fields=["reviewed_at"], name="suppression_reviewed"),
        ]

    def __str__(self) -> str:
        return f"{_('objection to advertising')} {self.pk}"
