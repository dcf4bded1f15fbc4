import copy
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db.models import Q

from accounts.models import User
from common.periods import Bound, Period
from privacy.checks import declaration_errors, fields_of, models_to_declare, rule_errors
from privacy.declarations import Basis, Category, Personal, Purpose, Whose, not_personal, personal, plain
from privacy.models import OutgoingMail, RuleRun
from privacy.registry import Registry, registry
from privacy.rules import Outcome, Rule
from privacy.shown import fields_in_text


def all_fields() -> Iterator[tuple[str, str]]:
    for model in models_to_declare():
        for field in fields_of(model):
            yield model._meta.label, field.name


def known() -> Registry:
    return Registry(copy.deepcopy(registry.declarations), dict(registry.rules), dict(registry.erasures))


def found(changed: Registry) -> list[tuple[str | None, str]]:
    return [(error.id, error.msg) for error in declaration_errors(changed)]


def a_personal(rule: str | tuple[str, ...] = "RT24", **said: object) -> Personal:
    base = personal(
        whose=Whose.ORDERER,
        category=Category.MESSAGE,
        purpose=Purpose.INFORM,
        basis=Basis.CONTRACT,
        rule=rule,
        clauses=("P55",),
        label="Label",
    )
    return replace(base, **said)  # type: ignore[arg-type]


def a_rule(**said: object) -> Rule:
    values = {
        "key": "RT99",
        "title": "Test",
        "clauses": ("P55",),
        "model": OutgoingMail,
        "anchor": "kept_from",
        "period": Period(days=1),
        "bound": Bound.AT_MOST,
        "outcome": Outcome.DELETE,
    }
    return Rule(**(values | said))  # type: ignore[arg-type]


@pytest.mark.clauses("P55", "P79")
def test_everything_installed_is_declared() -> None:
    assert found(registry) == []
    assert [error for rule in registry.sorted_rules() for error in rule_errors(rule, registry)] == []


@pytest.mark.clauses("P79")
@pytest.mark.parametrize(("label", "name"), list(all_fields()), ids="-".join)
def test_removing_any_one_declaration_names_its_field(label: str, name: str) -> None:
    changed = known()
    del changed.declarations[label][name]
    assert ("privacy.E001", f"{label}.{name} is not declared.") in found(changed)


@pytest.mark.clauses("P55")
def test_a_model_nobody_declared_names_all_its_fields() -> None:
    changed = known()
    del changed.declarations["accounts.StaffRole"]
    assert [message for _, message in found(changed)] == [
        f"accounts.StaffRole.{name} is not declared." for name in ("id", "user", "role")
    ]


def test_auto_made_tables_and_many_to_many_fields_count() -> None:
    assert {("auth.Group_permissions", "group"), ("auth.Group", "permissions")} <= set(all_fields())


@pytest.mark.parametrize("label", ["accounts.User", "accounts.Nobody"])
def test_a_declaration_of_what_does_not_exist_is_found(label: str) -> None:
    changed = known()
    changed.declarations.setdefault(label, {})["shoe_size"] = plain()
    assert [id_ for id_, message in found(changed) if label in message] == ["privacy.E002"]


def test_text_that_is_not_personal_needs_its_reason() -> None:
    changed = known()
    changed.declarations["privacy.OutgoingMail"]["kind"] = plain()
    assert found(changed) == [
        ("privacy.E003", "privacy.OutgoingMail.kind can hold any text: say why it is not personal.")
    ]
    changed.declarations["privacy.OutgoingMail"]["kind"] = not_personal("chosen by code")
    assert found(changed) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"basis": Basis.CONSENT}, ["privacy.E004"]),
        ({"consent": "photos longer"}, ["privacy.E004"]),
        ({"basis": Basis.CONSENT, "consent": "photos longer"}, []),
        ({"label": ""}, ["privacy.E010"]),
        ({"label": "", "in_access": False}, []),
        ({"label": "", "in_access": False, "in_portability": True}, ["privacy.E010"]),
        ({"rules": ()}, ["privacy.E006"]),
        ({"clauses": ()}, ["privacy.E006"]),
        ({"rules": ("RT98",)}, ["privacy.E006"]),
        ({"rules": ("RT32",)}, ["privacy.E006"]),
    ],
)
def test_a_personal_field_says_all_it_must(said: dict[str, object], expected: list[str]) -> None:
    changed = known()
    changed.declarations["privacy.OutgoingMail"]["to"] = a_personal(**said)  # type: ignore[arg-type]
    assert [id_ for id_, _ in found(changed)] == expected


def test_two_rules_for_the_same_rows_are_two_due_dates() -> None:
    changed = known()
    changed.rules["RT99"] = a_rule()
    changed.declarations["privacy.OutgoingMail"]["to"] = a_personal(("RT24", "RT99"))
    assert [id_ for id_, _ in found(changed)] == ["privacy.E008"]
    changed.rules["RT99"] = a_rule(condition=Q(kind="other"))
    assert found(changed) == []


def test_a_rule_on_the_owner_ends_what_goes_with_it() -> None:
    changed = known()
    changed.declarations["accounts.StaffRole"]["role"] = a_personal("RT32")
    assert found(changed) == []


def test_a_text_that_shows_personal_data_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = [User._meta.get_field(name) for name in ("name", "email", "service_ended_at")]
    assert fields_in_text(User, fields) == []
    monkeypatch.setattr(User, "__str__", lambda self: f"{self.name} left in {self.service_ended_at:%Y}")
    assert fields_in_text(User, fields) == ["name", "service_ended_at"]
    assert [id_ for id_, _ in found(registry)] == ["privacy.E005", "privacy.E005"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (a_rule(), []),
        (a_rule(condition=Q(kind="x")), ["privacy.E007"]),
        (a_rule(anchor="created_at"), ["privacy.E007"]),
        (a_rule(anchor="deleted_at"), ["privacy.E012"]),
        (a_rule(outcome=Outcome.KEEP, keep=("no_such",), marker="sent_at"), ["privacy.E012"]),
        (a_rule(outcome=Outcome.FIELDS, marker="sent_at"), ["privacy.E013", "privacy.E013"]),
    ],
    ids=["sound", "other condition", "anchor without index", "no anchor", "unknown kept field", "wipes nothing"],
)
def test_a_rule_that_cannot_run_is_found(rule: Rule, expected: list[str]) -> None:
    assert [error.id for error in rule_errors(rule, registry)] == expected


def test_a_field_that_cannot_be_wiped_is_found() -> None:
    rule = a_rule(
        model=RuleRun, anchor="id", outcome=Outcome.KEEP, marker="residue", condition=Q(residue__isnull=True), keep=()
    )
    messages = [error.msg for error in rule_errors(rule, registry) if error.id == "privacy.E009"]
    assert messages == [f"RT99 cannot wipe privacy.RuleRun.{name}." for name in ("sweep", "erased")]
