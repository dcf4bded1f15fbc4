"""Every write about campaigns: written, started, stopped, and sent in batches to who may get them (P63, P64)."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from common.jobs import schedule
from privacy.mail import send

from ..campaign_mail import write_message
from ..models import Campaign, CampaignMessage, Category, Relation
from ..reach import wants_no_mail
from ..relation_querysets import RelationQuerySet

State = Campaign.State
BATCH = 50
# A batch takes seconds: a job that wrote none for so long died.
GIVEN_UP_AFTER = timedelta(minutes=10)


class CampaignRefused(Exception):
    """The step cannot be taken. `message` says why."""

    message = _("This cannot be done with this campaign now. Look at its state.")


class CategoryUnknown(CampaignRefused):
    """We write about own products that are similar to what was bought, and about nothing else (P63, A24)."""

    message = _("Choose which of our own products the campaign is about.")


class ChangedMeanwhile(CampaignRefused):
    """Not what was looked at."""

    message = _("The campaign was changed since you looked. Look at it again before you send it.")


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a campaign says, and to whom. Dates are of the last order, both included; None and "" do not limit."""

    category: str
    subject_nl: str
    text_nl: str
    subject_en: str = ""
    text_en: str = ""
    ordered_from: date | None = None
    ordered_until: date | None = None
    postcode_starts: str = ""


def write_campaign(*, form_token: UUID, letter: Letter, now: datetime) -> Campaign:
    """Keep a new campaign as a draft; the same form twice is one. Raises CategoryUnknown."""
    _check(letter)
    campaign, _is_new = Campaign.objects.get_or_create(
        form_token=form_token, defaults={**asdict(letter), "created_at": now}
    )
    return campaign


@transaction.atomic
def change_campaign(*, campaign_id: int, letter: Letter) -> Campaign:
    """Write a draft anew. What went out stays as it was: raises CampaignRefused, or CategoryUnknown."""
    _check(letter)
    if not Campaign.objects.filter(pk=campaign_id, state=State.DRAFT).update(**asdict(letter)):
        raise CampaignRefused
    return Campaign.objects.get(pk=campaign_id)


@transaction.atomic
def start_campaign(*, campaign_id: int, shown: str, now: datetime) -> None:
    """Begin to send what was looked at: `shown` is its `fingerprint`. Relations made later get nothing of it.

    Raises ChangedMeanwhile, and CampaignRefused when it was begun before: two clicks send it once.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    if campaign.state != State.DRAFT:
        raise CampaignRefused
    if fingerprint(campaign) != shown:
        raise ChangedMeanwhile
    _move(campaign_id, State.DRAFT, State.SENDING, started_at=now, batch_at=now)
    schedule("accounts.send_campaign", campaign_id=campaign_id)


@transaction.atomic
def stop_campaign(*, campaign_id: int) -> None:
    """Write no further message; the batch under way, fifty at most, may still go. Raises CampaignRefused."""
    _move(campaign_id, State.SENDING, State.STOPPED)


@transaction.atomic
def resume_campaign(*, campaign_id: int, now: datetime) -> None:
    """Go on where it stopped: who had the message gets no second one. Raises CampaignRefused."""
    _move(campaign_id, State.STOPPED, State.SENDING, batch_at=now)
    schedule("accounts.send_campaign", campaign_id=campaign_id)


def send_batch(*, campaign_id: int, now: datetime) -> bool:
    """Write and send the next messages of a campaign; whether there may be more.

    Dying anywhere does no harm: a batch is written whole or not at all, a written message waits for `send_waiting`, and
    the next batch begins behind the last relation reached.
    """
    written = write_batch(campaign_id=campaign_id, now=now)
    for mail_id in written or []:
        send(mail_id=mail_id, now=now)
    return written is not None


@transaction.atomic
def write_batch(*, campaign_id: int, now: datetime) -> list[int] | None:
    """Write the messages to the next relations of the selection that may get one now (P64-P66); their keys.

    None when the campaign is not being sent (any more). One job at a time: a second one waits for the first.
    """
    campaign = Campaign.objects.select_for_update().filter(pk=campaign_id, state=State.SENDING).first()
    if campaign is None:
        return None
    rows = _selection(campaign, now).filter(pk__gt=campaign.reached_id, created_at__lte=campaign.started_at)
    batch = list(rows.order_by("pk").select_for_update(of=("self",))[:BATCH])
    objected = wants_no_mail([relation.email for relation in batch])
    written = [_write(campaign, relation, now) for relation in batch if relation.email not in objected]
    Campaign.objects.filter(pk=campaign.pk).update(
        reached_id=batch[-1].pk if batch else campaign.reached_id,
        batch_at=now,
        written_count=F("written_count") + len(written),
    )
    if len(batch) < BATCH:
        _move(campaign.pk, State.SENDING, State.SENT, ended_at=now)
    return written


def wake_campaigns(*, now: datetime) -> int:
    """Go on with campaigns whose job died (a killed worker, a closed laptop); how many."""
    asleep = Campaign.objects.filter(state=State.SENDING, batch_at__lte=now - GIVEN_UP_AFTER)
    found = list(asleep.values_list("pk", flat=True))
    for campaign_id in found:
        schedule("accounts.send_campaign", campaign_id=campaign_id)
    return len(found)


def count_reached(campaign: Campaign, *, now: datetime) -> int:
    """How many would get a campaign that begins at `now`."""
    emails = set(_selection(campaign, now).values_list("email", flat=True))
    return len(emails - wants_no_mail(emails))


def fingerprint(campaign: Campaign) -> str:
    """What a campaign says and to whom, in a few characters: the page that asks to send it carries them."""
    facts = [str(getattr(campaign, name)) for name in Letter.__dataclass_fields__]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]


def _selection(campaign: Campaign, now: datetime) -> RelationQuerySet:
    return Relation.objects.mailable(now).selected(
        ordered_from=campaign.ordered_from,
        ordered_until=campaign.ordered_until,
        postcode_starts=campaign.postcode_starts,
    )


def _write(campaign: Campaign, relation: Relation, now: datetime) -> int:
    # The row says that this relation had this campaign: the database refuses a second one.
    row = CampaignMessage.objects.create(campaign=campaign, relation=relation, written_at=now)
    mail = write_message(campaign, relation, now=now)
    CampaignMessage.objects.filter(pk=row.pk).update(mail=mail)
    return mail.pk


def _move(campaign_id: int, before: State, after: State, **stamps: datetime) -> None:
    if not Campaign.objects.filter(pk=campaign_id, state=before).update(state=after, **stamps):
        raise CampaignRefused


def _check(letter: Letter) -> None:
    if letter.category not in Category.values:
        raise CategoryUnknown
