"""Does a row's text show personal data? Found out by making a row of markers and reading its text."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

_NUMBER = 8_171_000_000


def is_own(model: type[models.Model]) -> bool:
    """Whether the model is ours and not a library's."""
    return Path(apps.get_app_config(model._meta.app_label).path).parent == settings.BASE_DIR


def fields_in_text(model: type[models.Model], personal: Sequence[Any]) -> list[str]:
    """Which of these fields `str()` of a row shows. A text that reads other rows counts as showing all of them."""
    columns = [field for field in personal if field.concrete and not field.many_to_many]
    row = model()
    markers = {field.name: _marker(field, n) for n, field in enumerate(columns)}
    for field in columns:
        if markers[field.name] is not None:
            setattr(row, field.attname, markers[field.name])
    try:
        text = str(row)
    except ObjectDoesNotExist:
        return list(markers)
    return list(_found(markers, text))


def _found(markers: dict[str, Any], text: str) -> Iterator[str]:
    for name, marker in markers.items():
        wanted = f"{marker:%Y}" if isinstance(marker, datetime) else str(marker)
        if marker is not None and wanted in text:
            yield name


def _marker(field: Any, number: int) -> Any:
    """A value no text holds by chance; None for what cannot be told from others (yes or no)."""
    if isinstance(field, models.BooleanField):
        return None
    if isinstance(field, models.DateField):
        return datetime(1700 + number, 1, 1, tzinfo=UTC)
    if isinstance(field, models.UUIDField):
        return UUID(int=_NUMBER + number)
    if isinstance(field, models.CharField | models.TextField):
        return f"<{field.name}>"
    return _NUMBER + number
