"""Keeping portraits longer on consent, and withdrawing it: actions and pages, one household and two, and the night."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import polib
import pytest
import time_machine
from django.core.cache import caches
from django.test import Client as Browser
from django.utils import translation

from accounts.roles import Role
from common.periods import ZONE
from galleries.actions import change_term, issue_code, make_available
from galleries.actions.codes import replace_code
from galleries.actions.deleting import Receipt
from galleries.actions.extending import CannotExtend, CapacityMissing, NotYet, keep_longer, stop_keeping
from galleries.forms import KeepForm
from galleries.models import Extension, LoginCode, Photo, Subject
from jkreeft.ops.machine import ROOT
from privacy.documents import KEEP_LONGER_VERSION
from privacy.models import Consent, Hold, LedgerEntry, OutgoingMail, SweepRun
from privacy.sweep import run_sweep
from tests.accounts.staff import at_work

from .studio import NOW, Studio, add_photo, code_of, code_row, enter

pytestmark = pytest.mark.postgres

SECOND = timedelta(seconds=1)
# The client's own month, and 48 months more for each consent.
OWN = datetime(2026, 11, 23, tzinfo=ZONE).astimezone(UTC)
LONGER = datetime(2030, 11, 23, tzinfo=ZONE).astimezone(UTC)
LONGEST = datetime(2034, 11, 23, tzinfo=ZONE).astimezone(UTC)
AGREED = {"capacity": "representative", "consent": "on", "email": ""}


def keep(code: LoginCode, *, now: datetime = NOW, email: str = "") -> Extension:
    return keep_longer(code_id=code.pk, capacity="representative", email=email, language="en", now=now)


def stop(code: LoginCode, *, now: datetime, email: str = "") -> Receipt | None:
    return stop_keeping(code_id=code.pk, email=email, language="en", now=now)


def ends(subject: Subject) -> set[tuple[datetime | None, bool]]:
    return set(Photo.objects.filter(subject=subject).values_list("expires_at", "kept_on_consent"))


def url(subject: Subject, what: str = "bewaren/") -> str:
    return f"/fotos/{code_row(subject).public_id}/{what}"


def night(clock: time_machine.Traveller, moment: datetime) -> None:
    clock.move_to(moment)
    run = run_sweep(now=moment)
    assert run is not None
    assert run.status == SweepRun.Status.GREEN, list(run.rules.values("rule", "outcome", "error", "residue"))


@pytest.fixture
def first(studio: Studio) -> LoginCode:
    return code_row(studio.anna)


@pytest.fixture
def second(studio: Studio, first: LoginCode) -> LoginCode:
    """The code of another household for the same subject."""
    issue_code(subject_id=studio.anna.pk, now=NOW)
    return code_row(studio.anna)


@pytest.fixture
def anna(studio: Studio, client: Browser) -> Iterator[Browser]:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    yield enter(client, code_of(studio, studio.anna))
    caches["fragments"].clear()


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


@pytest.mark.clauses("P30")
def test_nothing_is_ticked_or_chosen_beforehand(studio: Studio, anna: Browser) -> None:
    page = anna.get(url(studio.anna)).content.decode()

    assert "checked" not in page
    assert "until and including Friday 22 November 2030" in page


@pytest.mark.parametrize("missing", ["capacity", "consent"])
@pytest.mark.clauses("P29", "P30")
def test_without_consent_or_capacity_nothing_is_kept(studio: Studio, anna: Browser, missing: str) -> None:
    answer = anna.post(url(studio.anna), {**AGREED, missing: ""})

    assert answer.status_code == 422
    assert ends(studio.anna) == {(OWN, False)}
    assert not Consent.objects.exists()


@pytest.mark.clauses("P26", "P30")
def test_the_page_keeps_and_withdraws_with_one_form_each(studio: Studio, anna: Browser) -> None:
    kept = anna.post(url(studio.anna), {**AGREED, "email": "somebody@example.org"}, follow=True).content.decode()

    assert "You agreed on Thursday 22 October 2026, 09:30." in kept
    assert "stay until and including Friday 22 November 2030" in kept
    assert "which ends on Sunday 22 November 2026" in kept
    assert "From Wednesday 22 May 2030" in kept
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.kind) == ("somebody@example.org", "galleries.kept")
    assert str(Consent.objects.get().public_id) in mail.text
    assert "22 November 2030" in mail.subject
    back = anna.post(url(studio.anna, "bewaren/intrekken/"), {"going": "0"}, follow=True).content.decode()
    assert "Your consent is withdrawn" in back
    assert ends(studio.anna) == {(OWN, False)}


def test_the_same_form_sent_twice_is_one_consent(studio: Studio, anna: Browser) -> None:
    anna.post(url(studio.anna), AGREED)
    again = anna.post(url(studio.anna), AGREED, follow=True).content.decode()

    assert "You asked this already" in again
    assert Consent.objects.count() == 1


@pytest.mark.clauses("P31")
def test_the_page_says_that_a_withdrawal_deletes_before_it_does(
    studio: Studio, anna: Browser, first: LoginCode, clock: time_machine.Traveller
) -> None:
    clock.move_to(OWN - timedelta(days=1))
    enter(anna, code_of(studio, studio.anna))
    keep(first, now=OWN - timedelta(days=1))
    address = url(studio.anna, "bewaren/intrekken/")
    before = anna.get(url(studio.anna)).content.decode()

    clock.move_to(OWN)
    stale = anna.post(address, {"going": "0"})
    told = stale.content.decode()
    assert Photo.objects.filter(subject=studio.anna).count() == 2
    done = anna.post(address, {"going": "2"}, follow=True).content.decode()

    assert "deleted at once" not in before
    assert stale.status_code == 409
    assert "2 portraits are deleted at once and for good" in told
    assert "Withdraw my consent and delete" in told
    assert "2 photos are deleted" in done
    assert ends(studio.anna) == set()


@pytest.mark.parametrize("who", ["stranger", "other code", *Role.values])
@pytest.mark.clauses("P36")
def test_without_the_code_nothing_is_kept_or_withdrawn(studio: Studio, first: LoginCode, who: str) -> None:
    keep(first)
    browser = at_work(Role(who)) if who in Role.values else Browser()
    if who == "other code":
        enter(browser, code_of(studio, studio.bram))

    assert browser.get(url(studio.anna)).status_code == 404
    assert browser.post(url(studio.anna), AGREED).status_code == 404
    assert browser.post(url(studio.anna, "bewaren/intrekken/"), {"going": "0"}).status_code == 404
    assert ends(studio.anna) == {(LONGER, True)}


def test_another_household_sees_nothing_of_a_consent_but_that_the_photos_stay(
    studio: Studio, first: LoginCode, second: LoginCode
) -> None:
    keep(first)
    browser = enter(Browser(headers={"Accept-Language": "en"}), code_of(studio, studio.anna))

    page = browser.get(url(studio.anna)).content.decode()

    assert "You asked us to keep them" not in page
    assert "Keep 48 months longer" in page
    browser.post(url(studio.anna, "bewaren/intrekken/"), {"going": "0"})
    assert ends(studio.anna) == {(LONGER, True)}


def test_changed_words_of_the_consent_move_their_version() -> None:
    field = KeepForm.base_fields["consent"]
    catalogue = polib.pofile(str(ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"))
    with translation.override("en"):
        english = [str(field.label), str(field.help_text)]
    dutch = [catalogue.find(sentence).msgstr for sentence in english]

    digest = hashlib.sha256("\n".join([*english, *dutch]).encode()).hexdigest()[:12]
    assert (KEEP_LONGER_VERSION, digest) == ("2026-11", "149abf0d345d")


def test_a_withdrawal_is_receipted_by_mail_to_the_address_given_and_kept_nowhere_else(
    studio: Studio, anna: Browser, clock: time_machine.Traveller
) -> None:
    keep(code_row(studio.anna))
    answer = anna.post(url(studio.anna, "bewaren/intrekken/"), {"going": "0", "email": "somebody@example.org"})

    mail = OutgoingMail.objects.get()
    assert answer.status_code == 302
    assert (mail.to, mail.kind) == ("somebody@example.org", "galleries.withdrawn")
    assert mail.subject == "You withdrew your consent to keep photos longer"
    assert "On Thursday 22 October 2026, 09:30 you withdrew your consent" in mail.text
    assert "No portrait was deleted" in mail.text
    assert "somebody" not in str(dict(anna.session))
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_a_withdrawal_past_the_agreed_time_is_receipted_with_what_went(
    studio: Studio, first: LoginCode, clock: time_machine.Traveller
) -> None:
    keep(first)
    clock.move_to(OWN)
    receipt = stop(first, now=OWN, email="somebody@example.org")

    assert receipt is not None
    text = OutgoingMail.objects.get().text
    assert f"2 portraits were deleted at once and for good. Number of this receipt: {receipt.number}" in text


def test_a_wrong_address_withdraws_nothing_and_is_shown_again(studio: Studio, anna: Browser) -> None:
    keep(code_row(studio.anna))
    answer = anna.post(url(studio.anna, "bewaren/intrekken/"), {"going": "0", "email": "somebody@"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="somebody@"' in page
    assert 'href="#withdraw_email"' in page
    assert Extension.objects.standing().count() == 1
    assert not OutgoingMail.objects.exists()


def test_what_was_typed_stays_when_the_page_was_out_of_date(studio: Studio, anna: Browser) -> None:
    keep(code_row(studio.anna))
    answer = anna.post(url(studio.anna, "bewaren/intrekken/"), {"going": "7", "email": "somebody@example.org"})

    assert answer.status_code == 409
    assert 'value="somebody@example.org"' in answer.content.decode()
    assert Extension.objects.standing().count() == 1
