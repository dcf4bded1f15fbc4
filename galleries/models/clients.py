import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Client(models.Model):
    """Who gives the assignment: a private person, a school or club, or a company (P15)."""

    class Kind(models.TextChoices):
        PRIVATE = "private", _("private person")
        SCHOOL = "school", _("school or club")
        COMPANY = "company", _("company")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    # For the invoice and the post; a private person has no numbers (L17).
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    kvk_number = models.CharField(_("KvK number"), max_length=8, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=14, blank=True)
    created_at = models.DateTimeField(_("created"))
    # RT27: end of the financial year of the last invoice, or of completion where there is none. Only moves forward.
    books_year_end = models.DateField(_("end of the last financial year"))
    person_erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        constraints = [
            models.CheckConstraint(
                name="private_client_without_numbers",
                condition=~Q(kind="private") | Q(kvk_number="", vat_number=""),
            )
        ]
        indexes = [
            models.Index(
                fields=["books_year_end", "id"], name="client_books", condition=Q(person_erased_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{_('client')} {self.pk}"


class Assignment(models.Model):
    """One job for one client: a school day, a team, a company portrait."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("client"))
    title = models.CharField(_("title"), max_length=120)
    term_months = models.PositiveSmallIntegerField(_("months online"), default=1)
    term_reference = models.CharField(_("written reference of the other term"), max_length=120, blank=True)
    term_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("term over twelve months approved by"),
    )
    created_at = models.DateTimeField(_("created"))
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    # The end of the client's own term of the photo that came online last; a consent of a parent does not move it.
    window_ends_at = models.DateTimeField(_("client's term ends"), null=True, editable=False)
    # A16: the latest of the end of the term, the last delivery and the last payment. Empty while it is not completed.
    completed_at = models.DateTimeField(_("completed"), null=True, editable=False)
    open_alarm_at = models.DateTimeField(null=True, editable=False)
    # Raised by every change to what a gallery of this assignment shows; part of the key of its cached fragments.
    revision = models.PositiveIntegerField(default=0, editable=False)
    books_year_end = models.DateField(_("end of the last financial year"), editable=False)
    person_erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        permissions = [
            ("publish_assignment", "Can publish an assignment"),
            ("accept_terms", "Can record that a client accepted the terms"),
            ("complete_assignment", "Can complete an assignment"),
        ]
        constraints = [
            models.CheckConstraint(name="term_at_least_one_month", condition=Q(term_months__gte=1)),
            models.CheckConstraint(name="other_term_has_reference", condition=Q(term_months=1) | ~Q(term_reference="")),
        ]
        indexes = [
            models.Index(
                fields=["books_year_end", "id"], name="assignment_books", condition=Q(person_erased_at__isnull=True)
            ),
            models.Index(fields=["created_at", "id"], name="assignment_open", condition=Q(completed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{_('assignment')} {self.pk}"
