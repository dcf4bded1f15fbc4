"""The terms a client accepts for an assignment, and the processing agreement that stands in them (P33, P34)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.periods import local_date
from galleries.models import Acceptance, Assignment, Client, ContactLink
from privacy.declarations import Role
from privacy.documents import PROCESSING_AGREEMENT_VERSION, TERMS_VERSION


class AcceptanceRefused(Exception):
    """The acceptance cannot be recorded like this. `message` says why."""

    message = _("This cannot be recorded.")


class AlreadyAccepted(AcceptanceRefused):
    """These versions were accepted before: what was recorded of it stays as it was."""

    message = _("The client accepted this version of the terms already.")


class NotTheirContact(AcceptanceRefused):
    """Somebody accepts for a client: a contact person of this assignment."""

    message = _("Choose a contact person of this assignment.")


class NotYetAccepted(AcceptanceRefused):
    """An acceptance is a fact of today or before."""

    message = _("This day is still to come.")


def assessed_role(kind: str) -> Role:
    """What we are in law, whatever the policy says (A33, L29): a private person is no controller, so we are."""
    return Role.CONTROLLER if kind == Client.Kind.PRIVATE else Role.PROCESSOR


@transaction.atomic
def accept_terms(
    *, assignment_id: int, contact_id: int, means: str, accepted_on: date, by: User | None, now: datetime
) -> Acceptance:
    """Record that a contact accepted the present terms for an assignment, and with them the processing agreement of
    article 12 (P34): which versions, on which local day, how, and in which role we work for this client (P33, A33).

    Raises `AlreadyAccepted`, `NotTheirContact`, `NotYetAccepted`.
    """
    assignment = Assignment.objects.select_for_update(of=("self",)).select_related("client").get(pk=assignment_id)
    if accepted_on > local_date(now):
        raise NotYetAccepted
    if not ContactLink.objects.filter(assignment=assignment, contact=contact_id).exists():
        raise NotTheirContact
    versions = {"terms_version": TERMS_VERSION, "agreement_version": PROCESSING_AGREEMENT_VERSION}
    if Acceptance.objects.filter(assignment=assignment, **versions).exists():
        raise AlreadyAccepted
    return Acceptance.objects.create(
        assignment=assignment,
        contact_id=contact_id,
        means=Acceptance.Means(means),
        accepted_on=accepted_on,
        role_claimed=Role.PROCESSOR,
        role_assessed=assessed_role(assignment.client.kind),
        recorded_at=now,
        recorded_by=by,
        completed_at=assignment.completed_at,
        books_year_end=assignment.books_year_end,
        **versions,
    )
