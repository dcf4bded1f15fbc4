"""Whom we speak to at a client: registered with an assignment, corrected, and taken off it (P57, P58, RT13)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from common.periods import Bound, due
from galleries.models import (
    Acceptance,
    Assignment,
    AssignmentMessage,
    Contact,
    ContactLink,
    MessageAttachment,
)
from galleries.redaction import Person, redact
from galleries.terms import CONTACT_TERM
from privacy import erasure, holds


class ContactRefused(Exception):
    """The contact person cannot be registered like this. `message` says why."""

    message = _("This contact person cannot be registered.")


class Unreachable(ContactRefused):
    """Who cannot be reached is no contact person."""

    message = _("Fill in an e-mail address or a phone number.")


class TermOver(ContactRefused):
    """Past the three years after completion no link is made any more: the night would break it at once (P58)."""

    message = _("This assignment was completed more than three years ago: nobody is kept with it any more.")


@transaction.atomic
def add_contact(*, assignment_id: int, name: str, email: str, phone: str, role: str, now: datetime) -> ContactLink:
    """Register whom we speak to about an assignment (P57); who is known to the same client by name and address is
    linked, not copied. The same person twice is one link. Raises `Unreachable` and `TermOver`."""
    if not email and not phone:
        raise Unreachable
    assignment = _open_for_contacts(assignment_id, now=now)
    contact = _known(assignment, name=name, email=email, phone=phone)
    if contact is None:
        contact = Contact.objects.create(name=name, email=email, phone=phone, role=role, created_at=now)
    else:
        Contact.objects.filter(pk=contact.pk).update(phone=phone or contact.phone, role=role or contact.role)
    return _link(assignment, contact, now=now)


@transaction.atomic
def link_contact(*, assignment_id: int, contact_id: int, now: datetime) -> ContactLink:
    """Let somebody known be a contact person for this assignment too (P57). Raises `TermOver`."""
    assignment = _open_for_contacts(assignment_id, now=now)
    return _link(assignment, Contact.objects.select_for_update().get(pk=contact_id), now=now)


@transaction.atomic
def change_contact(*, contact_id: int, name: str, email: str, phone: str, role: str) -> None:
    """Correct what we know of a contact person (P86). Messages keep the name they came under. Raises `Unreachable`."""
    if not email and not phone:
        raise Unreachable
    Contact.objects.filter(pk=contact_id).update(name=name, email=email, phone=phone, role=role)


def unlink_contact(*, link_id: int, now: datetime) -> int:
    """Take somebody off an assignment before the three years are over: they left, or ask it (P87). How many links went.

    What they wrote stays without their name, exactly as when the night breaks the link. Raises `privacy.erasure.Held`.
    """
    return erasure.erase(ContactLink, [link_id], reason="unlinked", now=now)


def erase_links(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """The erasure of links: messages, attachments and accepted terms of that assignment no longer say who it was
    (A17), and a contact without any link is left for the same night (RT13)."""
    links = list(ContactLink.objects.filter(pk__in=ids).select_related("contact").order_by("pk"))
    for link in links:
        about = Q(assignment=link.assignment_id)
        _forget(link.contact, about, reason=reason, rule=rule, now=now)
        Acceptance.objects.filter(about, contact=link.contact).update(contact=None, contact_erased_at=now)
    count = erasure.erase_rows(ContactLink, ids, reason=reason, rule=rule, now=now)
    contacts = Contact.objects.filter(pk__in={link.contact_id for link in links}, orphaned_at__isnull=True)
    contacts.filter(~Exists(ContactLink.objects.filter(contact=OuterRef("pk")))).update(orphaned_at=now)
    return count


def erase_contacts(ids: list[int], *, reason: str, rule: str, now: datetime) -> int:
    """The erasure of contacts: first their links, each leaving messages without a name, then the person."""
    links = ContactLink.objects.filter(contact__in=ids).order_by("pk").values_list("pk", flat=True)
    erasure.erase_locked(ContactLink, list(links), reason=reason, rule=rule, now=now)
    for contact in Contact.objects.filter(pk__in=ids).order_by("pk"):
        # What a hold kept while its link was broken: the caller has seen that there is no hold any more.
        _forget(contact, Q(contact=contact), reason=reason, rule=rule, now=now)
    return erasure.erase_rows(Contact, ids, reason=reason, rule=rule, now=now)


def _forget(contact: Contact, about: Q, *, reason: str, rule: str, now: datetime) -> None:
    """Take a contact out of these messages, but those a hold keeps."""
    person = Person(contact.name, contact.email, contact.phone)
    messages = list(AssignmentMessage.objects.filter(about).select_for_update(of=("self",)).order_by("pk"))
    # Mostly none is held: one question then, instead of one for each message.
    is_held = holds.any_excepted(AssignmentMessage, [row.pk for row in messages], now=now)
    free = [row for row in messages if not is_held or not holds.any_excepted(AssignmentMessage, [row.pk], now=now)]
    for row in free:
        said = redact(redact(row.text, person), Person(*_as_written(row, contact)))
        if said != row.text:
            AssignmentMessage.objects.filter(pk=row.pk).update(text=said)
    own = [row.pk for row in free if row.contact_id == contact.pk]
    files = MessageAttachment.objects.filter(message__in=own, names_nobody=False).order_by("pk")
    erasure.erase_locked(MessageAttachment, list(files.values_list("pk", flat=True)), reason=reason, rule=rule, now=now)
    AssignmentMessage.objects.filter(pk__in=own).update(
        contact=None, person_name="", person_address="", person_erased_at=now
    )


def _as_written(row: AssignmentMessage, contact: Contact) -> tuple[str, str, str]:
    """The name and address a message of this contact came under, which may have been corrected since."""
    if row.contact_id != contact.pk:
        return "", "", ""
    is_email = "@" in row.person_address
    return row.person_name, row.person_address if is_email else "", "" if is_email else row.person_address


def _open_for_contacts(assignment_id: int, *, now: datetime) -> Assignment:
    assignment = Assignment.objects.select_for_update().get(pk=assignment_id)
    if assignment.completed_at and due(assignment.completed_at, CONTACT_TERM, Bound.AT_MOST) <= now:
        raise TermOver
    return assignment


def _known(assignment: Assignment, *, name: str, email: str, phone: str) -> Contact | None:
    """Somebody of the same client with this name and this address."""
    same = Q(email__iexact=email) if email else Q(email="", phone=phone)
    linked = Contact.objects.filter(same, name__iexact=name, links__assignment__client=assignment.client_id)
    key = linked.order_by("pk").values_list("pk", flat=True).first()
    return Contact.objects.select_for_update().get(pk=key) if key else None


def _link(assignment: Assignment, contact: Contact, *, now: datetime) -> ContactLink:
    link, _is_new = ContactLink.objects.get_or_create(
        assignment=assignment,
        contact=contact,
        defaults={"created_at": now, "completed_at": assignment.completed_at},
    )
    Contact.objects.filter(pk=contact.pk).update(orphaned_at=None)
    return link


def restamp(*, assignment_ids: Collection[int], completed_at: datetime | None) -> None:
    """Write the completion of these assignments on every row that counts from it; None when one is open again."""
    for model in (ContactLink, AssignmentMessage, Acceptance):
        model._base_manager.filter(assignment__in=assignment_ids).update(completed_at=completed_at)
    files = MessageAttachment.objects.filter(message__assignment__in=assignment_ids)
    files.update(completed_at=completed_at)
