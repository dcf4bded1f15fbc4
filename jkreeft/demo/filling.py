"""Filling the demo studio through the same actions and the same import that staff use.

Each step looks first whether its result is there, so a run that was killed is finished by the next one. The owner's
account comes last: where it exists the studio is complete, and nothing is ever filled again. What the night deleted
stays deleted.
"""

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from accounts.actions import create_staff
from accounts.models import User
from galleries.actions import create_assignment, create_client, publish_assignment
from galleries.actions.roster import RosterLine, add_subjects
from galleries.models import Assignment, Client, Photo
from shop.models import Product

from .ordering import bring_to_state, find_order, order
from .post import OPINIONS, hand_in
from .shooting import photograph
from .studio import COLLEAGUES, OWNER, PURCHASES, SHOOTS, WARES, Colleague, Shoot, Ware

Say = Callable[[str], None]
_A_WEEK = timedelta(days=7)


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
    for ware in WARES:
        _stock(ware)
    for plan in SHOOTS:
        say(f"{plan.title}: photos")
        _shoot(plan, now=now)
    say("Orders")
    for purchase in PURCHASES:
        bring_to_state(find_order(purchase) or order(purchase, now=now), purchase, now=now)
    for opinion in OPINIONS:
        hand_in(opinion, now=now)
    User.objects.create_superuser(OWNER.email, OWNER.password, name=OWNER.name)
    say("The demo studio is complete.")


def _hire(colleague: Colleague, *, now: datetime) -> None:
    if colleague.role is None or User.objects.filter(email=colleague.email).exists():
        return
    create_staff(
        email=colleague.email, name=colleague.name, password=colleague.password, roles=[colleague.role], now=now
    )


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
    if plan.published_ago is not None:
        publish_assignment(
            assignment_id=assignment.pk,
            by=User.objects.get(email=COLLEAGUES[0].email),
            now=now - plan.published_ago,
        )
    # The camera's card is wiped: originals live in the private storage and nowhere else.
    shutil.rmtree(folder)


def _assignment(plan: Shoot, *, now: datetime) -> Assignment:
    began = now - (plan.published_ago or _A_WEEK)
    client = Client.objects.filter(name=plan.client).first() or create_client(
        kind=plan.kind, name=plan.client, email=plan.email, now=began
    )
    known = Assignment.objects.filter(client=client, title=plan.title).first()
    return known or create_assignment(client_id=client.pk, title=plan.title, now=began)
