"""What a client and we leave behind: a contact person, accepted terms, and messages with files."""

from datetime import datetime
from uuid import uuid4

from accounts.models import User
from common.periods import local_date
from galleries.actions.acceptance import accept_terms
from galleries.actions.contacts import add_contact
from galleries.actions.messages import record_message
from galleries.attachments import Attached
from galleries.models import Acceptance, AssignmentMessage, Contact

PDF = b"%PDF-1.7 not read by anybody here"


def speak_to(
    assignment_id: int,
    *,
    name: str = "Karin Zandstra",
    email: str = "karin@example.org",
    phone: str = "0187 123456",
    now: datetime,
) -> Contact:
    """A contact person of this assignment."""
    return add_contact(
        assignment_id=assignment_id, name=name, email=email, phone=phone, role="administration", now=now
    ).contact


def accept(assignment_id: int, *, by: User | None = None, now: datetime) -> Acceptance:
    """A contact person who accepts the terms today."""
    return accept_terms(
        assignment_id=assignment_id,
        contact_id=speak_to(assignment_id, now=now).pk,
        means="email",
        accepted_on=local_date(now),
        by=by,
        now=now,
    )


def write(
    contact: Contact,
    assignment_id: int,
    *,
    text: str = "Good morning",
    files: tuple[Attached, ...] = (),
    direction: str = "in",
    now: datetime,
) -> AssignmentMessage:
    """A message from or to this contact."""
    return record_message(
        form_token=uuid4(),
        assignment_id=assignment_id,
        contact_id=contact.pk,
        direction=direction,
        text=text,
        at=now,
        attached=files,
        by=None,
        now=now,
    )
