"""What we hold about one person: each row and field with why, on which ground, since when and until when (P85, L2).

Nothing here is written twice. An app says for each of its models which rows are about a person; labels, purposes,
grounds and ends come from the declarations and rules. The answer to an access request, the export, the page of a code
and the account page are all made of this.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import ties
from .declarations import Label, Personal
from .people import Person
from .registry import registry
from .rules import Rule

Find = Callable[[Person, datetime], "models.QuerySet[Any]"]
Stored = Iterable[tuple[str, str]]
Stays = Callable[[Any, datetime], Label | None]
Withhold = Callable[[list[int], datetime], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """The rows of one model that are about a person.

    `find` gives them, what is past its term or restricted left out (a person's own request may see the restricted: say
    so there). `since` is the column, or the path to it, that says since when we hold a row. `files` names the stored
    objects of a row that belong into an export: (name for the reader, name in storage).
    """

    model: type[models.Model]
    title: Label
    find: Find
    since: str
    files: Callable[[Any], Stored] | None = None
    # What a request for erasure may not take now although no law keeps it, and why: an order under way, a photo with
    # others on it. None: the declarations and rules decide (`privacy.rights.erasing`).
    stays: Stays | None = None
    # What an app does with rows that stay: out of everybody's sight but those the law keeps them for (A31).
    withhold: Withhold | None = None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One field of one row. `until` is the moment its rule is due, None while what it counts from has not happened."""

    field: str
    label: Label
    value: Any
    shown: str
    said: Personal
    rule: str
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row."""

    row: Any
    since: datetime | date | None
    facts: tuple[Fact, ...]
    files: tuple[tuple[str, str], ...] = ()

    @property
    def until(self) -> datetime | None:
        """When the last of it is gone; None while that is not known."""
        ends = [fact.until for fact in self.facts]
        return max((end for end in ends if end), default=None) if None not in ends else None


@dataclass(frozen=True, kw_only=True)
class Section:
    """All rows of one source."""

    source: Source
    entries: tuple[Entry, ...]


@dataclass
class Sources:
    """What the apps registered, in the order in which a reader meets it."""

    known: list[Source] = field(default_factory=list)

    def register(self, source: Source) -> None:
        """Add a source; one model may have several, each with its own title."""
        if any((known.model, known.title) == (source.model, source.title) for known in self.known):
            raise ImproperlyConfigured(f"{source.model._meta.label} has the same source twice.")
        self.known.append(source)


def as_proof(row: object, now: datetime) -> Label:
    """Why the record of a consent outlives what it was about (RT20)."""
    return _("we must be able to show that you agreed, until twelve months after it ended")


sources = Sources()


def dossier(
    person: Person, *, now: datetime, portable: bool = False, among: Iterable[Source] | None = None
) -> list[Section]:
    """Everything we hold about `person`, section by section; empty sections are left out.

    `portable` keeps only what art. 20 GDPR asks for (given by the person, on contract or consent). `among` limits it to
    some sources.
    """
    if person.is_nobody:
        return []
    sections = [section_of(source, person, now=now, portable=portable) for source in among or sources.known]
    return [section for section in sections if section.entries]


def section_of(source: Source, person: Person, *, now: datetime, portable: bool = False) -> Section:
    """The rows of one source, with the fields that an export shows."""
    rows = list(source.find(person, now))
    said = exported(source.model, portable=portable)
    ends = {key: dues(registry.rules[key], source.model, rows) for one in said.values() for key in one.rules}
    entries = (
        Entry(
            row=row,
            since=_follow(row, source.since),
            facts=tuple(_fact(row, name, one, ends) for name, one in said.items()),
            files=tuple(source.files(row)) if source.files else (),
        )
        for row in rows
    )
    return Section(source=source, entries=tuple(entries))


def exported(model: type[models.Model], *, portable: bool) -> dict[str, Personal]:
    """The fields of a model that an access export shows, or a portable one, with what was declared of each."""
    declared = registry.declarations.get(ties.table_of(model)._meta.label, {})
    personal = {name: said for name, said in declared.items() if isinstance(said, Personal)}
    return {name: said for name, said in personal.items() if (said.in_portability if portable else said.in_access)}


def dues(rule: Rule, model: type[models.Model], rows: list[Any]) -> dict[Any, datetime]:
    """When `rule` ends each of these rows of `model`, by primary key: by itself, or with the row it belongs to. Rows
    the rule does not select, or whose anchor has not come, are not there. Two queries at most."""
    path = _path(ties.table_of(model), rule.model)
    if path is None:
        return {}
    keys = [row.pk for row in rows]
    reached = model._base_manager.filter(pk__in=keys).values_list("pk", "__".join([*path, "pk"])) if path else None
    target_of = dict(reached) if reached is not None else {key: key for key in keys}
    anchored = rule.model._base_manager.filter(rule.condition, pk__in=set(target_of.values()) - {None})
    anchors = dict(anchored.values_list("pk", rule.anchor))
    return {key: rule.due(anchors[target]) for key, target in target_of.items() if anchors.get(target)}


def _path(model: type[models.Model], end: type[models.Model], seen: tuple[Any, ...] = ()) -> tuple[str, ...] | None:
    """The foreign keys from a row of `model` up to the row of `end` that takes it along; None when there is no way."""
    if model is end:
        return ()
    for key, owner in ties.owners(model):
        if owner not in (*seen, model):
            rest = _path(owner, end, (*seen, model))
            if rest is not None:
                return (key.name, *rest)
    return None


def _fact(row: Any, name: str, said: Personal, ends: dict[str, dict[Any, datetime]]) -> Fact:
    found = sorted((ends[key][row.pk], key) for key in said.rules if row.pk in ends[key])
    until, rule = found[0] if found else (None, said.rules[0])
    value, shown = _value(row, name)
    return Fact(field=name, label=said.label, value=value, shown=shown, said=said, rule=rule, until=until)


def _value(row: Any, name: str) -> tuple[Any, str]:
    """A value for machines and one for people. A reference is the public id of what it points at."""
    column = row._meta.get_field(name)
    if column.many_to_many:
        named = [str(one) for one in getattr(row, name).all()]
        return named, ", ".join(named)
    if column.is_relation:
        target = getattr(row, name)
        plain = getattr(target, "public_id", None) or (target.pk if target else None)
        return (str(plain) if isinstance(plain, UUID) else plain), _named(target)
    value = getattr(row, name)
    if column.choices:
        return value, str(getattr(row, f"get_{name}_display")())
    return value, as_shown(value)


def _named(row: Any) -> str:
    """What a row is called. The number that our own rows are told apart by says nothing to who reads this, or something
    else: a child in 3B is not in "group 1"."""
    text = str(row or "")
    return str(row._meta.verbose_name) if row and text.endswith(f" {row.pk}") else text


def as_shown(value: Any) -> str:
    """A value as people write it: a moment on the wall of the reader, yes and no in words."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return "" if value is None else str(value)


def _follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name, None)
    return row
