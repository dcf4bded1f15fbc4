"""Who may ask what: one line for each address and method, one column for each kind of person.

A column holds the status of the answer. `login` is the way to the login of the back office, `302` any other redirect.
Staff hold no login code here, so on the public pages they are visitors; a code holder is a visitor of the back office.
"""

from dataclasses import dataclass

ACTORS = (
    "visitor",
    "owner",  # holds the code of the photos, and placed the order
    "other code",  # holds the code of another subject
    "front desk",
    "photographer",
    "administration",
    "privacy owner",
    "superuser",
)


@dataclass(frozen=True)
class Row:
    """One line: the URL's name, the method, and a status for each actor."""

    name: str
    method: str
    statuses: dict[str, str]


def _read(table: str) -> list[Row]:
    rows = []
    for line in table.strip().splitlines():
        name, method, *statuses = line.split()
        rows.append(Row(name, method, dict(zip(ACTORS, statuses, strict=True))))
    return rows


MATRIX = _read("""
""") if False else []
