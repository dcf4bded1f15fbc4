"""A campaign reaches who may get it, once, whatever happens to the job that sends it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail as mailbox
from django.test import Client as Browser

from accounts.actions import campaigns, note_bounce, object_to_marketing
from accounts.actions.campaigns import (
    CampaignRefused,
    CategoryUnknown,
    ChangedMeanwhile,
    Letter,
    change_campaign,
    count_reached,
    fingerprint,
    resume_campaign,
    send_batch,
    start_campaign,
    stop_campaign,
    wake_campaigns,
    write_batch,
    write_campaign,
)
from accounts.mailboxes import PostalAddress
from accounts.models import Campaign, CampaignMessage, Relation, RelationEvidence, Suppression
from accounts.reach import wants_no_mail
from common.periods import ZONE
from privacy import erasure
from privacy.actions.exceptions import restrict
from privacy.mail import send_waiting
from privacy.models import OutgoingMail, RuleRun
from privacy.sweep import run_sweep
from tests.galleries.studio import NOW

from .buyers import bought, link_of

pytestmark = pytest.mark.postgres
State = Campaign.State
LETTER = Letter(
    category="wall",
    subject_nl="Jouw foto aan de muur",
    text_nl="Groot & mooi.\n\nKijk op https://photos.example/muur",
    subject_en="Your photo on the wall",
    text_en="Large & beautiful.",
)
RunJobs = Callable[[], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def written(**said: Any) -> Campaign:
    return write_campaign(form_token=uuid4(), letter=Letter(**{**vars_of(LETTER), **said}), now=NOW)


def vars_of(letter: Letter) -> dict[str, Any]:
    return {name: getattr(letter, name) for name in Letter.__dataclass_fields__}


def started(**said: Any) -> Campaign:
    campaign = written(**said)
    start_campaign(campaign_id=campaign.pk, shown=fingerprint(campaign), now=NOW)
    return campaign


def some_relations(count: int) -> list[Relation]:
    return [bought(f"JK-{n}", email=f"buyer{n}@example.org", address=house(n)) for n in range(count)]


def house(number: int) -> PostalAddress:
    return PostalAddress(street=f"Kerkstraat {number}", postcode=f"{3000 + number} AB", city="Middelharnis")


def reached() -> list[str]:
    return sorted(sent.to[0] for sent in mailbox.outbox)


@pytest.mark.clauses("P63")
@pytest.mark.parametrize("category", ["", "insurance", None])
def test_a_campaign_about_anything_but_our_own_products_is_refused(category: Any) -> None:
    with pytest.raises(CategoryUnknown):
        written(category=category)
    assert not Campaign.objects.exists()


@pytest.mark.clauses("P63", "P66")
def test_a_campaign_goes_to_each_relation_in_their_language_with_the_way_out(run_jobs: RunJobs) -> None:
    dutch, english = bought("JK-1"), bought("JK-2", email="ann@example.org", language="en", address=house(2))
    with run_jobs():
        campaign = started()
    campaign.refresh_from_db()
    assert (campaign.state, campaign.written_count) == (State.SENT, 2)
    sent = {message.to[0]: message for message in mailbox.outbox}
    assert sent[dutch.email].subject == "Jouw foto aan de muur"
    assert "Large & beautiful." in sent[english.email].body
    for relation in (dutch, english):
        link = f"http://testserver{link_of(relation)}"
        message = message_from_bytes(sent[relation.email].message().as_bytes(), policy=default)
        assert str(message["List-Unsubscribe"]).strip() == f"<{link}>"
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert link in sent[relation.email].body
        assert link in sent[relation.email].alternatives[0][0]
        assert Browser(enforce_csrf_checks=True).post(link_of(relation)).status_code == 200
    assert not Relation.objects.exists()


def test_without_english_everybody_reads_the_dutch(run_jobs: RunJobs) -> None:
    bought("JK-2", language="en")
    with run_jobs():
        started(subject_en="", text_en="")
    assert mailbox.outbox[0].subject == "Jouw foto aan de muur"
    assert "Geen reclame meer" in mailbox.outbox[0].body


def test_what_staff_write_is_text_and_a_link_in_it_works(run_jobs: RunJobs) -> None:
    bought()
    with run_jobs():
        started(text_nl="<script>x</script> https://photos.example/a & b")
    html = mailbox.outbox[0].alternatives[0][0]
    assert "<script>" not in html
    assert 'href="https://photos.example/a"' in html


@pytest.mark.clauses("P64", "P65", "P88", "P90")
def test_who_may_get_nothing_gets_nothing(run_jobs: RunJobs) -> None:
    good, restricted, bounced, unproven, smuggled, old = some_relations(6)
    restrict(kind="accounts.relation", object_id=restricted.pk, reason="r", now=NOW)
    note_bounce(email=bounced.email, now=NOW)
    RelationEvidence.objects.filter(relation=unproven).delete()
    object_to_marketing(email="objected@example.org", reason=Suppression.Reason.LINK, now=NOW)
    Relation.objects.filter(pk=smuggled.pk).update(email="objected@example.org")
    Relation.objects.filter(pk=old.pk).update(last_order_at=NOW - timedelta(days=731))
    campaign = written()
    assert count_reached(campaign, now=NOW) == 1
    with run_jobs():
        start_campaign(campaign_id=campaign.pk, shown=fingerprint(campaign), now=NOW)
    assert reached() == [good.email]


@pytest.mark.clauses("P66", "P90")
def test_who_objects_between_the_writing_and_the_sending_is_not_mailed() -> None:
    relation, other = some_relations(2)
    campaign = started()
    write_batch(campaign_id=campaign.pk, now=NOW)
    Browser().post(link_of(relation))
    # However the relation is still there: a restriction laid in between keeps it, and nothing goes out either.
    restrict(kind="accounts.relation", object_id=other.pk, reason="r", now=NOW)
    assert send_waiting(now=NOW) == 0
    assert not mailbox.outbox
    assert not OutgoingMail.objects.filter(to=relation.email).exists(), "what was written to them is gone too"


def test_the_list_is_asked_again_when_a_written_message_goes() -> None:
    relation = bought()
    write_batch(campaign_id=started().pk, now=NOW)
    Suppression.objects.create(
        channel="mail", digest=relation.mailbox_digest, reason="link", created_at=NOW, reviewed_at=NOW
    )
    assert send_waiting(now=NOW) == 0
    assert OutgoingMail.objects.get().status == OutgoingMail.Status.WITHHELD


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, {0, 1, 2}),
        ({"ordered_from": date(2026, 10, 2)}, {1, 2}),
        ({"ordered_until": date(2026, 10, 2)}, {0, 1}),
        ({"ordered_from": date(2026, 10, 2), "ordered_until": date(2026, 10, 2)}, {1}),
        ({"postcode_starts": "3002"}, {2}),
        ({"postcode_starts": "9"}, set()),
    ],
)
def test_a_selection_takes_whole_local_days_and_a_region(said: dict[str, Any], found: set[int]) -> None:
    rows = some_relations(3)
    moments = [datetime(2026, 10, 1, 23, 59, tzinfo=ZONE), datetime(2026, 10, 2, tzinfo=ZONE), NOW]
    for relation, moment in zip(rows, moments, strict=True):
        Relation.objects.filter(pk=relation.pk).update(last_order_at=moment)
    campaign = started(**said)
    write_batch(campaign_id=campaign.pk, now=NOW)
    assert set(CampaignMessage.objects.values_list("relation", flat=True)) == {rows[n].pk for n in found}


def test_two_clicks_send_it_once_and_what_changed_is_looked_at_again() -> None:
    campaign = written()
    shown = fingerprint(campaign)
    change_campaign(campaign_id=campaign.pk, letter=Letter(**{**vars_of(LETTER), "subject_nl": "Anders"}))
    with pytest.raises(ChangedMeanwhile):
        start_campaign(campaign_id=campaign.pk, shown=shown, now=NOW)
    campaign.refresh_from_db()
    start_campaign(campaign_id=campaign.pk, shown=fingerprint(campaign), now=NOW)
    with pytest.raises(CampaignRefused):
        start_campaign(campaign_id=campaign.pk, shown=fingerprint(campaign), now=NOW)
    with pytest.raises(CampaignRefused):
        change_campaign(campaign_id=campaign.pk, letter=LETTER)


def test_the_same_form_twice_is_one_campaign() -> None:
    token = uuid4()
    assert len({write_campaign(form_token=token, letter=LETTER, now=NOW).pk for _ in range(2)}) == 1


def test_batch_after_batch_reaches_all_and_no_later_relation(
    run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    monkeypatch.setattr(campaigns, "BATCH", 3)
    first = some_relations(7)
    campaign = started()
    clock.shift(60)
    bought("JK-9", email="later@example.org", now=NOW + timedelta(minutes=1))
    with run_jobs():
        resume(campaign)
    assert reached() == sorted(relation.email for relation in first)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.written_count) == (State.SENT, 7)


def resume(campaign: Campaign) -> None:
    stop_campaign(campaign_id=campaign.pk)
    resume_campaign(campaign_id=campaign.pk, now=NOW)


def test_a_job_that_dies_at_any_point_leaves_nothing_lost_and_nothing_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    """It dies while it writes, after it wrote, while it sends, and after: each time another one goes on."""

    class Killed(Exception):
        pass

    monkeypatch.setattr(campaigns, "BATCH", 4)
    rows = some_relations(10)
    campaign = started()
    honest = {"write_message": campaigns.write_message, "send": campaigns.send}
    for name in ("write_message", "send", "write_message", "send", "send"):
        calls = iter([True, True, False])

        def dying(*args: Any, name: str = name, calls: Iterator[bool] = calls, **said: Any) -> Any:
            if not next(calls):
                raise Killed
            return honest[name](*args, **said)

        monkeypatch.setattr(campaigns, name, dying)
        with suppress(Killed):
            send_batch(campaign_id=campaign.pk, now=NOW)
        monkeypatch.setattr(campaigns, name, honest[name])
    while send_batch(campaign_id=campaign.pk, now=NOW):
        pass
    send_waiting(now=NOW)
    assert reached() == sorted(relation.email for relation in rows)
    assert CampaignMessage.objects.filter(campaign=campaign).count() == 10


def test_a_stopped_campaign_writes_nothing_and_goes_on_where_it_was_weeks_later(
    monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    monkeypatch.setattr(campaigns, "BATCH", 2)
    rows = some_relations(4)
    campaign = started()
    assert send_batch(campaign_id=campaign.pk, now=NOW)
    stop_campaign(campaign_id=campaign.pk)
    assert not send_batch(campaign_id=campaign.pk, now=NOW)
    assert len(reached()) == 2
    # Who got what is forgotten by then; nobody gets it twice all the same.
    later = NOW + timedelta(days=40)
    run = run_sweep(now=later)
    assert not RuleRun.objects.filter(sweep=run).exclude(outcome="done", residue=0).exists()
    assert not CampaignMessage.objects.exists()
    resume_campaign(campaign_id=campaign.pk, now=later)
    while send_batch(campaign_id=campaign.pk, now=later):
        pass
    assert reached() == sorted(relation.email for relation in rows)
    for refused in (lambda: stop_campaign(campaign_id=campaign.pk), lambda: resume(campaign)):
        with pytest.raises(CampaignRefused):
            refused()


@pytest.mark.parametrize(("minutes", "is_woken"), [(9, False), (10, True)])
def test_a_campaign_whose_job_died_is_woken(
    minutes: int, is_woken: bool, scheduled_jobs: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    campaign = started()
    with django_capture_on_commit_callbacks(execute=True):
        wake_campaigns(now=NOW + timedelta(minutes=minutes))
    assert (("accounts.send_campaign", {"campaign_id": campaign.pk}) in scheduled_jobs) == is_woken


@pytest.mark.clauses("P63")
def test_rt24_who_got_which_campaign_goes_after_two_weeks() -> None:
    bought()
    write_batch(campaign_id=started().pk, now=NOW)
    end = NOW + timedelta(days=14)
    for moment, is_there in [(end - timedelta(microseconds=1), True), (end, False)]:
        run = run_sweep(now=moment)
        assert not RuleRun.objects.filter(sweep=run).exclude(outcome="done", residue=0).exists()
        assert CampaignMessage.objects.exists() == is_there
        assert OutgoingMail.objects.filter(kind="accounts.campaign").exists() == is_there


def test_a_relation_that_is_erased_takes_its_messages_along() -> None:
    relation = bought()
    write_batch(campaign_id=started().pk, now=NOW)
    erasure.erase(Relation, [relation.pk], reason="request", now=NOW)
    assert not CampaignMessage.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert Campaign.objects.get().written_count == 1


def test_counting_asks_the_list_in_pieces() -> None:
    emails = [f"buyer{n}@example.org" for n in range(1100)]
    object_to_marketing(email=emails[-1], reason=Suppression.Reason.LINK, now=NOW)
    assert wants_no_mail(emails) == {emails[-1]}
