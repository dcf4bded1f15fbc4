"""Links that prove something by themselves, for mails: they carry a public id and a signature, nothing else."""

from datetime import timedelta

from django.core import signing


def sign(purpose: str, value: str) -> str:
    """A token that `read` turns back into `value`, for this purpose only."""
    return signing.dumps(value, salt=f"links.{purpose}")


def read(purpose: str, token: str, *, max_age: timedelta) -> str | None:
    """The value inside `token`, or None when it is forged, of another purpose, or older than `max_age`."""
    try:
        return str(signing.loads(token, salt=f"links.{purpose}", max_age=max_age))
    except signing.BadSignature:
        return None
