"""System checks: nothing personal is undeclared, and no rule is only a word. Each error names the field or the rule."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from . import archive, interests, notices, shown, ties, wipes, wordings
from .declarations import UNSET, Basis, Declaration, NotPersonal, Personal
from .drafting import consents_of
from .registry import Registry, registry
from .rules import Outcome, Rule

FieldOf = tuple[type[models.Model], Any, Declaration]
_FREE = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)


@register
def check_declarations(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every field of every model is declared, and every declaration says what it must."""
    return list(declaration_errors(registry))


@register
def check_rules(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every rule can be run: its columns exist, its index too, and what it wipes can be wiped."""
    return [error for rule in registry.sorted_rules() for error in rule_errors(rule, registry)]


@register
def check_grounds(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every consent is named in the statement with its words (P59), every interest is weighed (P41)."""
    return [*ground_errors(registry), *notice_errors(registry)]


@register(deploy=True)
def check_documents(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every document says what the software does: a changed term moves its version (P94)."""
    hint = "Run manage.py statement --freeze (docs/documents.md)."
    return [Error(f"{problem}.", hint=hint, id="privacy.E016") for problem in archive.drift()]


def ground_errors(known: Registry) -> Iterator[Error]:
    """Consents without words, and interests that nobody weighed."""
    said = {wording.consent for wording in wordings.consents()}
    for consent in sorted(consents_of(known) - said):
        yield Error(
            f"The consent {consent} has no words: the statement cannot name it.",
            hint="Register a Wording in the app's agreements.py (docs/documents.md).",
            id="privacy.E014",
        )
    for purpose in sorted(interests.rests_on_interest(known) - interests.INTERESTS.keys()):
        yield Error(f"Nobody weighed our interest in {purpose} (privacy/interests.py).", id="privacy.E015")


def notice_errors(known: Registry) -> Iterator[Error]:
    """Forms whose notice names a field that is not declared as personal (P40)."""
    for form in notices.registered():
        said = known.declarations.get(form.model, {})
        for name in form.fields:
            if not isinstance(said.get(name), Personal):
                yield Error(f"The form {form.key} collects {form.model}.{name}, not declared.", id="privacy.E017")


def declaration_errors(known: Registry) -> Iterator[Error]:
    """What is wrong with the declarations in `known`."""
    declared = {model._meta.label: model for model in models_to_declare()}
    for label in sorted(known.declarations.keys() - declared.keys()):
        yield Error(f"{label} is declared but is no model of an installed app.", id="privacy.E002")
    for label, model in declared.items():
        fields = {field.name: field for field in fields_of(model)}
        said = known.declarations.get(label, {})
        for name in sorted(said.keys() - fields.keys()):
            yield Error(f"{label}.{name} is declared but does not exist.", id="privacy.E002")
        for name, field in fields.items():
            if name not in said:
                yield Error(
                    f"{label}.{name} is not declared.",
                    hint="Say in the app's retention.py whether it is personal data (docs/retention.md).",
                    id="privacy.E001",
                )
            else:
                yield from _field_errors(model, field, said[name], known)
        yield from _text_errors(model, said)


def models_to_declare() -> list[type[models.Model]]:
    """Every model with a table, auto-made tables of many-to-many fields and models of libraries included."""
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def fields_of(model: type[models.Model]) -> list[Any]:
    """Every field a declaration is due for."""
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


def _field_errors(model: type[models.Model], field: Any, said: Declaration, known: Registry) -> Iterator[Error]:
    where = f"{model._meta.label}.{field.name}"
    if isinstance(said, NotPersonal):
        if isinstance(field, _FREE) and not said.reason.strip():
            yield Error(f"{where} can hold any text: say why it is not personal.", id="privacy.E003")
        return
    if (said.basis == Basis.CONSENT) != bool(said.consent):
        yield Error(f"{where} names a basis of consent without the consent, or the reverse.", id="privacy.E004")
    if (said.in_access or said.in_portability) and not said.label:
        yield Error(f"{where} is part of an export and has no label there.", id="privacy.E010")
    if isinstance(field, models.JSONField) and not said.keys:
        yield Error(f"{where} holds JSON: name its keys.", id="privacy.E011")
    if not said.rules or not said.clauses:
        yield Error(f"{where} has no rule that ends it, or no clause it serves.", id="privacy.E006")
    for key in said.rules:
        rule = known.rules.get(key)
        if rule is None:
            yield Error(f"{where} is ended by {key}, which is not registered.", id="privacy.E006")
        elif not ends(rule, model, field):
            yield Error(f"{where} is ended by {key}, which never reaches it.", id="privacy.E006")
    yield from _due_errors(where, [known.rules[key] for key in said.rules if key in known.rules])


def _due_errors(where: str, rules: list[Rule]) -> Iterator[Error]:
    seen: list[tuple[type[models.Model], models.Q]] = []
    for rule in rules:
        if (rule.model, rule.condition) in seen:
            yield Error(f"{where} has two due dates: {rule.key} selects the same rows as another.", id="privacy.E008")
        seen.append((rule.model, rule.condition))


def ends(rule: Rule, model: type[models.Model], field: Any) -> bool:
    """Whether `rule` takes this field away: it wipes it, or deletes its row or a row that takes it along."""
    if rule.outcome is Outcome.DELETE:
        return rule.model is model or rule.model in ties.all_owners(model)
    return rule.model is model and (rule.outcome is Outcome.FIELDS or field.name not in rule.keep)


def _text_errors(model: type[models.Model], said: dict[str, Declaration]) -> Iterator[Error]:
    if not shown.is_own(model):
        return
    personal = [field for field in fields_of(model) if isinstance(said.get(field.name), Personal)]
    for name in shown.fields_in_text(model, personal):
        yield Error(
            f"{model._meta.label}.{name} is personal and shows in str(): lists, logs and the admin copy that.",
            id="privacy.E005",
        )


def rule_errors(rule: Rule, known: Registry) -> Iterator[Error]:
    """What is wrong with one rule."""
    names = {field.name for field in rule.model._meta.concrete_fields}
    for name in sorted({rule.anchor, *rule.keep, *filter(None, [rule.marker])} - names):
        yield Error(f"{rule.key} names {name}, which {rule.model._meta.label} does not have.", id="privacy.E012")
        return
    if not has_index(rule):
        yield Error(
            f"{rule.key} has no index on ({rule.anchor}, {rule.model._meta.pk.name}) with its condition.",
            id="privacy.E007",
        )
    if rule.outcome is not Outcome.DELETE:
        yield from _wipe_errors(rule, known.declarations.get(rule.model._meta.label, {}))


def has_index(rule: Rule) -> bool:
    """Whether an index holds exactly the rows this rule still has to do, in its order."""
    if not shown.is_own(rule.model):
        return bool(rule.index)
    wanted = ([rule.anchor, rule.model._meta.pk.name], rule.condition or None)
    return any((list(index.fields), index.condition) == wanted for index in rule.model._meta.indexes)


def _wipe_errors(rule: Rule, said: dict[str, Declaration]) -> Iterator[Error]:
    fields = wipes.wiped_fields(rule, said)
    if not rule.marker or not fields:
        yield Error(f"{rule.key} wipes nothing, or has no marker to say when.", id="privacy.E013")
    if rule.marker and f"{rule.marker}__isnull" not in dict(_pairs(rule.condition)):
        yield Error(f"{rule.key} does not leave out the rows it wiped: {rule.marker} is not empty.", id="privacy.E013")
    for field in fields:
        declared = said.get(field.name)
        own = isinstance(declared, Personal) and declared.wiped is not UNSET
        if not own and wipes.wiped_value(field, declared) is wipes.REFUSED:
            yield Error(f"{rule.key} cannot wipe {rule.model._meta.label}.{field.name}.", id="privacy.E009")


def _pairs(condition: models.Q) -> Iterator[tuple[str, Any]]:
    for child in condition.children:
        if isinstance(child, tuple):
            yield child
        elif isinstance(child, models.Q) and child.connector == models.Q.AND and not child.negated:
            yield from _pairs(child)
