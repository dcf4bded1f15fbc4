import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.declarations import Recipient


class DataRecipientQuerySet(models.QuerySet["DataRecipient"]):
    """Companies that receive data, by what they may today."""

    def at_work(self, day: date) -> "DataRecipientQuerySet":
        """Those we work with on `day`: begun, and not ended."""
        return self.filter(begins_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def with_agreement(self, day: date) -> "DataRecipientQuerySet":
        """Those at work that may receive data on `day`: their agreement has not run out, or they need none because
        they answer for it themselves (P83)."""
        valid = Q(agreed_on__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        return self.at_work(day).filter(valid | Q(capacity=DataRecipient.Capacity.CONTROLLER))

    def without_agreement(self, day: date) -> "DataRecipientQuerySet":
        """Those at work to whom nothing may go on `day`."""
        return self.at_work(day).exclude(pk__in=self.with_agreement(day).values("pk"))


class DataRecipient(models.Model):
    """A company that receives personal data from us: what it does, in which capacity, where, and under which agreement
    (P82, P83). Nobody is deleted here: working together ends on a day, and the row tells who received what until then.
    """

    class Capacity(models.TextChoices):
        """For whom it uses the data: for us, under an agreement (art. 28 GDPR), or in its own right."""

        PROCESSOR = "processor", _("processor: works for us")
        CONTROLLER = "controller", _("answers for it itself")

    # Whom an authority or a client is, no agreement of ours decides.
    CATEGORIES = [choice for choice in Recipient.choices if choice[0] not in {Recipient.TAX_OFFICE, Recipient.CLIENT}]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("company"), max_length=120)
    category = models.CharField(_("what it is"), max_length=20, choices=CATEGORIES)
    capacity = models.CharField(_("capacity"), max_length=12, choices=Capacity.choices, default=Capacity.PROCESSOR)
    task_nl = models.CharField(_("what it does (Dutch)"), max_length=200)
    task_en = models.CharField(_("what it does (English)"), max_length=200)
    country = models.CharField(_("country"), max_length=60)
    is_outside_eea = models.BooleanField(_("outside the European Economic Area"), default=False)
    safeguard = models.CharField(_("safeguard of the transfer"), max_length=200, blank=True)
    agreement_reference = models.CharField(_("reference of the agreement"), max_length=80, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    valid_until = models.DateField(_("agreement valid until"), null=True, blank=True)
    begins_on = models.DateField(_("works for us from"))
    ends_on = models.DateField(_("works for us until"), null=True, blank=True)

    objects = DataRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient of data")
        verbose_name_plural = _("recipients of data")
        ordering = ["category", "name"]
        constraints = [
            models.CheckConstraint(
                name="recipient_outside_eea_has_safeguard", condition=Q(is_outside_eea=False) | ~Q(safeguard="")
            ),
            models.CheckConstraint(
                name="recipient_agreement_has_reference",
                condition=Q(agreed_on__isnull=True) | ~Q(agreement_reference=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def task(self, language: str) -> str:
        """What it does, in the language of who reads it."""
        return self.task_nl if language == "nl" else self.task_en


class LegalDisclosure(models.Model):
    """That data went to somebody because a law or a court obliged us to, and which (P84). Kept five years (RT21).

    It names the authority and the ground, never the person: whom it was about is a kind and the key of a row.
    """

    disclosed_at = models.DateTimeField(_("disclosed at"))
    authority = models.CharField(_("to which authority"), max_length=120)
    legal_reference = models.CharField(_("law or ruling"), max_length=200)
    what = models.CharField(_("which data"), max_length=200)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    object_id = models.BigIntegerField(_("row"), null=True, blank=True)
    # Empty when who decided left and their account was erased.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("disclosure by law")
        verbose_name_plural = _("disclosures by law")
        indexes = [models.Index(fields=["disclosed_at", "id"], name="legal_disclosure_at")]
        constraints = [
            models.CheckConstraint(name="disclosure_has_legal_reference", condition=~Q(legal_reference="")),
        ]

    def __str__(self) -> str:
        return f"{_('disclosure by law')} {self.pk}"
