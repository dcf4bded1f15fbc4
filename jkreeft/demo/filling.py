"""Filling the demo studio through the same actions and the same import that staff use.

Each step looks first whether its result is there, so a run that was killed is finished by the next one. The owner's
account comes last: where it exists the studio is complete, and nothing is ever filled again. What the night deleted
stays deleted.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_DNS, UUID, uuid4, uuid5

from django.conf import settings
from django.core.management import call_command

from accounts.actions import create_staff
from accounts.actions.campaigns import write_campaign
from accounts.models import User
from common.periods import local_date
from galleries.actions import create_assignment, create_client, publish_assignment
from galleries.actions.acceptance import AlreadyAccepted, accept_terms
from galleries.actions.asking import ask_removal
from galleries.actions.contacts import add_contact
from galleries.actions.messages import record_message
from galleries.actions.roster import RosterLine, add_subjects
from galleries.attachments import accept as accept_file
from galleries.models import Assignment, Client, Contact, LoginCode, Photo, RemovalCase
from privacy.actions.recipients import RecipientFacts, save_recipient
from privacy.models import DataRecipient
from shop.models import Product

from .customer import open_account
from .ordering import bring_to_state, find_order, order
from .post import OPINIONS, hand_in, write_in
from .shooting import photograph
from .studio import (
    ASKED_AWAY,
    CAMPAIGN,
    COLLEAGUES,
    OWNER,
    PARTNERS,
    PURCHASES,
    SHOOTS,
    WARES,
    AskedAway,
    Colleague,
    Partner,
    Shoot,
    Ware,
)

Say = Callable[[str], None]
# The same form each time: a studio that is filled again has one campaign.
_CAMPAIGN_FORM = UUID(int=1)
_A_WEEK = timedelta(days=7)
_PLAN = "09.00 groep 4a, aula\n10.45 groep 6b, aula\n12.00 groepsfoto's op het plein\n"


def is_complete() -> bool:
    """Whether the studio was filled to the end before."""
    return User.objects.filter(email=OWNER.email).exists()


def fill(*, now: datetime, say: Say) -> None:
    """Make everything of `studio` that is not there yet. Not in one transaction: photos take their time."""
    if is_complete():
        say("The demo studio is complete.")
        return
    for colleague in COLLEAGUES:
        _hire(colleague, now=now)
    for partner in PARTNERS:
        _agree(partner, now=now)
    for ware in WARES:
        _stock(ware)
    for plan in SHOOTS:
        say(f"{plan.title}: photos")
        _shoot(plan, now=now)
    say("Orders")
    for purchase in PURCHASES:
        bring_to_state(find_order(purchase) or order(purchase, now=now), purchase, now=now)
    write_campaign(form_token=_CAMPAIGN_FORM, letter=CAMPAIGN, now=now)
    _ask_away(ASKED_AWAY, now=now)
    for opinion in OPINIONS:
        hand_in(opinion, now=now)
    open_account(now=now)
    write_in(now=now)
    User.objects.create_superuser(OWNER.email, OWNER.password, name=OWNER.name)
    say("The demo studio is complete.")


def _hire(colleague: Colleague, *, now: datetime) -> None:
    if colleague.role is None or User.objects.filter(email=colleague.email).exists():
        return
    create_staff(
        email=colleague.email, name=colleague.name, password=colleague.password, roles=[colleague.role], now=now
    )


def _agree(partner: Partner, *, now: datetime) -> None:
    if DataRecipient.objects.filter(name=partner.name).exists():
        return
    # Recorded before there was any client, so that none is told of it as news.
    recorded_at = now - timedelta(days=400)
    began = local_date(recorded_at)
    facts = RecipientFacts(
        name=partner.name,
        category=partner.category,
        capacity=DataRecipient.Capacity.PROCESSOR,
        task_nl=partner.task_nl,
        task_en=partner.task_en,
        country="Nederland",
        begins_on=began,
        agreement_reference=partner.agreement,
        agreed_on=began,
        # One of them ends soon, so that the first page of the privacy owner has something to say.
        valid_until=local_date(now + partner.ends_in) if partner.ends_in else None,
    )
    save_recipient(facts=facts, now=recorded_at)


def _stock(ware: Ware) -> None:
    Product.objects.get_or_create(
        title_nl=ware.title_nl,
        defaults={
            "kind": ware.kind,
            "title_en": ware.title_en,
            "price_cents": ware.price_cents,
            "width_mm": ware.width_mm,
            "height_mm": ware.height_mm,
            "position": WARES.index(ware) + 1,
        },
    )


def _ask_away(asked: AskedAway, *, now: datetime) -> None:
    code = LoginCode.objects.get(subject__assignment__title=SHOOTS[0].title, subject__number=asked.number)
    if RemovalCase.objects.filter(code=code).exists():
        return
    ask_removal(
        code_id=code.pk,
        photo_id=Photo.objects.filter(group__subjects=code.subject_id).latest("pk").public_id,
        note=asked.note,
        email="",
        language="nl",
        form_token=uuid4(),
        now=now - asked.asked_ago,
    )


def _shoot(plan: Shoot, *, now: datetime) -> None:
    assignment = _assignment(plan, now=now)
    if assignment.published_at is not None:
        return
    add_subjects(
        assignment_id=assignment.pk,
        lines=[RosterLine(sitter.number, party.name) for party in plan.parties for sitter in party.sitters],
        now=now,
    )
    folder = Path(settings.VAR_DIR) / "demo-shoots" / plan.key
    photos = photograph(plan, folder)
    if Photo.objects.filter(assignment=assignment).count() < photos:
        call_command("import_shoot", str(assignment.pk), str(folder), verbosity=0)
    contact = _speak_to(plan, assignment, now=assignment.created_at)
    if plan.published_ago is not None:
        _accept(assignment, contact)
        publish_assignment(
            assignment_id=assignment.pk,
            by=User.objects.get(email=COLLEAGUES[0].email),
            now=now - plan.published_ago,
        )
    # The camera's card is wiped: originals live in the private storage and nowhere else.
    shutil.rmtree(folder)


def _speak_to(plan: Shoot, assignment: Assignment, *, now: datetime) -> Contact:
    who = plan.liaison
    link = add_contact(
        assignment_id=assignment.pk, name=who.name, email=who.email, phone=who.phone, role=who.role, now=now
    )
    if who.wrote:
        record_message(
            form_token=uuid5(NAMESPACE_DNS, who.email),
            assignment_id=assignment.pk,
            contact_id=link.contact_id,
            direction="in",
            text=who.wrote,
            at=now,
            attached=[accept_file(_PLAN.encode(), names_nobody=True)],
            by=User.objects.get(email=COLLEAGUES[0].email),
            now=now,
        )
    return link.contact


def _accept(assignment: Assignment, contact: Contact) -> None:
    began = assignment.created_at
    with suppress(AlreadyAccepted):
        accept_terms(
            assignment_id=assignment.pk,
            contact_id=contact.pk,
            means="email",
            accepted_on=local_date(began),
            by=User.objects.get(email=COLLEAGUES[0].email),
            now=began,
        )


def _assignment(plan: Shoot, *, now: datetime) -> Assignment:
    began = now - (plan.published_ago or _A_WEEK)
    street, postcode, city = plan.address
    client = Client.objects.filter(name=plan.client).first() or create_client(
        kind=plan.kind,
        name=plan.client,
        email=plan.email,
        street=street,
        postcode=postcode,
        city=city,
        kvk_number=plan.kvk_number,
        now=began,
    )
    known = Assignment.objects.filter(client=client, title=plan.title).first()
    return known or create_assignment(client_id=client.pk, title=plan.title, now=began)
