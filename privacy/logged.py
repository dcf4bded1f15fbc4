"""What the words of the logs mean, for who reads them: code writes a short word, a screen shows its label.

Each app says in `<app>/words.py` what its own words mean; a test finds one that has no label.
"""

from collections.abc import Mapping
from enum import Enum

from .declarations import Label


class Log(Enum):
    """Which column a word stands in: the same word can mean something else in another."""

    EVENT = "event"  # of the ledger
    REASON = "reason"  # of the ledger
    ACTION = "action"  # of the access log
    SECURITY = "security"  # of the security log
    MAIL = "mail"  # the kind of a message


_labels: dict[Log, dict[str, Label]] = {log: {} for log in Log}


def register(log: Log, words: Mapping[str, Label]) -> None:
    """Say what words of one log mean."""
    _labels[log].update(words)


def named(log: Log, word: str) -> str:
    """The label of a word in the reader's language; a word that nobody writes any more stands as it was written."""
    return str(_labels[log].get(word, word))


def words(log: Log) -> list[tuple[str, str]]:
    """Every word of a log with its label, by label, for a list to choose from."""
    return sorted(((word, str(label)) for word, label in _labels[log].items()), key=lambda pair: pair[1].lower())
