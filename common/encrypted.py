"""A column whose text only this program can read."""

from typing import Any

from django.db import models

from .keys import decrypt, encrypt


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text that is encrypted in the database (`common.keys`) and plain in the program.

    The same text is another ciphertext each time, so no query finds a row by it: keep a keyed digest for that.
    """

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else encrypt(str(value))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt(value)
