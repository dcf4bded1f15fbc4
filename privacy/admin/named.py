"""Columns and filters of logs, with the labels of what code writes as short words."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from privacy.logged import Log, named, words


def name_of_kind(kind: str) -> str:
    """What the rows of this kind are called; a kind that no longer exists stands as it was written."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


@admin.display(description=_("kind"), ordering="kind")
def kind_named(row: Any) -> str:
    """What the row of a log is about."""
    return name_of_kind(row.kind)


@admin.display(description=_("kind"), ordering="kind")
def kind_column(_screen: Any, row: Any) -> str:
    """The same as a method of a screen, which its page can name as well."""
    return kind_named(row)


def word_column(log: Log, column: str, title: Any) -> Callable[[Any, Any], str]:
    """A method of a screen: a column of words, shown by their labels."""

    @admin.display(description=title, ordering=column)
    def labelled(_screen: Any, row: Any) -> str:
        return named(log, getattr(row, column))

    return labelled


class WordFilter(admin.SimpleListFilter):
    """By a word of a log; the choices are its labels, and cost the table nothing."""

    log: Log

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(words(self.log))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """By what a row is about, as far as there are such rows."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        found = model_admin.get_queryset(request).order_by().values_list("kind", flat=True).distinct()
        return sorted(((kind, name_of_kind(kind)) for kind in found), key=lambda pair: pair[1].lower())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset
