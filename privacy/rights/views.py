"""The pages on which a person uses a right. Everything here is about who they proved to be, and about nobody else."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import links
from common.requests import VisitorRequest, client_address
from common.throttle import may_mail
from privacy import files
from privacy.actions.asking import ask
from privacy.actions.exports import ends_at, readable
from privacy.actions.proofs import address_behind, mail_address_link
from privacy.actions.requests import NotOpen, prove
from privacy.dossier import dossier
from privacy.models import Export, Proof, Right, RightsRequest
from privacy.people import Person, as_stored, still_them, who_asks

from .emails import AUTHORITY_URL, PROOF_LASTS, PROOF_PURPOSE
from .erasing import summary, verdicts
from .forms import AddressForm, AskForm
from .visits import close_address, open_address, remember_request
from .wording import BUTTONS, EXPLAINED, OFFERED, RECEIVED

# Links to one mailbox, in a quarter of an hour; and requests that are answered there: each right once.
PER_MAILBOX = 3
REQUESTS_PER_MAILBOX = len(Right)


@sensitive_post_parameters("email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """What we hold about who asks, and what they can do about it; a stranger is asked to show who they are (P85).

    The answer to an address we know and to one we do not is the same.
    """
    now = timezone.now()
    person = who_asks(request, now=now)
    if request.method != "POST":
        return _stranger(request, AddressForm()) if person.is_nobody else _overview(request, person, now=now)
    form = AddressForm(request.POST.dict())
    if not form.is_valid():
        return _stranger(request, form, status=422)
    mailbox = form.cleaned_data["email"]
    if _is_too_often(request, form, "rights", mailbox=mailbox, limit=PER_MAILBOX):
        return _stranger(request, form, status=429)
    mail_address_link(email=mailbox, language=_language(), now=now)
    return redirect("privacy:link_sent")


@require_safe
def link_sent(request: HttpRequest) -> HttpResponse:
    """That a link is on its way, to whatever address it was."""
    return _page(request, "privacy/link_sent.html", {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_my_data(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: a button, as programs open links in mails too; the page then has no proof in its address."""
    now = timezone.now()
    email = address_behind(token, now=now)
    if not email:
        return _page(request, "privacy/link_over.html", {}, status=410)
    if request.method == "POST":
        open_address(cast("VisitorRequest", request), email, now=now)
        return redirect("privacy:my_data")
    return _page(request, "privacy/open_address.html", {})


@never_cache
@require_POST
def close_my_data(request: HttpRequest) -> HttpResponse:
    """Done on this page: this browser forgets the address."""
    close_address(cast("VisitorRequest", request))
    messages.success(request, gettext("This page is closed. Nobody else on this device can open it."))
    return redirect("privacy:my_data")


