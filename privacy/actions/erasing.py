"""Erasing what we hold about a person, at their wish: by the same functions as the night (P87, L5)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from privacy import erasure, holds, ties, wipes
from privacy.dossier import Source
from privacy.models import RightsRequest
from privacy.people import from_stored
from privacy.rights.erasing import Verdict, summary, verdicts
from privacy.rights.states import State
from privacy.rules import Rule

from .requests import NotProven, answer_request, opened

REASON = "request"


@transaction.atomic
def carry_out_erasure(*, request_id: int, by_id: int | None, now: datetime) -> RightsRequest:
    """Erase what is about the person of this request, wipe of what stays whatever no law keeps, and answer with both
    lists. All of it or nothing. Raises NotOpen, NotProven."""
    request = opened(request_id)
    person = from_stored(request.person)
    if not request.proof or person.is_nobody:
        raise NotProven
    holds.freeze_exceptions()
    with translation.override(request.language):
        found = verdicts(person, now=now)
        did, stays = summary(found)
        nothing = [gettext("We looked everywhere and found nothing that we may delete.")]
    erase_found(found, now=now)
    outcome = State.PARTLY if stays else State.DONE
    return answer_request(
        request_id=request.pk, outcome=outcome, text="", did=did or nothing, stays=stays, by_id=by_id, now=now
    )


def erase_found(found: Iterable[Verdict], *, now: datetime) -> None:
    """Do what the verdicts say, in the caller's transaction."""
    going: dict[Source, list[int]] = defaultdict(list)
    wiping: dict[Rule, list[int]] = defaultdict(list)
    staying: dict[Source, list[int]] = defaultdict(list)
    for verdict in found:
        for rule in verdict.wipes:
            wiping[rule].append(verdict.row_id)
        if verdict.goes and not verdict.wipes:
            going[verdict.source].append(verdict.row_id)
        elif not verdict.goes:
            staying[verdict.source].append(verdict.row_id)
    for rule, ids in wiping.items():
        wipe(rule, ids, now=now)
    # What hangs on a row goes with it: the later sources then find their ids gone, which is no error.
    for source, ids in going.items():
        erasure.erase(ties.table_of(source.model), ids, reason=REASON, now=now)
    for source, ids in staying.items():
        if source.withhold:
            source.withhold(ids, now)


def wipe(rule: Rule, ids: Collection[int], *, now: datetime) -> int:
    """Wipe now what `rule` would wipe at its time, of those rows it has not wiped yet."""
    rows = rule.model._base_manager.filter(rule.condition, pk__in=ids)
    locked = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    return wipes.wipe_locked(rule, locked, reason=REASON, now=now) if locked else 0
