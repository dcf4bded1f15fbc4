"""The contact form: open to everybody, without a cookie, and nothing typed is lost."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from common.requests import client_address
from common.texts import storable
from common.throttle import may_mail

from .actions import receive_message
from .forms import ContactForm
from .models import Topic
from .stamps import TYPING_TAKES, Stamp, new_stamp, read_stamp

# Copies of what was sent to one mailbox, in a quarter of an hour.
PER_MAILBOX = 5


# A message from a stranger uses nothing of the visitor's session, so there is nothing to forge; the form's own stamp
# says that it is ours. A cookie that ran out then never costs anybody what they typed.
@csrf_exempt
@sensitive_post_parameters("name", "email", "text")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Ask, complain, or use a right (P05, P92, P93)."""
    now = timezone.now()
    if request.method != "POST":
        topic = request.GET.get("topic", "")
        form = ContactForm(initial={"topic": topic if topic in Topic.values else None})
        return _page(request, form, stamp=new_stamp(now))
    form = ContactForm(request.POST.dict())
    signed = storable(request.POST.get("stamp", ""))
    stamp = read_stamp(signed, now=now)
    if not form.is_valid() and stamp:
        return _page(request, form, stamp=signed, status=422)
    if stamp is None:
        form.add_error(None, _("This page stood open for a long time. Look at your message and send it again."))
        # Everything is typed already, so there is nothing to wait for.
        return _page(request, form, stamp=new_stamp(now - TYPING_TAKES), status=422)
    mailbox = form.cleaned_data["email"]
    if not may_mail("contact", address=client_address(request), mailbox=mailbox, per_mailbox=PER_MAILBOX):
        form.add_error(None, _("That was often in a short time. Send it again in fifteen minutes, or mail or call us."))
        return _page(request, form, stamp=signed, status=429)
    return _receive(form, stamp, now=now)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """That the message arrived, and what happens now."""
    return render(request, "complaints/sent.html")


def _receive(form: ContactForm, stamp: Stamp, *, now: datetime) -> HttpResponse:
    said = form.cleaned_data
    is_spam = bool(said.pop("website")) or stamp.is_too_quick(now)
    receive_message(**said, form_token=stamp.token, language=get_language() or "nl", is_spam=is_spam, now=now)
    return redirect("complaints:sent")


def _page(request: HttpRequest, form: ContactForm, *, stamp: str, status: int = 200) -> HttpResponse:
    return render(request, "complaints/contact.html", {"form": form, "stamp": stamp}, status=status)
