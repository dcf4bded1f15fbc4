"""Which rows of the galleries are about a person: what their code opens, the code itself, and what they asked with it.

A group photo is about everybody on it, so it is in the answer of each. In an export photos go as the preview that the
gallery shows: a faithful picture, without the marks of the file the client paid for.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from privacy.declarations import Label
from privacy.dossier import Source, Stored, as_proof, sources
from privacy.models import Consent
from privacy.people import Person

from . import client_dossier  # noqa: F401 - it registers the sources of clients and their contacts
from .actions.extending import CONSENT
from .actions.reminding import digests_of
from .models import Extension, Group, LoginCode, Photo, Reminder, RemovalCase, Subject

CASES = _("Requests to take a group photo away")


def _photos(person: Person, now: datetime) -> "QuerySet[Photo]":
    """Restricted ones too: a restriction keeps a photo from use, not from its own person (art. 18(2) GDPR)."""
    return Photo.objects.within_term(now).of_codes(person.code_ids).order_by("group", "pk")


def _preview(photo: Photo) -> Stored:
    if photo.available_from is not None:
        yield f"{photo.pk}.jpg", photo.preview_name


def _subjects(person: Person, now: datetime) -> "QuerySet[Subject]":
    return Subject.objects.filter(codes__in=person.code_ids).distinct().order_by("pk")


def _groups(person: Person, now: datetime) -> "QuerySet[Group]":
    return Group.objects.filter(subjects__codes__in=person.code_ids).distinct().order_by("pk")


def _codes(person: Person, now: datetime) -> "QuerySet[LoginCode]":
    return LoginCode.objects.within_term(now).filter(pk__in=person.code_ids).order_by("pk")


def _extensions(person: Person, now: datetime) -> "QuerySet[Extension]":
    """Those of one's own code: another household's are none of this person's (A40)."""
    return Extension.objects.filter(code__in=person.code_ids).order_by("pk")


def _consents(person: Person, now: datetime) -> "QuerySet[Consent]":
    asked = _extensions(person, now).values("consent")
    return Consent.objects.filter(kind=CONSENT, pk__in=asked).order_by("pk")


def _reminders(person: Person, now: datetime) -> "QuerySet[Reminder]":
    """By the address alone: who holds the same card may be somebody else."""
    digests = digests_of(person.email) if person.email else []
    return Reminder.objects.filter(digest__in=digests, closes_at__gt=now).order_by("pk")


def _cases(person: Person, now: datetime) -> "QuerySet[RemovalCase]":
    """With an address, for who reads its mail; without one, for who holds the code it was asked with."""
    by_code = Q(code__in=person.code_ids, email="")
    asked = by_code | Q(email__iexact=person.email) if person.email else by_code
    return RemovalCase.objects.filter(asked).order_by("pk")


def _of_others(photo: Photo, now: datetime) -> Label | None:
    """A group photo is not one person's to destroy (A7)."""
    return _("others are on it too; ask on the page of the photo to have it taken away") if photo.group_id else None


def _with_photos(row: object, now: datetime) -> Label:
    return _("it goes by itself with the last photo it belongs to")


def _undecided(case: RemovalCase, now: datetime) -> Label | None:
    """With an open case would go what its asker wants: the photo would be for sale again, and nobody would decide."""
    return None if case.closed_at else _("we are still deciding what you asked with it; after our answer it can go")


# In the order in which a reader meets it.
OWN = (
    Source(model=Photo, title=_("Photos"), find=_photos, since="uploaded_at", files=_preview, stays=_of_others),
    Source(
        model=Subject,
        title=_("Who is on the photos"),
        find=_subjects,
        since="assignment__created_at",
        stays=_with_photos,
    ),
    Source(
        model=Group,
        title=_("The class, team or department"),
        find=_groups,
        since="assignment__created_at",
        stays=_with_photos,
    ),
    Source(model=LoginCode, title=_("Your login code"), find=_codes, since="issued_at", stays=_with_photos),
    Source(model=Extension, title=_("Keeping photos longer"), find=_extensions, since="created_at", stays=_with_photos),
    Source(
        model=Consent,
        title=_("Your consent to keep photos longer"),
        find=_consents,
        since="given_at",
        stays=as_proof,
    ),
    Source(model=RemovalCase, title=CASES, find=_cases, since="received_at", stays=_undecided),
    Source(model=Reminder, title=_("The mail before your photos go"), find=_reminders, since="left_at"),
)
for source in OWN:
    sources.register(source)
