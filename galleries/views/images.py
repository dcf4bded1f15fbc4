"""The bytes of thumbnails and previews, in the mode in which no web server stands before us to send them."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponseNotFound, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from galleries.access import viewer_of
from galleries.proofs import holds


@require_safe
def image(request: HttpRequest, last: str, given: str, name: str) -> HttpResponseBase:
    """One image, if the proof in its address holds for this browser now. No session, no query.

    With an object store the answer is its own signed address, which lives a minute.
    """
    now = timezone.now()
    if settings.IMAGES_BY_NGINX or not holds(name, viewer=viewer_of(request), last=int(last), given=given, now=now):
        return HttpResponseNotFound()
    if settings.S3_BUCKET:
        return HttpResponseRedirect(default_storage.url(name), headers={"Cache-Control": "no-store"})
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return HttpResponseNotFound()
    # The browser may keep it exactly as long as the address works.
    seconds_left = int(last) - int(now.timestamp())
    headers = {"Cache-Control": f"private, max-age={max(0, seconds_left)}"}
    return FileResponse(file, content_type="image/jpeg", headers=headers)
