"""What we hold about a code, in plain words: what it is, why, on which ground, since when and until when (P85).

All of it comes from the dossier, and so from the declarations and rules. What is alike is said once: twelve photos
that came and go together are one line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from common.periods import local_date
from common.requests import VisitorRequest
from privacy.declarations import Label, Role
from privacy.dossier import Entry, Fact, Section, Source, dossier, section_of, sources
from privacy.files import stored_fields
from privacy.people import Person
from privacy.registry import registry

from .access import OpenCode
from .dossier import CASES, OWN
from .models import Reminder, RemovalCase
from .registry import held_besides
from .terms import last_day


@dataclass(frozen=True, slots=True)
class Detail:
    """One kind of data, and what it says where that may be shown here."""

    label: Label
    shown: str


@dataclass(frozen=True, slots=True)
class Why:
    """What makes data alike: what it is, why and for whom we hold it, and the last day of it. Without a day `rule` is
    the title of the rule that ends it."""

    details: tuple[Detail, ...]
    purpose: Label
    ground: Label
    is_of_client: bool
    until: date | None
    rule: Label


@dataclass(slots=True)
class Line:
    """Data that is alike: how many rows, and since which days we hold the first and the last of them."""

    why: Why
    since: list[date] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.since)

    @property
    def first(self) -> date:
        return min(self.since)

    @property
    def last(self) -> date:
        return max(self.since)


@dataclass(frozen=True, slots=True)
class Topic:
    """One section of the page."""

    title: Label
    lines: list[Line]


def held_about(request: VisitorRequest, code: OpenCode, *, now: datetime) -> list[Topic]:
    """Everything we hold about a code: what the code itself proves, the addresses that wait for a mail, and what this
    browser may open besides. Of the last two only what kind of data it is: a card may be in two hands."""
    known = [*OWN, *(source for source in sources.known if source not in OWN)]
    proved = dossier(Person(code_ids=frozenset({code.id})), now=now, among=known)
    besides = [section_of(source, Person(), now=now) for source in _with_an_address(code)]
    for more in held_besides:
        besides += more(request, code=code, now=now)
    topics: dict[str, Topic] = {}
    for section, says_values in [*((one, True) for one in proved), *((one, False) for one in besides if one.entries)]:
        topic = topics.setdefault(str(section.source.title), Topic(section.source.title, []))
        topic.lines.extend(_lines(section, says_values=says_values))
    return list(topics.values())


def _with_an_address(code: OpenCode) -> tuple[Source, ...]:
    """What somebody left with this code together with an address: whose that is, the code does not prove."""
    waiting = Reminder.objects.filter(code=code.id)
    cases = RemovalCase.objects.filter(code=code.id).exclude(email="")
    return (
        Source(
            model=Reminder,
            title=_("Addresses that wait for a mail before the photos go"),
            find=lambda person, now: waiting.filter(closes_at__gt=now),
            since="left_at",
        ),
        Source(model=RemovalCase, title=CASES, find=lambda person, now: cases, since="received_at"),
    )


def _lines(section: Section, *, says_values: bool) -> list[Line]:
    lines: dict[Why, Line] = {}
    for entry in section.entries:
        for why in _whys(entry, says_values=says_values):
            lines.setdefault(why, Line(why)).since.append(_day(entry.since))
    return list(lines.values())


def _whys(entry: Entry, *, says_values: bool) -> Iterable[Why]:
    """The data of one row, together where why and until when are the same."""
    alike: dict[tuple[Any, ...], list[Detail]] = {}
    for fact in _told(entry):
        if fact.value not in (None, ""):
            until = last_day(fact.until) if fact.until else None
            key = (fact.said.purpose, fact.said.basis, fact.said.role, until, "" if until else fact.rule)
            alike.setdefault(key, []).append(Detail(fact.label, _shown(entry, fact) if says_values else ""))
    for (purpose, basis, role, until, rule), details in alike.items():
        yield Why(
            details=tuple(details),
            purpose=purpose.label,
            ground=basis.label,
            is_of_client=role is Role.PROCESSOR,
            until=until,
            rule=registry.rules[rule].title if rule else "",
        )


def _told(entry: Entry) -> list[Fact]:
    """The facts of a row without its references to other rows, which are lines of their own; a file is one here."""
    files = stored_fields(type(entry.row))
    columns = {fact.field: entry.row._meta.get_field(fact.field) for fact in entry.facts}
    own = [
        fact
        for fact in entry.facts
        if not isinstance(columns[fact.field], models.ForeignKey) or columns[fact.field].attname in files
    ]
    return own or list(entry.facts)


def _shown(entry: Entry, fact: Fact) -> str:
    """What a person can read of a value; "" for a reference."""
    if isinstance(entry.row._meta.get_field(fact.field), models.ForeignKey):
        return ""
    if isinstance(fact.value, datetime):
        return date_format(timezone.localtime(fact.value), "j F Y, H:i")
    return fact.shown


def _day(since: datetime | date | None) -> date:
    assert since is not None  # noqa: S101  (every source names a column that is filled)
    return local_date(since) if isinstance(since, datetime) else since
