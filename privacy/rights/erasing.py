"""What a request for erasure takes and what stays, row by row, from the declarations (P87, L5).

A row goes when nothing keeps it. It stays when a rule that ends it names the law that forbids an earlier end (the
books), when a legal hold or a restriction is on it, or when its app says why it is needed for now (an order under way).
Of a row that stays goes at once what no law keeps: the fields whose own rule has no floor. Deciding reads, and changes
nothing: the page that asks "are you sure?" and the erasure itself ask the same function.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from privacy import holds, ties
from privacy.declarations import Label
from privacy.dossier import Entry, Source, dossier, sources
from privacy.models import RequestLetter, RightsRequest
from privacy.people import Person
from privacy.registry import registry
from privacy.rules import Outcome, Rule
from privacy.ties import Table

from .emails import Stays

# The request itself and our answer stay a year, so that we can show what we did; every answer says so (RT19).
_EVIDENCE = (RightsRequest, RequestLetter)
HELD = _("we have to leave it as it is for a legal reason, such as a dispute or a restriction you asked for")


@dataclass(frozen=True, kw_only=True, eq=False)
class Verdict:
    """What happens to one row: it goes, or it stays on a ground, until a moment if that is known. `wipes` are the rules
    whose fields go although the row stays, and which reach it now."""

    source: Source
    row_id: int
    goes: bool
    ground: Label = ""
    until: datetime | None = None
    wipes: tuple[Rule, ...] = ()


def verdicts(person: Person, *, now: datetime) -> list[Verdict]:
    """What an erasure asked by `person` does with every row that is about them, in the order of the sources."""
    found: list[Verdict] = []
    going: set[tuple[Table, object]] = set()
    for section in dossier(person, now=now, among=[one for one in sources.known if one.model not in _EVIDENCE]):
        table = ties.table_of(section.source.model)
        for entry in section.entries:
            verdict = _verdict(section.source, entry, going, now=now)
            if verdict.goes and not verdict.wipes:
                going.add((table, verdict.row_id))
            found.append(verdict)
    return found


def summary(found: Iterable[Verdict]) -> tuple[list[str], list[Stays]]:
    """The same in sentences: what goes, by kind and number; what stays, on which ground and until when."""
    gone: dict[str, int] = {}
    stays: dict[tuple[str, str, str], int] = {}
    for verdict in found:
        title = str(verdict.source.title)
        if verdict.goes:
            gone[title] = gone.get(title, 0) + 1
        else:
            key = (title, str(verdict.ground), until_text(verdict.until))
            stays[key] = stays.get(key, 0) + 1
    did = [f"{title}: {count}" for title, count in gone.items()]
    return did, [Stays(f"{title} ({count})", ground, until) for (title, ground, until), count in stays.items()]


def until_text(until: datetime | None) -> str:
    """Until when, in words; nothing while nobody can say."""
    if until is None:
        return ""
    return gettext("(until %(day)s)") % {"day": date_format(localtime(until), "j F Y")}


def _verdict(source: Source, entry: Entry, going: set[tuple[Table, object]], *, now: datetime) -> Verdict:
    row, table = entry.row, ties.table_of(source.model)
    if any((owner, getattr(row, key.attname)) in going for key, owner in ties.owners(table)):
        return Verdict(source=source, row_id=row.pk, goes=True)
    said = source.stays(row, now) if source.stays else None
    if said:
        return Verdict(source=source, row_id=row.pk, goes=False, ground=said)
    if holds.any_excepted(table, [row.pk], now=now):
        return Verdict(source=source, row_id=row.pk, goes=False, ground=HELD)
    floors = [(fact.until, registry.rules[fact.rule]) for fact in entry.facts if registry.rules[fact.rule].floor]
    wipes = tuple(_wipes(table, entry))
    goes_whole = _goes_whole_anyway(table, row.pk)
    if floors and not goes_whole:
        ends = [until for until, _rule in floors if until is not None]
        # A consent that stands has no end yet; what has one stays until the last of them.
        until = max(ends) if len(ends) == len(floors) else None
        ground = gettext("the law makes us keep it: %(law)s") % {"law": floors[0][1].floor}
        return Verdict(source=source, row_id=row.pk, goes=False, ground=ground, until=until, wipes=wipes)
    # Where no rule ever deletes the row, it belongs to something that stays: only its own fields go.
    rules = [registry.rules[key] for fact in entry.facts for key in fact.said.rules]
    deletes = goes_whole or any(rule.outcome is Outcome.DELETE for rule in rules)
    return Verdict(source=source, row_id=row.pk, goes=True, wipes=() if deletes else wipes)


def _wipes(table: Table, entry: Entry) -> Iterator[Rule]:
    """The rules that wipe fields of this very row and name no law."""
    for key in sorted({key for fact in entry.facts for key in fact.said.rules}):
        rule = registry.rules[key]
        if rule.outcome is Outcome.FIELDS and rule.model is table and not rule.floor:
            yield rule


def _goes_whole_anyway(table: Table, row_id: int) -> bool:
    """Whether a rule without a law behind it ends this row whole, such as an order that was cancelled unpaid."""
    ending = [rule for rule in registry.rules.values() if rule.model is table and rule.outcome is Outcome.DELETE]
    return any(table._base_manager.filter(rule.condition, pk=row_id).exists() for rule in ending if not rule.floor)
