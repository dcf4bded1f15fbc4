import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy.declarations import Role

from .clients import Assignment


class Contact(models.Model):
    """Whom we speak to at a client (P57). Tied to assignments by links, never to the client itself: when the last link
    has gone, so has the contact (RT13)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    role = models.CharField(_("role at the client"), max_length=60, blank=True)
    created_at = models.DateTimeField(_("registered"), editable=False)
    # RT13: set when the last link was broken; the same night takes the contact.
    orphaned_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        constraints = [
            models.CheckConstraint(name="contact_can_be_reached", condition=~Q(email="", phone="")),
        ]
        indexes = [
            models.Index(fields=["email"], name="contact_email"),
            models.Index(fields=["orphaned_at", "id"], name="contact_orphan", condition=Q(orphaned_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{_('contact person')} {self.pk}"


class ContactLink(models.Model):
    """That somebody is a contact person for one assignment (P57). Broken three years after its completion (P58)."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="contact_links", verbose_name=_("assignment")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="links", verbose_name=_("contact person")
    )
    created_at = models.DateTimeField(_("since"))
    # The completion of the assignment, here as an anchor for RT13; empty while the assignment is open.
    completed_at = models.DateTimeField(_("assignment completed"), null=True)

    class Meta:
        verbose_name = _("contact link")
        verbose_name_plural = _("contact persons")
        constraints = [models.UniqueConstraint(fields=["assignment", "contact"], name="contact_once_per_assignment")]
        indexes = [
            models.Index(fields=["completed_at", "id"], name="link_completed", condition=Q(completed_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{_('contact link')} {self.pk}"


class Acceptance(models.Model):
    """That a client accepted the terms for one assignment, and with them the processing agreement of their article 12
    (P34). What was accepted never changes; another version is another row."""

    class Means(models.TextChoices):
        EMAIL = "email", _("by e-mail")
        PAPER = "paper", _("signed on paper")
        QUOTE = "quote", _("by accepting our quote")

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="acceptances", verbose_name=_("assignment")
    )
    terms_version = models.CharField(_("version of the terms"), max_length=20)
    agreement_version = models.CharField(_("version of the processing agreement"), max_length=20)
    accepted_on = models.DateField(_("accepted on"))
    means = models.CharField(_("how"), max_length=10, choices=Means.choices)
    # Empty once the link between contact and assignment is broken (RT13).
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("accepted by")
    )
    # A33: what the policy says we are for this client, and what we think we are in law.
    role_claimed = models.CharField(_("role according to the policy"), max_length=10, choices=Role.choices)
    role_assessed = models.CharField(_("role as we assess it"), max_length=10, choices=Role.choices)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("recorded by")
    )
    completed_at = models.DateTimeField(null=True)
    contact_erased_at = models.DateTimeField(null=True)
    # RT27: as of the assignment.
    books_year_end = models.DateField()

    class Meta:
        verbose_name = _("accepted terms")
        verbose_name_plural = _("accepted terms")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "terms_version", "agreement_version"], name="terms_accepted_once"
            )
        ]
        indexes = [
            models.Index(fields=["books_year_end", "id"], name="acceptance_books"),
            models.Index(
                fields=["completed_at", "id"],
                name="acceptance_completed",
                condition=Q(completed_at__isnull=False, contact_erased_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('accepted terms')} {self.pk}"
