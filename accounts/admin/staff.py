"""The screen where the superuser makes staff and gives roles. Nobody else sees it."""

from typing import Any

from allauth.account import admin as library_of_accounts  # noqa: F401 - it registers what is taken off below
from allauth.account.models import EmailAddress
from allauth.mfa import admin as library_of_factors  # noqa: F401
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from privacy.backoffice import BackofficeAdmin

from ..actions import change_staff, create_staff, end_service
from ..at_work import staff_of
from ..forms import StaffForm
from ..models import User

# Roles are code: an editable kind of right beside them would be one that nobody reviewed. The stock module adds it.
if isinstance(admin.site.get_model_admin(Group), GroupAdmin):
    admin.site.unregister(Group)
# Nobody needs to see a customer's passkeys; the library would let every superuser change them.
admin.site.unregister([EmailAddress, Authenticator])


@admin.register(User)
class UserAdmin(BackofficeAdmin):
    form = StaffForm
    list_display = ("email", "name", "role_names", "is_active", "last_login", "service_ended_at")
    list_filter = ("is_active", "role_rows__role")
    ordering = ("email",)
    fields = ("email", "name", "roles", "new_password", "is_active", "is_superuser", "last_login", "service_ended_at")
    readonly_fields = ("is_active", "is_superuser", "last_login", "service_ended_at")
    actions = ("leave",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(is_staff=True).prefetch_related("role_rows")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else ("email", "name", "roles", "new_password")

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        return ", ".join(row.get_role_display() for row in user.role_rows.all())

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        asked = {name: form.cleaned_data[name] for name in ("email", "name", "roles")}
        password, now = form.cleaned_data["new_password"], timezone.now()
        if change:
            change_staff(user_id=obj.pk, **asked, new_password=password, now=now)
        else:
            obj.pk = create_staff(**asked, password=password, now=now).pk

    @admin.action(
        description=_("Record that they left: no login, no roles; the account goes after twelve months"),
        permissions=["change"],
    )
    def leave(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        leaving = list(rows.exclude(pk=staff_of(request).pk).values_list("pk", flat=True))
        count = end_service(user_ids=leaving, now=timezone.now())
        text = ngettext("%(count)d person left.", "%(count)d people left.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
