"""The templates of answers: written by who answers, in both languages."""

from dataclasses import fields
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from privacy.backoffice import BackofficeAdmin

from ..actions import TemplateFacts, change_template, create_template
from ..forms import ReplyTemplateForm
from ..models import ReplyTemplate


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(BackofficeAdmin):
    is_personal = False  # texts of ours that name nobody
    form = ReplyTemplateForm
    list_display = ("title", "is_active")
    list_filter = ("is_active",)
    heading_field = "title"
    fields = ("title", "text_nl", "text_en", "is_active")

    def save_model(self, request: HttpRequest, obj: ReplyTemplate, form: Any, change: bool) -> None:
        facts = TemplateFacts(**{field.name: form.cleaned_data[field.name] for field in fields(TemplateFacts)})
        if change:
            change_template(template_id=obj.pk, facts=facts)
        else:
            obj.pk = create_template(facts=facts).pk
