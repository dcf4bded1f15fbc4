"""The direction of what imports do not show: foreign keys, and names of things in strings and templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model

from jkreeft.ops.machine import ROOT
from tests.architecture.tree import APPS, above, app_of, modules, name_of, parsed

# "shop:basket", "shop.send_mail", "shop.Order", "shop/order.html": the ways to name something of an app.
NAMED = re.compile(rf"^({'|'.join(APPS)})[:./][A-Za-z_/.:-]+$")
TAG = re.compile(r"{%\s*(?:include|extends|url|load)\s+(.*?)%}", re.DOTALL)
NAMED_IN_TAG = re.compile(rf"\b({'|'.join(APPS)})[:/_]\w|(?<=\s)({'|'.join(APPS)})(?=\s|$)")

# Who may do what is one table for the whole studio; it names permissions, and Django checks that they exist.
MAY_NAME_ANYTHING = {ROOT / "accounts" / "roles.py"}


def foreign_keys() -> Iterator[tuple[type[Model], Field]]:  # type: ignore[type-arg]
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in APPS:
            yield from ((model, field) for field in model._meta.get_fields() if isinstance(field, Field))


def test_foreign_keys_point_down_the_layers() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model, field in foreign_keys()
        if field.related_model
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
        and field.related_model._meta.app_label in above(model._meta.app_label)
    ]
    assert upward == []


def test_there_are_foreign_keys_to_look_at() -> None:
    assert any(field.related_model for _, field in foreign_keys())


def test_no_string_names_something_of_an_upper_app() -> None:
    named = [
        f"{name_of(file, node)} {node.value!r}"
        for file in modules()
        if file not in MAY_NAME_ANYTHING
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (match := NAMED.match(node.value))
        and match[1] in above(app_of(file))
        and node.value != settings.AUTH_USER_MODEL
    ]
    assert named == []


def owned_templates() -> list[tuple[str, Path]]:
    """Templates that belong to an app; base, components and error pages belong to the project, the top."""
    root = ROOT / "templates"
    places = [(app, folder) for app in APPS for folder in (root / app, root / "emails" / app)]
    return [(app, file) for app, folder in places for file in sorted(folder.rglob("*.*"))]


def test_no_template_names_something_of_an_upper_app() -> None:
    upward = {
        str(file.relative_to(ROOT)): name
        for app, file in owned_templates()
        for tag in TAG.findall(file.read_text())
        for match in NAMED_IN_TAG.finditer(f" {tag}")
        for name in match.groups()
        if name in above(app)
    }
    assert upward == {}


def test_an_upward_name_in_a_template_would_be_seen() -> None:
    tags = TAG.findall("{% url 'shop:basket' as x %}{% load i18n reviews %}{% include 'complaints/_form.html' %}")
    found = [match.group(1) or match.group(2) for tag in tags for match in NAMED_IN_TAG.finditer(f" {tag}")]
    assert found == ["shop", "reviews", "complaints"]
