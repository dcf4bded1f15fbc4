"""What stands beside a form that collects data: why it is asked, on which ground, until when, and what happens without
(P40, art. 13 GDPR). Made from the declarations of the fields the form fills, which each app names in `collects.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from common.periods import Period

from .declarations import Label, Personal
from .registry import Registry
from .rules import Rule
from .statement import period_text


@dataclass(frozen=True, kw_only=True)
class Collects:
    """One form: its key, the model it fills, the fields of that model with their name on the form ("" for the label of
    the declaration), and what happens to who does not fill them in (art. 13(2)(e) GDPR)."""

    key: str
    model: str
    fields: Mapping[str, Label]
    without: Label


@dataclass(frozen=True)
class NoticeRow:
    """Fields that are treated alike: why they are asked, on which ground, when they go, and who receives them."""

    names: tuple[Label, ...]
    purpose: Label
    basis: Label
    ends: tuple[str, ...]
    recipients: tuple[Label, ...]


@dataclass(frozen=True)
class Notice:
    """What one form says about itself."""

    key: str
    without: Label
    rows: tuple[NoticeRow, ...]


_forms: dict[str, Collects] = {}


def register(*forms: Collects) -> None:
    """Add forms, each key once."""
    for form in forms:
        if form.key in _forms:
            raise ImproperlyConfigured(f"The form {form.key} is registered twice.")
        _forms[form.key] = form


def registered() -> list[Collects]:
    """All forms, by key."""
    return [_forms[key] for key in sorted(_forms)]


def notice(key: str, known: Registry) -> Notice:
    """The notice of a form. KeyError for a form nobody registered, and for a field that is not declared as personal."""
    form = _forms[key]
    groups: dict[tuple[str, str, tuple[str, ...], tuple[str, ...]], list[Label]] = {}
    said: dict[tuple[str, str, tuple[str, ...], tuple[str, ...]], Personal] = {}
    for name, label in form.fields.items():
        field = known.declarations[form.model][name]
        if not isinstance(field, Personal):
            raise KeyError(f"{form.model}.{name} is not personal")
        alike = (field.purpose.value, field.basis.value, field.rules, tuple(one.value for one in field.recipients))
        groups.setdefault(alike, []).append(label or field.label)
        said[alike] = field
    rows = [_row(tuple(names), said[alike], known) for alike, names in groups.items()]
    return Notice(key=key, without=form.without, rows=tuple(rows))


def _row(names: tuple[Label, ...], field: Personal, known: Registry) -> NoticeRow:
    rules = [known.rules[key] for key in field.rules]
    return NoticeRow(
        names=names,
        purpose=field.purpose.label,
        basis=field.basis.label,
        ends=tuple(_end(rule) for rule in rules),
        recipients=tuple(recipient.label for recipient in field.recipients),
    )


def _end(rule: Rule) -> str:
    """When it goes; a rule without a length of its own says so in its title."""
    return f"{rule.title}: {period_text(rule.period)}" if rule.period != Period() else str(rule.title)
