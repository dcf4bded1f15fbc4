"""The job of a campaign killed at twenty points, and two of them at once: nobody gets a message twice."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from accounts.actions import campaigns, note_sale
from accounts.models import CampaignMessage, Relation, RelationEvidence
from jkreeft.ops.machine import ROOT
from tests.galleries.studio import NOW

from .buyers import sale
from .test_campaigns import some_relations, started

pytestmark = pytest.mark.postgres


@pytest.fixture
def empty_database(tmp_path: Path, transactional_db: None) -> Iterator[str]:
    """The address of a database of its own, of the kind the tests run on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/killed.sqlite3"
        return
    name = f"killed_{uuid.uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.timeout(300)
def test_a_campaign_killed_at_twenty_points_reaches_nobody_twice(empty_database: str, tmp_path: Path) -> None:
    environment = os.environ | {"DATABASE_URL": empty_database, "JKREEFT_VAR": str(tmp_path), "LOG_LEVEL": "CRITICAL"}
    run = subprocess.run(
        [sys.executable, "-m", "tests.accounts.kill_campaign", "--points", "20"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout, run.stderr[-2000:]
    found = json.loads(run.stdout)
    assert found["problems"] == []
    assert (found["database"], found["killed"]) == (connection.vendor, 20)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run these at the same moment, each on its own connection."""
    start = Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs PostgreSQL")
def test_two_jobs_of_one_campaign_share_the_work(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "BATCH", 2)
    some_relations(9)
    campaign = started()
    while any(at_once(*[lambda: campaigns.write_batch(campaign_id=campaign.pk, now=NOW)] * 4)):
        pass
    assert CampaignMessage.objects.count() == 9
    campaign.refresh_from_db()
    assert (campaign.state, campaign.written_count) == ("sent", 9)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a race needs PostgreSQL")
def test_two_orders_of_one_mailbox_paid_at_once_make_one_relation(transactional_db: None) -> None:
    at_once(*[lambda number=number: note_sale(sale=sale(f"JK-{number}"), now=NOW) for number in range(4)])
    assert Relation.objects.count() == 1
    assert RelationEvidence.objects.count() == 4
