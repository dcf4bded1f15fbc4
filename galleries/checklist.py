"""What an assignment needs before its photos go online: what the page shows and what publishing refuses by."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from privacy.declarations import Recipient
from privacy.recipients import may_receive

from .assignment_registry import Item, publish_checks
from .models import Acceptance, Assignment, ContactLink, Photo, Subject
from .terms import MONTHS_WITHOUT_OWNER, STANDARD_MONTHS

_RECEIVERS = (Recipient.HOST, Recipient.PRINT_LAB, Recipient.CARRIER)


def checklist(assignment: Assignment, *, now: datetime) -> list[Item]:
    """Every line about this assignment, ours first."""
    own = [_contact(assignment), _acceptance(assignment), _term(assignment), _photos(assignment), _codes(assignment)]
    return [*own, _receivers(now), *(item for check in publish_checks for item in check(assignment, now=now))]


def missing(items: Iterable[Item]) -> list[Item]:
    """What keeps an assignment from being published."""
    return [item for item in items if item.is_blocking and not item.is_met]


def _page(name: str, assignment: Assignment) -> str:
    return reverse(f"admin:galleries_assignment_{name}", args=[assignment.pk])


def _contact(assignment: Assignment) -> Item:
    """Who receives the code cards (P57)."""
    return Item(
        key="recipient",
        label=_("A contact person who receives the code cards"),
        is_met=ContactLink.objects.filter(assignment=assignment).exists(),
        how=_("Add a contact person of the client."),
        url=_page("contact", assignment),
        permission="galleries.add_contact",
    )


def _acceptance(assignment: Assignment) -> Item:
    """P34: without it there is no processing agreement, and so no instruction to show anything."""
    return Item(
        key="acceptance",
        label=_("Terms accepted, with the processing agreement in them"),
        is_met=Acceptance.objects.filter(assignment=assignment).exists(),
        how=_("Let the client accept the terms, and record who did and how."),
        url=_page("accept", assignment),
        permission="galleries.accept_terms",
    )


def _term(assignment: Assignment) -> Item:
    """P18, A4: another term is agreed in writing, a long one approved."""
    months, needs_owner = assignment.term_months, assignment.term_months > MONTHS_WITHOUT_OWNER
    is_written = months == STANDARD_MONTHS or bool(assignment.term_reference.strip())
    label = ngettext("A term of %(count)d month", "A term of %(count)d months", months) % {"count": months}
    return Item(
        key="term",
        label=label,
        is_met=is_written and (not needs_owner or assignment.term_approved_by_id is not None),
        how=_("The privacy owner approves a term of more than twelve months.")
        if is_written
        else _("Fill in where the term was agreed in writing."),
        url=_page("term", assignment),
        permission="galleries.approve_term" if is_written else "galleries.change_assignment",
    )


def _photos(assignment: Assignment) -> Item:
    waiting = Photo.objects.filter(assignment=assignment, available_from=None).count()
    label = ngettext("%(count)d photo to put online", "%(count)d photos to put online", waiting) % {"count": waiting}
    return Item(
        key="photos",
        label=label if waiting else _("Photos to put online"),
        is_met=bool(waiting),
        how=_("Import the shoot with “manage.py import_shoot” and this assignment’s number."),
    )


def _codes(assignment: Assignment) -> Item:
    """A photo of a group that nobody belongs to would be online for nobody: no code opens it."""
    members = Subject.objects.filter(group=OuterRef("group"))
    waiting = Photo.objects.filter(assignment=assignment, available_from=None, group__isnull=False)
    closed = waiting.filter(~Exists(members)).count()
    how = ngettext(
        "%(count)d group photo belongs to a group without subjects: no code opens it. Add its subjects.",
        "%(count)d group photos belong to a group without subjects: no code opens them. Add their subjects.",
        closed,
    )
    return Item(
        key="codes",
        label=_("A code for each photo"),
        is_met=not closed,
        is_blocking=False,
        how=how % {"count": closed},
        url=_page("roster", assignment),
        permission="galleries.add_subject",
    )


def _receivers(now: datetime) -> Item:
    """P83: who keeps, prints and sends these photos works under an agreement. Where nothing may go is refused where it
    leaves; here it is said in time."""
    return Item(
        key="receivers",
        label=_("Agreements with the host, the print lab and the carrier"),
        is_met=all(may_receive(kind, now=now) for kind in _RECEIVERS),
        is_blocking=False,
        how=_("One of them is not registered, or its agreement ran out. The privacy owner records agreements."),
        url=reverse("admin:privacy_datarecipient_changelist"),
        permission="privacy.view_datarecipient",
    )
