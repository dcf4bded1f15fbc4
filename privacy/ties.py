"""Which rows belong to which: the foreign keys between the tables, as erasing, holding and checking see them."""

from collections.abc import Iterator
from typing import Any

from django.db import models

Table = type[models.Model]


def table_of(model: Table) -> Table:
    """The model itself, or the one a proxy stands for."""
    return model._meta.concrete_model or model


def references(model: Table) -> Iterator[tuple[Table, Any, Any]]:
    """Every foreign key that points at `model`: its model, the field, what it does on delete. Hidden ones count."""
    for relation in model._meta.get_fields(include_hidden=True):
        child = relation.related_model
        if isinstance(relation, models.ManyToOneRel) and isinstance(child, type) and not child._meta.proxy:
            yield child, relation.field, relation.on_delete


def owners(model: Table) -> Iterator[tuple[Any, Table]]:
    """Every foreign key by which a row of `model` belongs to another and goes with it: the field, and that table."""
    for field in model._meta.concrete_fields:
        owner: Any = field.related_model
        if field.remote_field is not None and field.remote_field.on_delete is models.CASCADE:
            yield field, owner


def all_owners(model: Table, seen: tuple[Table, ...] = ()) -> Iterator[Table]:
    """Every table whose erasure takes rows of `model` along, however far up."""
    for _field, owner in owners(model):
        if owner not in (*seen, model):
            yield owner
            yield from all_owners(owner, (*seen, model))
