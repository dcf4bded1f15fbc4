"""Keeping portraits longer on consent, and withdrawing it: the actions, one household and two, and the night."""

import hashlib
from datetime import UTC, datetime, timedelta

import polib
import pytest
import time_machine
from django.test import Client as Browser
from django.utils import translation

from common.periods import ZONE
from galleries.actions import change_term, make_available
from galleries.actions.codes import replace_code
from galleries.actions.extending import CannotExtend, CapacityMissing, NotYet, keep_longer
from galleries.forms import KeepForm
from galleries.models import Extension, LoginCode, Photo
from jkreeft.ops.machine import ROOT
from privacy.documents import KEEP_LONGER_VERSION
from privacy.models import Consent, Hold, LedgerEntry

from .households import LONGER, OWN, ends, keep, stop, url
from .studio import NOW, Studio, add_photo, code_row, night

pytestmark = pytest.mark.postgres


SECOND = timedelta(seconds=1)


LONGEST = datetime(2034, 11, 23, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.clauses("P26", "P27")
def test_portraits_are_kept_48_months_past_their_end_and_nothing_else_is(studio: Studio, first: LoginCode) -> None:
    keep(first)

    assert ends(studio.anna) == {(LONGER, True)}
    assert ends(studio.bram) == {(OWN, False)}
    assert set(Photo.objects.filter(group=studio.group).values_list("expires_at", flat=True)) == {OWN}
    first.refresh_from_db()
    assert first.expires_at == LONGER


@pytest.mark.clauses("P27")
def test_the_night_keeps_what_was_promised_to_the_last_second_and_removes_it_with_the_next(
    studio: Studio, first: LoginCode, clock: time_machine.Traveller
) -> None:
    keep(first)

    night(clock, OWN)
    assert Photo.objects.count() == Photo.objects.filter(subject=studio.anna).count() == 2
    night(clock, LONGER - SECOND)
    assert (Photo.objects.count(), LoginCode.objects.count()) == (2, 1)
    night(clock, LONGER)
    assert (Photo.objects.count(), LoginCode.objects.count(), Extension.objects.count()) == (0, 0, 0)
    assert LedgerEntry.objects.get(event="erased", kind="galleries.photo", rule="RT02").count == 2


@pytest.mark.clauses("P29", "P30", "P55")
def test_the_proof_of_a_consent_goes_twelve_months_after_its_end(
    studio: Studio, first: LoginCode, clock: time_machine.Traveller
) -> None:
    keep(first)
    consent = Consent.objects.get()
    assert (consent.wording, consent.capacity, consent.given_at) == (KEEP_LONGER_VERSION, "representative", NOW)
    assert (consent.about_kind, consent.about_id) == ("galleries.subject", studio.anna.public_id)
    assert consent.ends_at == LONGER

    night(clock, datetime(2031, 11, 23, tzinfo=ZONE) - SECOND)
    assert Consent.objects.count() == 1
    night(clock, datetime(2031, 11, 23, tzinfo=ZONE))
    assert Consent.objects.count() == 0


def test_one_extension_stands_at_a_time_until_six_months_before_its_end(
    studio: Studio, first: LoginCode, clock: time_machine.Traveller
) -> None:
    keep(first)
    again = datetime(2030, 5, 22, tzinfo=ZONE).astimezone(UTC)

    with pytest.raises(NotYet):
        keep(first, now=again - SECOND)
    assert ends(studio.anna) == {(LONGER, True)}
    keep(first, now=again)

    assert ends(studio.anna) == {(LONGEST, True)}
    assert set(Consent.objects.values_list("ends_at", flat=True)) == {LONGEST}


def test_what_is_past_its_end_cannot_be_kept_any_more(studio: Studio, first: LoginCode) -> None:
    keep_until = OWN - SECOND
    with pytest.raises(CannotExtend):
        keep(first, now=OWN)
    keep(first, now=keep_until)
    assert ends(studio.anna) == {(LONGER, True)}


def test_nothing_is_kept_without_a_stated_capacity(studio: Studio, first: LoginCode) -> None:
    with pytest.raises(CapacityMissing):
        keep_longer(code_id=first.pk, capacity="neighbour", email="", language="nl", now=NOW)
    assert ends(studio.anna) == {(OWN, False)}


@pytest.mark.clauses("P31")
def test_a_withdrawal_within_the_clients_term_goes_back_to_that_term(studio: Studio, first: LoginCode) -> None:
    keep(first)

    receipt = stop(first, now=OWN - SECOND)

    assert receipt is None
    assert ends(studio.anna) == {(OWN, False)}
    consent = Consent.objects.get()
    assert (consent.withdrawn_at, consent.ends_at) == (OWN - SECOND, OWN - SECOND)
    events = LedgerEntry.objects.filter(event__startswith="consent").order_by("pk").values_list("event", flat=True)
    assert list(events) == ["consent_given", "consent_withdrawn"]


@pytest.mark.clauses("P31")
def test_a_withdrawal_past_the_clients_term_deletes_at_once(studio: Studio, first: LoginCode) -> None:
    keep(first)

    receipt = stop(first, now=OWN)

    assert receipt is not None
    assert receipt.count == 2
    assert ends(studio.anna) == set()
    assert LedgerEntry.objects.get(event="erased", kind="galleries.photo").reason == "withdrawal"


def test_a_held_photo_is_out_of_sight_at_once_and_goes_when_the_hold_ends(
    studio: Studio, first: LoginCode, clock: time_machine.Traveller
) -> None:
    keep(first)
    held = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]
    until = OWN + timedelta(days=9)
    Hold.objects.create(kind="galleries.photo", object_id=held.pk, reason="7", until=until, created_at=NOW)

    assert stop(first, now=OWN) is None

    assert not Photo.objects.visible(OWN).exists()
    night(clock, until - SECOND)
    assert list(Photo.objects.all()) == [held]
    night(clock, until)
    assert not Photo.objects.exists()


