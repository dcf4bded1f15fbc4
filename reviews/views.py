"""Reviews as everybody reads them, and as their writers write and withdraw them."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from common import links
from common.requests import VisitorRequest
from shop.account import customer_id

from . import deadlines
from .actions import AlreadyReviewed, Words, forget_writer, withdraw_review, write_review
from .emails import LINK_MAX_AGE, LINK_PURPOSE, own_path
from .forms import ReviewForm
from .models import Review
from .sources import Source, sources_of

PER_PAGE = 10


# Nothing of a review may lie in a cache: withdrawn, it is gone at once (P72).
@never_cache
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Every review that is shown, newest first, their average, how we verify and what we refuse (L24)."""
    shown = Review.objects.shown()
    page: Page[Review] = Paginator(shown.order_by("-published_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    totals = shown.aggregate(average=Avg("stars"), count=Count("pk"))
    context = {"page": page, **totals, "refusals": Review.Refusal.labels, "days": deadlines.DECISION_DAYS}
    return render(request, "reviews/list.html", context)


@sensitive_post_parameters("text", "name", "email")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a review from a paid order or a code of this visit (P70, P71)."""
    now = timezone.now()
    sources = sources_of(cast("VisitorRequest", request), now=now)
    if request.method == "POST":
        return _receive(request, sources, now=now)
    free = [source for source in sources if source.review is None]
    chosen = next((source for source in free if source.key == request.GET.get("source")), free[0] if free else None)
    initial = {"source": chosen.key if chosen and len(free) > 1 else None, "email": chosen.email if chosen else ""}
    form = ReviewForm(sources=sources, initial={name: value for name, value in initial.items() if value})
    return _page(request, form, sources, token=uuid4())


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """That the review arrived, and what happens now."""
    return render(request, "reviews/sent.html", {"days": deadlines.DECISION_DAYS})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The writer's own page, by the mailed link: where the review stands, and withdrawing it or only the name. Opening
    it changes nothing, so no program that looks at links withdraws anything (P72)."""
    now = timezone.now()
    public_id = links.read(LINK_PURPOSE, token, max_age=LINK_MAX_AGE)
    review = Review.objects.standing(now).filter(public_id=public_id).first() if public_id else None
    if review is None:
        # Also what was withdrawn a moment ago: the same page twice says the same.
        return _gone(request, status=410) if public_id else _unknown()
    if request.method != "POST":
        context = {"review": review, "decide_by": deadlines.decide_by(review.written_at), "days": deadlines.DRAFT.days}
        return _private(render(request, "reviews/own.html", context))
    if request.POST.get("what") == "name":
        if forget_writer(review_ids=[review.pk], now=now):
            text = _("Your name and address are off the review. The review itself stays, anonymous.")
            messages.success(request, text)
        else:
            messages.warning(request, _("For a legal reason we have to leave this review as it is now. Ask us why."))
        return redirect("reviews:own", token)
    withdraw_review(review_id=review.pk, now=now)
    return _gone(request, status=200)


def _receive(request: HttpRequest, sources: list[Source], *, now: datetime) -> HttpResponse:
    form = ReviewForm(request.POST.dict(), sources=sources)
    token = _token(request.POST.get("token", ""))
    if Review.objects.filter(form_token=token).exists():
        return redirect("reviews:sent")
    if not form.sources:
        form.add_error(None, _no_source(sources))
    if not form.is_valid():
        return _page(request, form, sources, token=token, status=422)
    said = form.cleaned_data
    source: Source = said["source"]
    words = Words(
        stars=said["stars"],
        text=said["text"],
        name=said["name"],
        email=said["email"],
        language=get_language() or "nl",
    )
    try:
        write_review(
            form_token=token,
            words=words,
            order_id=source.order_id,
            code_id=source.code_id,
            writer_id=customer_id(request),
            now=now,
        )
    except AlreadyReviewed:
        form.add_error(None, _("A review of this was written already."))
        return _page(request, form, sources, token=token, status=422)
    return redirect("reviews:sent")


def _no_source(sources: list[Source]) -> str:
    if sources:
        return _("A review of this was written already.")
    return _("Your visit has ended. Enter your code again in another window, then send your review again from here.")


def _token(typed: str) -> UUID:
    """Which form this is; a new one where that was lost on the way."""
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


def _page(
    request: HttpRequest, form: ReviewForm, sources: list[Source], *, token: UUID, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "token": token,
        "may_write": bool(form.sources) or form.is_bound,
        "written": [(source, _own(source, request)) for source in sources if source.review],
        "days": deadlines.DECISION_DAYS,
        "refusals": Review.Refusal.labels,
    }
    return _private(render(request, "reviews/write.html", context, status=status))


def _own(source: Source, request: HttpRequest) -> str:
    """The way to a review that was written already, for who wrote it: who placed the order, or the account it was
    written in. A card may be in two hands, so a code opens nobody's review; its writer has the link by mail."""
    assert source.review is not None  # noqa: S101  (the caller looked)
    account = customer_id(request)
    is_theirs = source.order_id is not None or (account is not None and source.review.writer_id == account)
    return own_path(source.review) if is_theirs else ""


def _gone(request: HttpRequest, *, status: int) -> HttpResponse:
    return _private(render(request, "reviews/withdrawn.html", status=status))


def _unknown() -> HttpResponse:
    raise Http404


def _private(response: HttpResponse) -> HttpResponse:
    """No search engine keeps a page that is one person's."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
