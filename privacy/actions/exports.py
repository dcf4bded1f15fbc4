"""Making the export of a person's data in the background, announcing it, and forgetting it a week later (P85, P89)."""

import tempfile
from datetime import datetime

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from common import links
from common.jobs import schedule
from common.periods import Bound, due
from privacy import files
from privacy.models import Export, Right
from privacy.people import from_stored
from privacy.rights import deadlines
from privacy.rights.exports import write_export
from privacy.rights.states import State

from .requests import NotOpen, NotProven, answer_request, opened

PURPOSE = "privacy.export"


@transaction.atomic
def ask_export(*, request_id: int, now: datetime) -> Export:
    """Have the export of a request for access or portability made in the background; asked twice, it is made once.

    One that failed until nobody tried any more gets all its tries again. Raises NotOpen, and NotProven while nothing
    shows who asks.
    """
    request = opened(request_id)
    if not request.proof or from_stored(request.person).is_nobody:
        raise NotProven
    export, is_new = Export.objects.get_or_create(
        request=request, defaults={"is_portable": request.right == Right.PORTABILITY, "kept_from": now}
    )
    again = Export.objects.failed(now).filter(pk=export.pk).update(attempts=0, claimed_at=None)
    if is_new or again:
        schedule("privacy.make_export", export_id=export.pk)
    return export


def make_export(*, export_id: int, now: datetime) -> bool:
    """Make one export, answer its request and mail where it lies; whether this job made it.

    A job that dies leaves a file nobody points at, which the night removes, and a claim that grows old.
    """
    if not Export.objects.to_make(now).filter(pk=export_id).update(claimed_at=now, attempts=F("attempts") + 1):
        return False
    export = Export.objects.select_related("request").get(pk=export_id)
    stored = files.register([files.new_name("export", ".zip")], now=now)[0]
    # Without a name in any folder: whoever ends this job takes the bytes with it.
    with tempfile.TemporaryFile(dir=settings.VAR_DIR) as made, translation.override(export.request.language):
        count = write_export(made, from_stored(export.request.person), portable=export.is_portable, now=now)
        made.seek(0)
        files.store.save(stored.name, File(made))
    _hand_over(export, stored.pk, count, now=now)
    return True


def make_waiting(*, now: datetime) -> int:
    """Make the exports an earlier job left, oldest first; how many were made."""
    waiting = list(Export.objects.to_make(now).order_by("pk").values_list("pk", flat=True))
    return sum(make_export(export_id=pk, now=now) for pk in waiting)


def download_url(export: Export) -> str:
    """The link in the mail: it carries a public id and a signature."""
    return settings.SITE_URL + reverse("privacy:export", args=[links.sign(PURPOSE, str(export.public_id))])


def readable(token: str, *, now: datetime) -> Export | None:
    """The made export behind a link, within its seven days."""
    public_id = links.read(PURPOSE, token, max_age=deadlines.EXPORT_KEPT.length)
    made = Export.objects.filter(public_id=public_id, stored__isnull=False) if public_id else Export.objects.none()
    export = made.select_related("stored", "request").first()
    return export if export and ends_at(export) > now else None


def ends_at(export: Export) -> datetime:
    """From when an export is gone (RT19)."""
    return due(export.kept_from, deadlines.EXPORT_KEPT, Bound.AT_MOST)


@transaction.atomic
def _hand_over(export: Export, stored_id: int, count: int, *, now: datetime) -> None:
    """The file belongs to the export now, and who asked hears of it; all of it or nothing."""
    row = Export.objects.select_for_update().filter(pk=export.pk, made_at__isnull=True).first()
    if row is None:
        return
    request = export.request
    with translation.override(request.language):
        ready = _("Your data is ready in one file: a page to read, tables and your photos. Fetch it within a week:")
        nothing = _("We looked in all our records and hold nothing that we know to be yours. This file says so:")
        text = f"{ready if count else nothing}\n\n{download_url(export)}"
    try:
        answer_request(request_id=request.pk, outcome=State.DONE, text=text, by_id=None, now=now)
    except NotOpen:
        # Taken back, or answered by staff in the meantime: nobody gets the link, and the night takes the bytes.
        return
    files.attach([stored_id], now=now)
    Export.objects.filter(pk=row.pk).update(stored_id=stored_id, made_at=now, kept_from=now)
