"""Who logs in: customers with an account, and the people who work here."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from privacy.models import OutgoingMail, Restriction

from ..roles import ROLE_PERMISSIONS, SEALED_PERMISSIONS, Role


class UserManager(BaseUserManager["User"]):
    """Makes users; the e-mail address is the login."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())

    def restricted(self) -> "models.QuerySet[User]":
        """Accounts their owner asked us to leave alone (art. 18 GDPR): theirs to use, and nobody else's."""
        laid = Restriction.objects.filter(kind="accounts.user", lifted_at__isnull=True)
        return self.filter(pk__in=laid.values("object_id"))


class User(AbstractBaseUser):
    """A person with a login. What staff may do follows from their roles, which are code (`roles.py`)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("works here"), default=False)
    is_superuser = models.BooleanField(_("superuser"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    service_ended_at = models.DateTimeField(_("left on"), null=True, blank=True)
    # A customer's account: when the address was proved, by the link in our mail and the password together. An account
    # that nobody confirmed goes after three days (RT11.unconfirmed).
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, editable=False)
    # Anchor of RT11: the last login, until then the confirmation.
    active_at = models.DateTimeField(_("last active"), null=True, editable=False)
    # The reminder of RT11: the message that waits or went, when it was accepted for sending or bounced for good, and
    # whether that was a fortnight before the five years end. A login empties all three (A15).
    reminder = models.ForeignKey(OutgoingMail, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    was_reminded = models.BooleanField(default=False, editable=False)
    # When the privacy owner heard that this account ends without a reminder.
    alarmed_at = models.DateTimeField(null=True, editable=False)
    # The language of our mails to them.
    language = models.CharField(max_length=5, default="nl", editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="email_unique_whatever_its_case")]
        indexes = [
            models.Index(
                fields=["service_ended_at", "id"],
                name="user_left_service",
                condition=models.Q(is_staff=True, service_ended_at__isnull=False),
            ),
            models.Index(
                fields=["active_at", "id"],
                name="user_idle_reminded",
                condition=models.Q(is_staff=False, confirmed_at__isnull=False, was_reminded=True),
            ),
            models.Index(
                fields=["active_at", "id"],
                name="user_idle",
                condition=models.Q(is_staff=False, confirmed_at__isnull=False, was_reminded=False),
            ),
            models.Index(
                fields=["created_at", "id"],
                name="user_unconfirmed",
                condition=models.Q(is_staff=False, confirmed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('user')} {self.pk}"

    @property
    def may_log_in(self) -> bool:
        """Whether there is anything to log in to: a colleague, or a customer who confirmed their address."""
        return self.is_active and (self.is_staff or self.confirmed_at is not None)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles of this person, read once per request."""
        return frozenset(Role(name) for name in self.role_rows.values_list("role", flat=True))

    def get_short_name(self) -> str:
        return self.name or self.email

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Whether a role of this person carries `perm`. A superuser passes all but the sealed permissions."""
        if not self.is_active or not self.is_staff:
            return False
        if self.is_superuser and perm not in SEALED_PERMISSIONS:
            return True
        return any(perm in ROLE_PERMISSIONS[role] for role in self.roles)

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label: str) -> bool:
        if not self.is_active or not self.is_staff:
            return False
        if self.is_superuser:
            return True
        return any(perm.startswith(f"{app_label}.") for role in self.roles for perm in ROLE_PERMISSIONS[role])


class StaffRole(models.Model):
    """One role of one member of staff."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_rows")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="role_once_per_user")]

    def __str__(self) -> str:
        return f"{_('role')} {self.pk}"
