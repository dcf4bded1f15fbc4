"""What the public statement says, made from the declarations and rules: nothing in it is written twice (P03, P79)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from common.periods import Period

from .declarations import Basis, Category, Label, Personal, Purpose, Recipient, Role, Whose
from .registry import Registry
from .rules import Rule


@dataclass(frozen=True)
class RetentionRow:
    """One row of the retention table: what, how long, counted by which rule, required by which law."""

    key: str
    number: str
    title: Label
    period: str
    floor: str


@dataclass(frozen=True)
class UseRow:
    """Which data of whom we use for one purpose, on one ground, and who receives any of it."""

    whose: Label
    categories: tuple[Label, ...]
    purpose: Label
    basis: Label
    role: Label
    recipients: tuple[Label, ...]


class Terms(Mapping[str, str]):
    """The periods of the rules in words, for the sentences of a document: `terms.RT07` is "6 months".

    A name is a rule's key with its dot as an underscore (`RT15_closed`), or a number alone for its first rule; a rule
    that is not registered is not there, so that a sentence can ask.
    """

    def __init__(self, known: Registry) -> None:
        self._rules = known.rules

    def __getitem__(self, name: str) -> str:
        key = name.replace("_", ".", 1)
        rule = self._rules.get(key) or next((self._rules[k] for k in self if k.split(".")[0] == key), None)
        if rule is None:
            raise KeyError(name)
        return period_text(rule.period)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._rules))

    def __len__(self) -> int:
        return len(self._rules)


def retention_rows(registry: Registry) -> list[RetentionRow]:
    """The retention table, a row for each rule that a real studio has."""
    return [_retention_row(rule) for rule in registry.sorted_rules() if not rule.only_demo]


def use_rows(registry: Registry) -> list[UseRow]:
    """What is used for what: the personal fields of all models, the same uses drawn together, a purpose at a time."""
    uses: dict[tuple[Purpose, Whose, Basis, Role], list[Personal]] = {}
    for field in _personal_fields(registry):
        uses.setdefault((field.purpose, field.whose, field.basis, field.role), []).append(field)
    return [_use_row(uses[use]) for use in sorted(uses, key=_in_order)]


def _in_order(use: tuple[Purpose, Whose, Basis, Role]) -> tuple[int, ...]:
    return tuple(list(type(part)).index(part) for part in use)


def _use_row(fields: list[Personal]) -> UseRow:
    categories = {field.category for field in fields}
    recipients = {recipient for field in fields for recipient in field.recipients}
    return UseRow(
        whose=fields[0].whose.label,
        categories=tuple(kind.label for kind in Category if kind in categories),
        purpose=fields[0].purpose.label,
        basis=fields[0].basis.label,
        role=fields[0].role.label,
        recipients=tuple(recipient.label for recipient in Recipient if recipient in recipients),
    )


def received_by(registry: Registry, category: Recipient) -> list[Label]:
    """What a kind of recipient gets to see, as the declarations say it: the kinds of data, each once (P82)."""
    found = {field.category for field in _personal_fields(registry) if category in field.recipients}
    return [kind.label for kind in Category if kind in found]


def period_text(period: Period) -> str:
    """A period in words: "6 months", "21 days"; a row that carries its own end has none."""
    if period.months and period.months % 12 == 0:
        return ngettext("%(count)d year", "%(count)d years", period.months // 12) % {"count": period.months // 12}
    if period.months:
        return ngettext("%(count)d month", "%(count)d months", period.months) % {"count": period.months}
    if period.days:
        return ngettext("%(count)d day", "%(count)d days", period.days) % {"count": period.days}
    if period.hours:
        return ngettext("%(count)d hour", "%(count)d hours", period.hours) % {"count": period.hours}
    return gettext("until its own term ends")


def _retention_row(rule: Rule) -> RetentionRow:
    return RetentionRow(rule.key, rule.number, rule.title, period_text(rule.period), rule.floor)


def _personal_fields(registry: Registry) -> Iterable[Personal]:
    for fields in registry.declarations.values():
        yield from (declaration for declaration in fields.values() if isinstance(declaration, Personal))
