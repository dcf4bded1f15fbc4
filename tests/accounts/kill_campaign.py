"""Kills the job of a campaign with SIGKILL at many points and lets others finish; prints what it found as JSON.

    python -m tests.accounts.kill_campaign --points 30

Points are SQL statements, and the moments before and after each message is handed to the mail server, counted
beforehand. Each killed job is a forked child with a campaign of its own to the same relations. The database and the
folder come from the environment (DATABASE_URL, JKREEFT_VAR).
"""

import argparse
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from accounts.actions import Sale, campaigns, note_sale  # noqa: E402
from accounts.mailboxes import PostalAddress  # noqa: E402
from accounts.models import Campaign, Relation  # noqa: E402
from jkreeft.celery import app as celery_app  # noqa: E402
from privacy import mail  # noqa: E402
from privacy.models import OutgoingMail  # noqa: E402

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
# By then a claim of who died has grown old.
LATER = NOW + mail.CLAIM_LASTS + timedelta(minutes=1)
RELATIONS = 7


class Points:
    """Counts the points of a job, and kills the process at one of them. A message that went out is a line in a file."""

    def __init__(self, kill_at: int | None, sent: Path) -> None:
        self.kill_at = kill_at
        self.sent = sent
        self.count = 0

    def step(self) -> None:
        if self.count == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def on_statement(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.step()
        return execute(*args)

    def deliver(self, message: OutgoingMail) -> None:
        self.step()
        with self.sent.open("a") as sent:
            sent.write(f"{message.to}\n")
        self.step()


def worked(campaign: Campaign, sent: Path, kill_at: int | None, now: datetime) -> tuple[bool, int]:
    """The whole job in a forked child: whether it was killed, and how many points it passed when it was not."""
    connections.close_all()
    result = sent.with_suffix(".points")
    result.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        points = Points(kill_at, sent)
        mail._deliver = points.deliver
        with connection.execute_wrapper(points.on_statement):
            while campaigns.send_batch(campaign_id=campaign.pk, now=now):
                pass
            mail.send_waiting(now=now)
        result.write_text(str(points.count))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status), int(result.read_text()) if result.exists() else 0


def begun() -> Campaign:
    letter = campaigns.Letter(category="wall", subject_nl="Aan de muur", text_nl="Groot.")
    campaign = campaigns.write_campaign(form_token=uuid4(), letter=letter, now=NOW)
    campaigns.start_campaign(campaign_id=campaign.pk, shown=campaigns.fingerprint(campaign), now=NOW)
    return campaign


def findings(campaign: Campaign, sent: Path) -> list[str]:
    """What is wrong after others finished; empty when nothing is. The one message under way when the job was killed
    may have arrived or not: it is never sent again."""
    got = Counter(sent.read_text().split())
    found = [f"{count} messages to one relation" for count in got.values() if count > 1]
    given_up = OutgoingMail.objects.filter(status="failed", kind="accounts.campaign").count()
    if RELATIONS - len(got) > given_up or given_up > 1:
        found.append(f"{len(got)} of {RELATIONS} got it, {given_up} given up")
    campaign.refresh_from_db()
    if (campaign.state, campaign.written_count) != ("sent", RELATIONS):
        found.append(f"the campaign says {campaign.state}, {campaign.written_count}")
    OutgoingMail.objects.all().delete()
    return found


def relations() -> None:
    for number in range(RELATIONS):
        house = PostalAddress(street=f"Dijk {number}", postcode="3241 AB", city="Dorp")
        email = f"buyer{number}@example.org"
        facts = {"order_number": f"JK-{number}", "wording": "1", "name": "N", "language": "nl", "email": email}
        note_sale(sale=Sale(**facts, ordered_at=NOW, address=house), now=NOW)
    assert Relation.objects.count() == RELATIONS


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=30)
    most = parser.parse_args().points
    celery_app.send_task = lambda *_args, **_kwargs: None  # type: ignore[method-assign,assignment]
    campaigns.BATCH = 3
    call_command("migrate", verbosity=0)
    relations()
    folder = Path(settings.VAR_DIR)
    counted = begun()
    _, total = worked(counted, folder / "counted", None, NOW)
    killed, problems = 0, findings(counted, folder / "counted")
    for number in range(most):
        campaign, sent = begun(), folder / f"sent-{number}"
        sent.touch()
        was_killed, _ = worked(campaign, sent, number * (total - 1) // (most - 1), NOW)
        killed += was_killed
        worked(campaign, sent, None, LATER)
        problems += [f"point {number}: {found}" for found in findings(campaign, sent)]
    json.dump({"database": connection.vendor, "points": total, "killed": killed, "problems": problems}, sys.stdout)


if __name__ == "__main__":
    main()
