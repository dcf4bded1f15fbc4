"""Who may ask what. `access_matrix.txt` has a line for each address and method, a column for each kind of person.

A column holds the status of the answer. `login` is the way to the login of the back office, `302` any other redirect.
Staff hold no login code here, so on the public pages they are visitors; a code holder is a visitor of the back office.
A posted form is empty: 200 and 422 mean that it was read and came back, so its sender may use it.
"""

from dataclasses import dataclass
from pathlib import Path

ACTORS = (
    "visitor",
    "owner",  # holds the code of the photos, and came by the link of the order
    "other code",  # holds the code of another subject
    "customer",  # has an account, and no code
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
    lines = [line.split() for line in table.splitlines() if line and not line.startswith("#")]
    return [Row(name, method, dict(zip(ACTORS, statuses, strict=True))) for name, method, *statuses in lines]


MATRIX = _read(Path(__file__).with_suffix(".txt").read_text())
