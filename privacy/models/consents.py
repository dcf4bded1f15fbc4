import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Consent(models.Model):
    """That somebody agreed to something, to which words, and when it ended: the proof art. 7(1) GDPR asks for.

    It names nobody. What it is about is a kind ("galleries.subject") and a public id, which leads nowhere once that row
    is erased. Kept twelve months after the consent ended (RT20).
    """

    class Capacity(models.TextChoices):
        """As whom they agreed, in their own words: no proof is asked (A8)."""

        REPRESENTATIVE = "representative", _("I am the parent or legal representative of who is on the photos")
        SELF = "self", _("I am on the photos myself and I am 16 or older")
        EMPLOYEE = "employee", _("I am on the photos as an employee")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    wording = models.CharField(_("version of the words"), max_length=20)
    about_kind = models.CharField(max_length=60)
    about_id = models.UUIDField()
    # Empty where nobody else can be meant: an account, a review.
    capacity = models.CharField(_("given as"), max_length=20, choices=Capacity.choices, blank=True)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    # Anchor of RT20: when what was agreed to ends by itself, or the moment it ended before. Empty while it stands
    # until it is withdrawn.
    ends_at = models.DateTimeField(_("ends"), null=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                name="consent_ends_when_withdrawn",
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(ends_at__isnull=False, ends_at__lte=models.F("withdrawn_at")),
            )
        ]
        indexes = [
            models.Index(fields=["ends_at", "id"], name="consent_ended", condition=models.Q(ends_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{_('consent')} {self.pk}"
