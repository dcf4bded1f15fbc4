"""What a mail provider tells us about messages: came back, reported as spam, unsubscribed (P66, L20).

Anymail knows the providers' formats; we take its normalised events and keep nothing of what was sent to us (RT24). The
address works only for the provider and the secret a site sets.
"""

import logging
from datetime import datetime

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from common.texts import storable

from .actions import note_bounce, object_to_marketing
from .models import Suppression

log = logging.getLogger(__name__)
# Those that prove themselves by the secret alone, which stands in the address they are given.
READERS: dict[str, type[AnymailBaseWebhookView]] = {
    "brevo": BrevoTrackingWebhookView,
    "mailjet": MailjetTrackingWebhookView,
    "postmark": PostmarkTrackingWebhookView,
    "sparkpost": SparkPostTrackingWebhookView,
}
_SPAM, _LINK = Suppression.Reason.SPAM, Suppression.Reason.LINK
# Anymail's words. A refusal by the provider itself says why: what it remembers is what happened before.
_OBJECTIONS: dict[tuple[str, str | None], Suppression.Reason] = {
    ("complained", None): _SPAM,
    ("unsubscribed", None): _LINK,
    ("rejected", "unsubscribed"): _LINK,
}
# Refused as spam may be what a mail server thinks of the text: no word of the person, and no more mail either.
_CAME_BACK = {("bounced", None), *(("rejected", why) for why in ("bounced", "invalid", "spam"))}


# A provider has no cookie; the secret is the proof.
@csrf_exempt
@require_http_methods(["HEAD", "POST"])
def mail_events(request: HttpRequest, provider: str) -> HttpResponse:
    """Take in what happened to messages. Told twice it changes nothing; who has not the secret gets 403."""
    if not settings.MAIL_EVENTS_SECRET or provider != settings.MAIL_EVENTS_PROVIDER:
        raise Http404
    if request.method == "HEAD":
        return HttpResponse()
    reader = READERS[provider]()
    try:
        reader.run_validators(request)
        told = [(event.event_type, event.reject_reason, event.recipient) for event in reader.parse_events(request)]
    except AnymailWebhookValidationFailure:
        return HttpResponse(status=403)
    except Exception as error:  # whatever stands in the body: its text may hold an address
        log.warning("a message of the mail provider could not be read: %s", type(error).__name__)
        return HttpResponse(status=400)
    for kind, reason, email in told:
        address = storable(email) if isinstance(email, str) else ""
        if address:
            note_event(kind=kind, reason=reason, email=address, now=timezone.now())
    return HttpResponse()


def note_event(*, kind: str, reason: str | None, email: str, now: datetime) -> None:
    """Act on one event. A spam report and unsubscribing are objections for good; what came back is none."""
    why = (kind, reason if kind == "rejected" else None)
    if why in _OBJECTIONS:
        object_to_marketing(email=email, reason=_OBJECTIONS[why], now=now)
    elif why in _CAME_BACK:
        note_bounce(email=email, now=now)
