"""What the apps told the engine at start-up, in their `retention.py`. The engine itself knows no app."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from .declarations import Declaration
from .rules import Rule


class Erasure(Protocol):
    """An app's own way to erase rows of one model: what must be written first, `erasure.erase_rows`, what follows."""

    def __call__(self, ids: list[int], *, reason: str, rule: str, now: datetime) -> int: ...


@dataclass
class Registry:
    """Declarations by model label ("shop.Order"), rules by key, erasures by model."""

    declarations: dict[str, dict[str, Declaration]] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    erasures: dict[type[models.Model], Erasure] = field(default_factory=dict)
    # Models, and which of their rows a restriction can be laid on.
    restrictable: dict[type[models.Model], models.Q] = field(default_factory=dict)

    def declare(self, model_label: str, fields: Mapping[str, Declaration]) -> None:
        """Declare every field of a model, once."""
        if model_label in self.declarations:
            raise ImproperlyConfigured(f"{model_label} is declared twice.")
        self.declarations[model_label] = dict(fields)

    def rule(self, rule: Rule) -> Rule:
        """Register a rule under its key, once."""
        if rule.key in self.rules:
            raise ImproperlyConfigured(f"The rule {rule.key} is registered twice.")
        self.rules[rule.key] = rule
        return rule

    def erasure(self, model: type[models.Model], function: Erasure) -> None:
        """Let `function` erase rows of `model` from now on, whoever asks for it."""
        if model in self.erasures:
            raise ImproperlyConfigured(f"{model._meta.label} has two erasures.")
        self.erasures[model] = function

    def honours_restrictions(self, *kinds: type[models.Model], only: models.Q | None = None) -> None:
        """Every surface that shows or uses rows of these models asks whether they are restricted (art. 18 GDPR). A
        restriction of another kind would keep a row from the sweep and from nobody's eyes, so it cannot be laid; nor
        on rows that `only` leaves out."""
        self.restrictable |= dict.fromkeys(kinds, only or models.Q())

    def sorted_rules(self) -> list[Rule]:
        """All rules in the order of the policy, which is the order of the night."""
        return [self.rules[key] for key in sorted(self.rules)]


registry = Registry()
