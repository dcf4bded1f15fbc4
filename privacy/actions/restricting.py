"""Leaving a person's data alone: at their wish (art. 18 GDPR, P88), or while an objection is weighed (P90, L9)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from privacy import ties
from privacy.declarations import Basis
from privacy.dossier import Entry, Section, dossier
from privacy.models import Restriction, RightsRequest
from privacy.people import Person, from_stored
from privacy.registry import registry
from privacy.rights.objections import stoppers
from privacy.rights.states import State

from .exceptions import restrict
from .requests import answer_request, opened


@transaction.atomic
def carry_out_restriction(*, request_id: int, by_id: int | None, now: datetime) -> RightsRequest:
    """Restrict every row about the person of a request that can be restricted, and say so. Raises NotOpen."""
    request = opened(request_id)
    with translation.override(request.language):
        sections = dossier(_person(request), now=now)
        did = _restrict(sections, request, now=now)
        words = gettext(
            "We keep this and do nothing else with it, until you tell us that we may. Before we use it again for "
            "another reason, we write to you. What hangs on it (lines of an order, photos of a code) is left alone too."
        )
        nothing = gettext("We found nothing that we could leave alone.")
    text = words if did else nothing
    return answer_request(request_id=request.pk, outcome=State.DONE, text=text, did=did, by_id=by_id, now=now)


@transaction.atomic
def begin_objection(*, request_id: int, now: datetime) -> tuple[bool, int]:
    """Stop marketing at once, and leave alone what rests on our own interest until the privacy owner has decided (P90).

    Returns whether there was marketing to stop, and how many rows are left alone. Raises NotOpen.
    """
    request = opened(request_id)
    person = _person(request)
    # Every one of them, whatever the one before it found.
    stopped = [stop(person, now) for stop in stoppers]
    sections = [
        Section(source=section.source, entries=tuple(entry for entry in section.entries if _rests_on_interest(entry)))
        for section in dossier(from_stored(request.person), now=now)
    ]
    return any(stopped), len(_restrict(sections, request, now=now))


def _person(request: RightsRequest) -> Person:
    """Who proved it; for what needs no proof, the address they wrote from."""
    proven = from_stored(request.person)
    return proven if not proven.is_nobody else Person(email=request.email.lower())


def _rests_on_interest(entry: Entry) -> bool:
    # A field that says nothing rests on nothing: the account of a customer has columns that only colleagues fill.
    return any(fact.said.basis == Basis.LEGITIMATE_INTEREST and fact.value for fact in entry.facts)


def _restrict(sections: Iterable[Section], request: RightsRequest, *, now: datetime) -> list[str]:
    did = []
    for section in sections:
        table = ties.table_of(section.source.model)
        if table not in registry.restrictable:
            continue
        kind = table._meta.label_lower
        known = set(Restriction.objects.filter(kind=kind, lifted_at__isnull=True).values_list("object_id", flat=True))
        found = [entry.row.pk for entry in section.entries if entry.row.pk not in known]
        ids = table._base_manager.filter(registry.restrictable[table], pk__in=found).values_list("pk", flat=True)
        for row_id in sorted(ids):
            restrict(
                kind=kind,
                object_id=row_id,
                reason=f"request {request.pk}",
                email=request.email,
                language=request.language,
                now=now,
            )
        if ids:
            did.append(f"{section.source.title}: {len(ids)}")
    return did
