"""Clients and assignments: who orders the photography, what was agreed, and until when the books keep it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.periods import Bound, Period, due, local_date, year_end
from galleries.models import Acceptance, Assignment, Client, Group, Photo, Subject
from galleries.terms import MONTHS_WITHOUT_OWNER, STANDARD_MONTHS, client_end

from .extending import apply_extensions
from .shown import bump_revision, refresh_codes

APPROVE_TERM = "galleries.approve_term"
# RT03: a subject or group that never gets a photo goes as an unpublished upload would.
DAYS_TO_WAIT_FOR_PHOTOS = 60


_KVK = re.compile(r"\d{8}")
# A country and what its tax office gives; the Netherlands write theirs one way.
_VAT = re.compile(r"(NL\d{9}B\d{2}|(?!NL)[A-Z]{2}[0-9A-Z+*]{2,12})")


_NUMBER_HELP = {
    "kvk_number": _("A KvK number has eight digits."),
    "vat_number": _("A VAT number reads as NL123456789B01, or begins with the letters of another country."),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of an organisation as we write them: without spaces and dots; empty where it has none."""

    kvk: str
    vat: str


class NumbersRefused(Exception):
    """These numbers cannot be those of this client. `message` says which, `field` where they were filled in."""

    def __init__(self, message: object, field: str) -> None:
        self.message, self.field = message, field
        super().__init__("number refused")


class TermRefused(Exception):
    """The term cannot be agreed like this. `message` says what is missing."""

    message = _("This term cannot be set.")


class ReferenceMissing(TermRefused):
    """Another term than one month stands in writing somewhere (P18, A4)."""

    message = _("Another term than one month needs the reference of the written agreement.")


class OwnerMissing(TermRefused):
    """More than twelve months is the owner's decision (A4)."""

    message = _("A term of more than twelve months must be approved by the privacy owner.")


@transaction.atomic
def create_client(
    *,
    kind: str,
    name: str,
    email: str = "",
    street: str = "",
    postcode: str = "",
    city: str = "",
    kvk_number: str = "",
    vat_number: str = "",
    now: datetime,
) -> Client:
    """Register who gives assignments (P15). The books end with this year until something later happens (RT27).

    Raises `NumbersRefused`.
    """
    numbers = check_numbers(kind=kind, kvk_number=kvk_number, vat_number=vat_number)
    return Client.objects.create(
        kind=kind,
        name=name,
        email=email,
        street=street,
        postcode=postcode,
        city=city,
        kvk_number=numbers.kvk,
        vat_number=numbers.vat,
        created_at=now,
        books_year_end=year_end(local_date(now)),
    )


@transaction.atomic
def change_client(
    *,
    client_id: int,
    kind: str,
    name: str,
    email: str,
    street: str,
    postcode: str,
    city: str,
    kvk_number: str,
    vat_number: str,
) -> None:
    """Correct what we know of a client (P86). What is written anew is there again for RT27 to erase.

    Raises `NumbersRefused`.
    """
    numbers = check_numbers(kind=kind, kvk_number=kvk_number, vat_number=vat_number)
    Client.objects.filter(pk=client_id).update(
        kind=kind,
        name=name,
        email=email,
        street=street,
        postcode=postcode,
        city=city,
        kvk_number=numbers.kvk,
        vat_number=numbers.vat,
        person_erased_at=None,
    )


@transaction.atomic
def create_assignment(
    *,
    client_id: int,
    title: str,
    term_months: int = STANDARD_MONTHS,
    term_reference: str = "",
    approved_by: User | None = None,
    now: datetime,
) -> Assignment:
    """Register one job and how long its photos stay online: one month unless agreed otherwise in writing (A1, A4).

    Raises `ReferenceMissing` and `OwnerMissing`.
    """
    check_term(months=term_months, reference=term_reference, approved_by=approved_by)
    assignment = Assignment.objects.create(
        client_id=client_id,
        title=title,
        term_months=term_months,
        term_reference=term_reference,
        term_approved_by=approved_by if term_months > MONTHS_WITHOUT_OWNER else None,
        created_at=now,
        books_year_end=year_end(local_date(now)),
    )
    note_books_activity(assignment_ids=[assignment.pk], on=local_date(now))
    return assignment


@transaction.atomic
def rename_assignment(*, assignment_id: int, title: str) -> None:
    """Correct the title of an assignment. What is written anew is there again for RT27 to erase."""
    Assignment.objects.filter(pk=assignment_id).update(title=title, person_erased_at=None)


