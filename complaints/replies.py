"""What an answer begins with: a template in the sender's language, filled in with what we know already (P68)."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .models import Complaint, ContactMessage, ReplyTemplate
from .wording import fill_in


def begin_answer(template_id: str, to: ContactMessage | Complaint) -> str:
    """The text of the chosen template for this sender, "" when there is none. Nothing is looked up for it but what
    stands on the message: no relation is made, and none is read (P68)."""
    if not (template_id.isascii() and template_id.isdigit() and len(template_id) < 19):
        return ""
    template = ReplyTemplate.objects.filter(pk=int(template_id), is_active=True).first()
    if template is None:
        return ""
    came_at = to.received_at if isinstance(to, ContactMessage) else to.submitted_at
    text = template.text_nl if to.language == "nl" else template.text_en
    return fill_in(text, _values(to.name, came_at, language=to.language))


def _values(name: str, came_at: datetime, *, language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            "greeting": _("Hello %(name)s,") % {"name": name} if name else _("Hello,"),
            "date": date_format(localtime(came_at), "j F Y"),
            "studio": settings.STUDIO_NAME,
            "phone": settings.STUDIO_PHONE,
            "email": settings.STUDIO_EMAIL,
            "statement": settings.SITE_URL + reverse("privacy:statement"),
        }
