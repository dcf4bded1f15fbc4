"""The one way to hand work to the background."""

from celery import current_app
from django.db import transaction


def schedule(job: str, **ids: int | str) -> None:
    """Run the task named `job` after the running transaction commits; not at all if it rolls back.

    Arguments are ids, never personal data: a broker keeps what it is given. While the broker is away the write stands
    and a log line says so; each such job has a periodic one that finds what was left. `tests/architecture` resolves
    every name.
    """
    transaction.on_commit(lambda: current_app.send_task(job, kwargs=ids), robust=True)
