"""Keeping portraits longer, and withdrawing it, on the pages of a code; and the receipt by mail."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from accounts.roles import Role
from galleries.models import Extension, LoginCode, Photo
from privacy.models import Consent, OutgoingMail
from tests.accounts.staff import at_work

from .households import AGREED, LONGER, OWN, ends, keep, stop, url
from .studio import Studio, code_of, code_row, enter

pytestmark = pytest.mark.postgres


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
