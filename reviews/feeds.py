"""The reviews as an Atom feed: what the page shows, and no person beyond the name that stands there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .models import Review

ENTRIES = 20


# Nothing of a review may lie in a cache: withdrawn, it is gone at once (P72).
@never_cache
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest reviews that are shown."""
    page = settings.SITE_URL + reverse("reviews:list")
    atom = Atom1Feed(
        title=_("What customers say about %(studio)s") % {"studio": settings.STUDIO_NAME},
        link=page,
        description="",
        language=get_language(),
        feed_url=settings.SITE_URL + reverse("reviews:feed"),
    )
    for review in Review.objects.shown().order_by("-published_at", "-pk")[:ENTRIES]:
        atom.add_item(
            title=_("%(stars)d of 5 stars") % {"stars": review.stars},
            link=f"{page}#review-{review.public_id}",
            description=_with_answer(review),
            author_name=review.name or _("Anonymous"),
            unique_id=f"urn:uuid:{review.public_id}",
            pubdate=review.published_at,
            updateddate=review.answered_at or review.published_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _with_answer(review: Review) -> str:
    return f"{review.text}\n\n{_('Our answer')}: {review.answer}" if review.answer else review.text
