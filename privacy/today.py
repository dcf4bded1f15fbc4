"""The registry behind the first page of the back office: each app says which work waits, and who may see that.

An app registers its panels in its `admin` module, which Django loads when everything else is there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise


class Tone(StrEnum):
    """How a figure is shown: as it is, as work, or as something wrong."""

    CALM = "calm"
    WORK = "work"
    ALARM = "alarm"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number of a day's work, what it counts, and the list that shows the rows behind it."""

    count: int
    label: Text
    url: str
    tone: Tone = Tone.CALM


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Figures that belong together; only who holds `permission` sees them, and only then are they counted."""

    title: Text
    permission: str
    figures: Callable[[datetime], list[Figure]]


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel to the first page, below those registered earlier."""
    _panels.append(panel)


def panels_for(may: Callable[[str], bool], *, now: datetime) -> list[tuple[Text, list[Figure]]]:
    """Title and figures of every panel whose permission passes `may`, counted at `now`."""
    return [(panel.title, panel.figures(now)) for panel in _panels if may(panel.permission)]