def test_a_second_withdrawal_finds_nothing(studio: Studio, first: LoginCode) -> None:
    keep(first)
    stop(first, now=NOW)

    assert stop(first, now=NOW + SECOND) is None
    assert Consent.objects.get().withdrawn_at == NOW


@pytest.mark.clauses("P31")
def test_with_two_households_the_portraits_go_with_the_last_consent(
    studio: Studio, first: LoginCode, second: LoginCode
) -> None:
    keep(first)
    keep(second)
    assert ends(studio.anna) == {(LONGER, True)}

    assert stop(first, now=OWN) is None
    assert ends(studio.anna) == {(LONGER, True)}
    last = stop(second, now=OWN)

    assert last is not None
    assert ends(studio.anna) == set()


def test_the_household_that_asked_most_often_decides_the_end(
    studio: Studio, first: LoginCode, second: LoginCode
) -> None:
    again = LONGER - timedelta(days=30)
    keep(first)
    keep(second)
    keep(first, now=again)

    assert ends(studio.anna) == {(LONGEST, True)}
    stop(first, now=again)
    assert ends(studio.anna) == {(LONGER, True)}


def test_a_new_card_of_the_same_household_can_withdraw(studio: Studio, first: LoginCode) -> None:
    keep(first)
    replace_code(code_id=first.pk, by=studio.staff, now=NOW)

    stop(code_row(studio.anna), now=NOW)

    assert ends(studio.anna) == {(OWN, False)}


def test_a_portrait_added_later_is_kept_too_and_another_term_moves_both_ends(studio: Studio, first: LoginCode) -> None:
    keep(first)
    late = add_photo(studio, subject=studio.anna)
    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=NOW + timedelta(days=3))
    late.refresh_from_db()
    assert late.expires_at == LONGER + timedelta(days=3)

    change_term(assignment_id=studio.assignment.pk, months=2, reference="Mail", now=NOW)

    moved = datetime(2030, 12, 23, tzinfo=ZONE).astimezone(UTC)
    assert ends(studio.anna) == {(moved, True), (moved + timedelta(days=3), True)}
    assert Consent.objects.get().ends_at == moved + timedelta(days=3)
    assert ends(studio.bram) == {(datetime(2026, 12, 23, tzinfo=ZONE), False)}


def test_another_term_leaves_what_consent_keeps_past_a_lapsed_term(studio: Studio, first: LoginCode) -> None:
    keep(first)

    change_term(assignment_id=studio.assignment.pk, months=2, reference="Mail", now=OWN + timedelta(days=90))

    assert ends(studio.anna) == {(datetime(2030, 12, 23, tzinfo=ZONE), True)}
    assert ends(studio.bram) == {(OWN, False)}


def test_a_consent_brings_no_portrait_back_that_the_night_has_yet_to_remove(studio: Studio, first: LoginCode) -> None:
    late = add_photo(studio, subject=studio.anna)
    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=NOW + timedelta(days=3))

    keep(first, now=OWN)

    assert ends(studio.anna) == {(OWN, False), (LONGER + timedelta(days=3), True)}


def test_a_deletion_of_the_last_portrait_ends_the_consent(studio: Studio, anna: Browser, first: LoginCode) -> None:
    keep(first)
    one, other = Photo.objects.filter(subject=studio.anna)

    anna.post(url(studio.anna, "verwijderen/"), {"photo": [one.public_id]})
    assert Consent.objects.get().ends_at == LONGER
    anna.post(url(studio.anna, "verwijderen/"), {"photo": [other.public_id]})

    consent, extension = Consent.objects.get(), Extension.objects.get()
    assert (consent.ends_at, consent.withdrawn_at, extension.ended_at) == (NOW, None, NOW)


def test_changed_words_of_the_consent_move_their_version() -> None:
    field = KeepForm.base_fields["consent"]
    catalogue = polib.pofile(str(ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"))
    with translation.override("en"):
        english = [str(field.label), str(field.help_text)]
    dutch = [catalogue.find(sentence).msgstr for sentence in english]

    digest = hashlib.sha256("\n".join([*english, *dutch]).encode()).hexdigest()[:12]
    assert (KEEP_LONGER_VERSION, digest) == ("2026-11", "149abf0d345d")
