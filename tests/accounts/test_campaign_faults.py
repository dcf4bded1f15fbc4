"""The job of a campaign killed at twenty points, and two of them at once: nobody gets a message twice."""

from pathlib import Path

import pytest
from django.db import connection

from accounts.actions import campaigns, note_sale
from accounts.models import CampaignMessage, Relation, RelationEvidence
from tests.galleries.studio import NOW
from tests.killing import survived
from tests.races import at_once, needs_two_writers

from .buyers import sale
from .test_campaigns import some_relations, started

pytestmark = pytest.mark.postgres


@pytest.mark.timeout(300)
def test_a_campaign_killed_at_twenty_points_reaches_nobody_twice(empty_database: str, tmp_path: Path) -> None:
    found = survived("tests.accounts.kill_campaign", points=20, database=empty_database, folder=tmp_path)
    assert found["problems"] == []
    assert (found["database"], found["killed"]) == (connection.vendor, 20)


@needs_two_writers
def test_two_jobs_of_one_campaign_share_the_work(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "BATCH", 2)
    some_relations(9)
    campaign = started()
    while any(at_once(*[lambda: campaigns.write_batch(campaign_id=campaign.pk, now=NOW)] * 4)):
        pass
    assert CampaignMessage.objects.count() == 9
    campaign.refresh_from_db()
    assert (campaign.state, campaign.written_count) == ("sent", 9)


@needs_two_writers
def test_two_orders_of_one_mailbox_paid_at_once_make_one_relation(transactional_db: None) -> None:
    at_once(*[lambda number=number: note_sale(sale=sale(f"JK-{number}"), now=NOW) for number in range(4)])
    assert Relation.objects.count() == 1
    assert RelationEvidence.objects.count() == 4