@sensitive_post_parameters("text", "email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use_right(request: HttpRequest, right: str) -> HttpResponse:
    """One right: what it does, what stays, and the button."""
    now = timezone.now()
    if right not in Right.values:
        raise Http404
    person = who_asks(request, now=now)
    if right == Right.ERASURE and person.user_id is not None:
        # As its own page asks before it ends an account: a screen that was left open must not be enough (P47).
        for check in still_them:
            check(request)
    if request.method != "POST":
        if person.is_nobody:
            messages.warning(request, gettext("First show who you are. Then you can go on."))
            return redirect("privacy:my_data")
        return _right(request, right, person, AskForm(right=right, email=person.email), now=now)
    form = AskForm(request.POST.dict(), right=right, email=person.email)
    if not form.is_valid() or person.is_nobody:
        if person.is_nobody:
            # The hour of a mailed link is over: what was typed stays on the page.
            form.add_error(None, gettext("We no longer know who you are. Show it in a new window, then send this."))
        return _right(request, right, person, form, now=now, status=422)
    said = form.cleaned_data
    mailbox = person.email or said["email"]
    if _is_too_often(request, form, "right", mailbox=mailbox, limit=REQUESTS_PER_MAILBOX):
        # Who holds a code names the mailbox themselves, and each request is mailed there and may take an export.
        return _right(request, right, person, form, now=now, status=429)
    asked = ask(
        person=person,
        right=right,
        text=said.get("text", ""),
        email=said.get("email", ""),
        language=_language(),
        form_token=said["token"],
        now=now,
    )
    remember_request(cast("VisitorRequest", request), asked.public_id)
    messages.success(request, str(RECEIVED[right]))
    return redirect("privacy:my_data")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest, token: str) -> HttpResponseBase:
    """The link to an export: what it is, until when, and a button that fetches it (RT19)."""
    now = timezone.now()
    made = readable(token, now=now)
    if made is None or made.stored is None:
        return _page(request, "privacy/link_over.html", {"is_export": True}, status=410)
    if request.method != "POST":
        return _page(request, "privacy/export_ready.html", {"export": made, "ends_at": ends_at(made)})
    try:
        content = files.store.open(made.stored.name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename="mijn-gegevens.zip", content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove_request(request: HttpRequest, token: str) -> HttpResponse:
    """The link that asks whether the address of a request is theirs: a button, as programs open links too."""
    row = _request_of(token)
    if request.method != "POST" or row.closed_at:
        return _page(request, "privacy/prove.html", {"row": row})
    person = as_stored(Person(email=row.email.lower()))
    try:
        prove(request_id=row.pk, proof=Proof.LINK, by_id=None, person=person, now=timezone.now())
    except NotOpen:
        row.refresh_from_db()
    return _page(request, "privacy/prove.html", {"row": row, "is_proven": row.closed_at is None})


def _is_too_often(request: HttpRequest, form: BaseForm, what: str, *, mailbox: str, limit: int) -> bool:
    """Whether this sending is one too many, counted; the form then says so."""
    if may_mail(what, address=client_address(request), mailbox=mailbox, per_mailbox=limit):
        return False
    form.add_error(None, gettext("That was often in a short time. Wait fifteen minutes, or mail or call us."))
    return True


def _request_of(token: str) -> RightsRequest:
    public_id = links.read(PROOF_PURPOSE, token, max_age=PROOF_LASTS)
    row = RightsRequest.objects.alive(timezone.now()).filter(public_id=UUID(public_id)).first() if public_id else None
    if row is None:
        raise Http404
    return row


def _stranger(request: HttpRequest, form: AddressForm, *, status: int = 200) -> HttpResponse:
    return _page(request, "privacy/who.html", {"form": form, "authority_url": AUTHORITY_URL}, status=status)


def _overview(request: HttpRequest, person: Person, *, now: datetime) -> HttpResponse:
    asked = RightsRequest.objects.alive(now).filter(public_id__in=request.session.get("requests", []))
    failed = Export.objects.failed(now).filter(request__in=asked)
    context = {
        "person": person,
        "sections": dossier(person, now=now),
        "asked": asked.order_by("-received_at", "-pk"),
        "failed": set(failed.values_list("request_id", flat=True)),
        "rights": [(right.value, OFFERED[right]) for right in Right],
        "authority_url": AUTHORITY_URL,
        "is_link": "address" in request.session,
        "form": AddressForm(),
    }
    return _page(request, "privacy/my_data.html", context)


def _right(
    request: HttpRequest, right: str, person: Person, form: AskForm, *, now: datetime, status: int = 200
) -> HttpResponse:
    goes, stays = summary(verdicts(person, now=now)) if right == Right.ERASURE else ([], [])
    context: dict[str, object] = {
        "goes": goes,
        "stays": stays,
        "title": OFFERED[right],
        "explained": EXPLAINED[right],
        "button": BUTTONS[right],
        "is_final": right == Right.ERASURE,
        "form": form,
        "person": person,
    }
    return _page(request, "privacy/use_right.html", context, status=status)


def _language() -> str:
    return get_language() or "nl"


def _page(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
