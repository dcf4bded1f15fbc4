"""What the pages of messages and complaints share."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from privacy.backoffice import ReadOnlyInline

from ..models import Letter, ReplyTemplate

HELD = _("A legal hold or a restriction keeps this. Ask the privacy owner.")


class LetterInline(ReadOnlyInline):
    model = Letter
    fields = ("written_at", "kind", "text", "who")
    readonly_fields = ("who",)
    ordering = ("written_at", "id")

    @admin.display(description=_("by"))
    def who(self, letter: Letter) -> str:
        return letter.by.get_short_name() if letter.by else "–"


def offered_templates() -> dict[str, Any]:
    """What an answer may begin with, for the page on which it is written (P68)."""
    return {"templates": ReplyTemplate.objects.filter(is_active=True)}
