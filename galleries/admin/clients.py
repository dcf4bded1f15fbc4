"""Who gives assignments."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from galleries.actions import change_client, create_client
from galleries.models import Client
from privacy.backoffice import BackofficeAdmin

from .client_forms import CLIENT_FIELDS, ClientForm


@admin.register(Client)
class ClientAdmin(BackofficeAdmin):
    form = ClientForm
    fields_for = {"galleries.contact_client": frozenset(CLIENT_FIELDS) - {"kind", "name"}}
    list_display = ("name", "kind", "email", "assignment_count", "created_at")
    list_filter = ("kind",)
    ordering = ("name",)
    fields = CLIENT_FIELDS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Client]:
        rows: QuerySet[Client] = super().get_queryset(request).filter(person_erased_at__isnull=True)
        return rows.annotate(assignment_count=Count("assignments"))

    @admin.display(description=_("assignments"), ordering="assignment_count")
    def assignment_count(self, client: Any) -> int:
        return int(client.assignment_count)

    def save_model(self, request: HttpRequest, obj: Client, form: Any, change: bool) -> None:
        said = {name: form.cleaned_data[name] for name in CLIENT_FIELDS}
        if change:
            change_client(client_id=obj.pk, **said)
        else:
            obj.pk = create_client(**said, now=timezone.now()).pk
