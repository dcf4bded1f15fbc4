"""Rules are data: what goes, when, counted from what, what stays. The sweep runs them, the statement prints them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from django.db import models
from django.db.models import Q

from common.periods import Bound, Period, cutoff, cutoff_date, due

from .declarations import Label


class Outcome(Enum):
    """What happens to a row that is due."""

    # The row goes, with its children and files.
    DELETE = "delete"
    # Exactly the fields go whose declaration names this rule; the marker says when.
    FIELDS = "fields"
    # Everything goes except the fields in `keep`; the marker says when. A field added later is wiped by default.
    KEEP = "keep"


@dataclass(frozen=True, kw_only=True, eq=False)
class Rule:
    """One retention rule on one model.

    `key` is the policy's number ("RT07"), with a suffix where it takes several models ("RT08.line"). `anchor` is a
    stored date or datetime column, `condition` says which rows are still to do and equals the condition of an index on
    (anchor, primary key), so that a night with nothing due reads nothing. `floor` names the law that forbids an earlier
    end, if any. `marker` is the column that says when a row was wiped. `index` names an index that a migration of ours
    adds to a library's table. `only_demo` says that rows are there on a demo site alone: no statement speaks of them.
    """

    key: str
    title: Label
    clauses: tuple[str, ...]
    model: type[models.Model]
    anchor: str
    period: Period
    bound: Bound
    outcome: Outcome
    condition: Q = field(default_factory=Q)
    floor: str = ""
    keep: tuple[str, ...] = ()
    marker: str = ""
    index: str = ""
    only_demo: bool = False

    @property
    def number(self) -> str:
        """The policy's number, without our suffix."""
        return self.key.split(".", 1)[0]

    @property
    def on_dates(self) -> bool:
        """Whether the anchor is a date instead of an instant."""
        return self.model._meta.get_field(self.anchor).get_internal_type() == "DateField"

    def cutoff(self, now: datetime) -> datetime | date:
        """The latest anchor due at `now`, as the type of the anchor's column."""
        return (cutoff_date if self.on_dates else cutoff)(now, self.period, self.bound)

    def due(self, anchor: datetime | date) -> datetime:
        """When a row with this anchor is due."""
        return due(anchor, self.period, self.bound)
