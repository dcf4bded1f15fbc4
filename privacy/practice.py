"""The figures of the page that tells how the law was built in: counted from declarations, never typed (P95)."""

from dataclasses import dataclass

from .declarations import Label, Personal, Purpose, Role
from .registry import Registry


@dataclass(frozen=True)
class RoleRow:
    """For one purpose: in which roles we process data for it (P33)."""

    purpose: Label
    roles: tuple[Label, ...]


@dataclass(frozen=True)
class Practice:
    """How much is declared: tables, fields, the personal ones among them, the rules that end them, the roles."""

    tables: int
    fields: int
    personal: int
    rules: int
    exported: int
    roles: tuple[RoleRow, ...]


def practice_of(known: Registry) -> Practice:
    """The figures of what `known` declares."""
    fields = [said for table in known.declarations.values() for said in table.values()]
    personal = [said for said in fields if isinstance(said, Personal)]
    return Practice(
        tables=len(known.declarations),
        fields=len(fields),
        personal=len(personal),
        rules=len(known.rules),
        exported=sum(said.in_access for said in personal),
        roles=tuple(_roles(personal)),
    )


def _roles(personal: list[Personal]) -> list[RoleRow]:
    found: dict[Purpose, set[Role]] = {}
    for said in personal:
        found.setdefault(said.purpose, set()).add(said.role)
    return [
        RoleRow(purpose.label, tuple(role.label for role in Role if role in found[purpose]))
        for purpose in Purpose
        if purpose in found
    ]