@transaction.atomic
def change_term(
    *, assignment_id: int, months: int, reference: str, approved_by: User | None = None, now: datetime
) -> None:
    """Agree another term. Photos that are online or with the client get their new end, counted from their own start
    (A2, A4, A36); one whose term is over stays gone, though the night did not remove it yet (A6).

    Raises `ReferenceMissing` and `OwnerMissing`.
    """
    check_term(months=months, reference=reference, approved_by=approved_by)
    Assignment.objects.select_for_update().get(pk=assignment_id)
    Assignment.objects.filter(pk=assignment_id).update(
        term_months=months,
        term_reference=reference,
        term_approved_by=approved_by if months > MONTHS_WITHOUT_OWNER else None,
        person_erased_at=None,
    )
    # What a consent keeps ends after the client's term: `apply_extensions` moves it.
    photos = Photo.objects.filter(assignment_id=assignment_id, expires_at__gt=now, kept_on_consent=False)
    latest = None
    for start in photos.order_by("available_from").values_list("available_from", flat=True).distinct():
        if start is not None:
            latest = client_end(start, months=months)
            photos.filter(available_from=start).update(expires_at=latest)
    if latest is not None:
        note_books_activity(assignment_ids=[assignment_id], on=local_date(latest))
    handed = Photo.objects.filter(assignment_id=assignment_id, handed_over_until__gt=now)
    for start in handed.values_list("handed_over_at", flat=True).distinct():
        if start is not None:
            handed.filter(handed_over_at=start).update(handed_over_until=client_end(start, months=months))
    _move_window(assignment_id, months=months, now=now)
    apply_extensions(assignment_id=assignment_id, now=now)
    refresh_codes(assignment_ids=[assignment_id], now=now)
    bump_revision(assignment_ids=[assignment_id])


@transaction.atomic
def create_group(*, assignment_id: int, name: str, now: datetime) -> Group:
    """Add a class, team or department. Without any photo it goes after sixty days (RT26)."""
    return Group.objects.create(assignment_id=assignment_id, name=name, emptied_at=_waits_until(now))


@transaction.atomic
def create_subject(*, assignment_id: int, number: str, group_id: int | None = None, now: datetime) -> Subject:
    """Add who will be photographed: a number, no name. Without any photo it goes after sixty days (RT26)."""
    return Subject.objects.create(
        assignment_id=assignment_id, number=number, group_id=group_id, emptied_at=_waits_until(now)
    )


def note_books_activity(*, assignment_ids: Collection[int], on: date) -> None:
    """An invoice or the end of a term on this day keeps assignment and client in the books of its year.

    The anchor of RT27 only ever moves forward (A10). `on` is a local date.
    """
    end = year_end(on)
    Assignment.objects.filter(pk__in=assignment_ids, books_year_end__lt=end).update(books_year_end=end)
    Acceptance.objects.filter(assignment__in=assignment_ids, books_year_end__lt=end).update(books_year_end=end)
    Client.objects.filter(assignments__in=assignment_ids, books_year_end__lt=end).update(books_year_end=end)


def check_numbers(*, kind: str, kvk_number: str, vat_number: str) -> Numbers:
    """The numbers as they are kept. Raises `NumbersRefused` for one that is none, or that a private person has not."""
    kvk = re.sub(r"[\s.]", "", kvk_number)
    vat = re.sub(r"[\s.]", "", vat_number).upper()
    for field, number, pattern in (("kvk_number", kvk, _KVK), ("vat_number", vat, _VAT)):
        if number and kind == Client.Kind.PRIVATE:
            raise NumbersRefused(
                _("A private person has no such number. Leave it empty, or choose another kind."), field
            )
        if number and not pattern.fullmatch(number):
            raise NumbersRefused(_NUMBER_HELP[field], field)
    return Numbers(kvk, vat)


def check_term(*, months: int, reference: str, approved_by: User | None) -> None:
    """Whether a term may be agreed like this (P18, A4). Raises `ReferenceMissing` and `OwnerMissing`."""
    if months != STANDARD_MONTHS and not reference.strip():
        raise ReferenceMissing
    if months > MONTHS_WITHOUT_OWNER and not (approved_by and approved_by.has_perm(APPROVE_TERM)):
        raise OwnerMissing


def _move_window(assignment_id: int, *, months: int, now: datetime) -> None:
    """The end of the client's term, which completion counts from (A16); one that is over stays over."""
    running = Assignment.objects.filter(pk=assignment_id, window_ends_at__gt=now)
    newest = Photo.objects.filter(assignment_id=assignment_id).aggregate(at=Max("available_from"))["at"]
    if newest is not None:
        running.update(window_ends_at=client_end(newest, months=months))


def _waits_until(now: datetime) -> datetime:
    return due(now, Period(days=DAYS_TO_WAIT_FOR_PHOTOS), Bound.AT_MOST)
