"""The message of a campaign: in the reader's language, with who we are, why they get it, and how it stops (P66)."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from privacy.mail import Rendered, render_mail, store_mail
from privacy.models import OutgoingMail

from .models import Campaign, Relation
from .unsubscribe import unsubscribe_url

TEMPLATE = "accounts/campaign"


def write_message(campaign: Campaign, relation: Relation, *, now: datetime) -> OutgoingMail:
    """Store the message to one relation; the job that asked for it sends it."""
    url = unsubscribe_url(relation)
    return store_mail(
        kind="accounts.campaign",
        to=relation.email,
        template=TEMPLATE,
        context=_context(campaign, relation.language, ordered_at=relation.last_order_at, url=url),
        language=_language(campaign, relation.language),
        now=now,
        about=relation,
        unsubscribe_url=url,
    )


def preview(campaign: Campaign, *, language: str, now: datetime) -> Rendered:
    """The message as somebody who ordered today would get it. Its link leads nowhere."""
    url = f"{settings.SITE_URL}/afmelden/.../"
    return render_mail(
        template=TEMPLATE,
        context=_context(campaign, language, ordered_at=now, url=url),
        language=_language(campaign, language),
    )


def _context(campaign: Campaign, reads: str, *, ordered_at: datetime, url: str) -> dict[str, object]:
    is_english = _language(campaign, reads) == "en"
    return {
        "subject": campaign.subject_en if is_english else campaign.subject_nl,
        "written": campaign.text_en if is_english else campaign.text_nl,
        "ordered_at": ordered_at,
        "unsubscribe_url": url,
        "statement_url": settings.SITE_URL + reverse("privacy:statement"),
        "studio_place": settings.STUDIO_PLACE,
        "studio_email": settings.STUDIO_EMAIL,
    }


def _language(campaign: Campaign, reads: str) -> str:
    """English for who reads it, if it was written; Dutch for everybody else."""
    return "en" if reads == "en" and campaign.text_en else "nl"
