"""What we hold about a code: everything the dossier has of it, in plain words, with the ends the sweep uses."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils.formats import date_format

from accounts.roles import Role
from galleries.actions import issue_code, make_available
from galleries.actions.extending import keep_longer, stop_keeping
from galleries.actions.reminding import leave_address
from galleries.dossier import OWN
from galleries.models import Extension, Group, LoginCode, Photo, Reminder, RemovalCase, Subject
from galleries.terms import last_day
from privacy.declarations import Personal, Whose
from privacy.dossier import Section, dossier
from privacy.models import Consent, Restriction
from privacy.people import Person
from privacy.registry import registry
from privacy.selection import Selection
from shop.models import Draft
from tests.accounts.staff import at_work
from tests.shop.counter import Counter, browser_of, checkout_form, open_counter, put

from .studio import NOW, Studio, add_photo, code_of, code_row, enter

pytestmark = pytest.mark.postgres

ADDRESS = "parent@example.org"
SECOND = timedelta(seconds=1)


def url(subject: Subject) -> str:
    return f"/fotos/{code_row(subject).public_id}/gegevens/"


def sections(person: Person, **asked: Any) -> dict[Any, Section]:
    return {part.source.model: part for part in dossier(person, **{"now": NOW, "among": OWN, **asked})}


def holder(code: LoginCode) -> Person:
    return Person(code_ids=frozenset({code.pk}))


def text_of(browser: Browser, subject: Subject) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", browser.get(url(subject)).content.decode()))


@pytest.mark.clauses("P85")
def test_a_code_shows_its_own_photos_number_group_and_consents_and_nobody_elses(
    studio: Studio, code: LoginCode
) -> None:
    keep_longer(code_id=code.pk, capacity="self", email="", language="en", now=NOW)
    keep_longer(code_id=code_row(studio.bram).pk, capacity="self", email="", language="en", now=NOW)

    found = sections(holder(code))

    photos = [entry.row for entry in found[Photo].entries]
    assert [(photo.subject, photo.group) for photo in photos if photo.subject] == [(studio.anna, None)] * 2
    assert [photo.group for photo in photos if photo.group] == [studio.group]
    assert [entry.row for entry in found[Subject].entries] == [studio.anna]
    assert [entry.row for entry in found[Group].entries] == [studio.group]
    assert [entry.row for entry in found[LoginCode].entries] == [code]
    assert [entry.row.code for entry in found[Extension].entries] == [code]
    assert [entry.row for entry in found[Consent].entries] == [Extension.objects.get(code=code).consent]


@pytest.mark.clauses("P85")
def test_another_household_with_a_code_for_the_same_child_is_shown_no_consent(studio: Studio, code: LoginCode) -> None:
    keep_longer(code_id=code.pk, capacity="self", email="", language="en", now=NOW)
    issue_code(subject_id=studio.anna.pk, now=NOW)

    found = sections(holder(code_row(studio.anna)))

    assert Photo in found
    assert not {Extension, Consent} & set(found)


@pytest.mark.clauses("P85")
def test_who_reads_the_mail_of_an_address_finds_it_and_who_holds_the_card_does_not(code: LoginCode) -> None:
    leave_address(code_id=code.pk, email="Parent@Example.org", language="en", now=NOW)

    [entry] = sections(Person(email=ADDRESS))[Reminder].entries
    assert [(fact.field, fact.shown) for fact in entry.facts] == [("address", "Parent@Example.org")]
    assert Reminder not in sections(holder(code))
    assert Reminder not in sections(Person(email="other@example.org"))
    assert sections(Person()) == {}


def test_an_export_gets_the_preview_of_each_photo_that_is_online(studio: Studio, code: LoginCode) -> None:
    waiting = add_photo(studio, subject=studio.anna)

    found = {entry.row: entry.files for entry in sections(holder(code))[Photo].entries}

    assert found.pop(waiting) == ()
    assert all(files == ((f"{photo.pk}.jpg", photo.preview_name),) for photo, files in found.items())
    assert len(found) == 3


def test_what_is_past_its_term_is_not_held_and_what_is_restricted_is_shown_to_its_own_person(
    studio: Studio, code: LoginCode
) -> None:
    photo = Photo.objects.filter(subject=studio.anna).order_by("pk")[0]
    Restriction.objects.create(kind="galleries.photo", object_id=photo.pk, reason="7", created_at=NOW)
    assert photo in [entry.row for entry in sections(holder(code))[Photo].entries]

    assert photo.expires_at is not None
    assert Photo in sections(holder(code), now=photo.expires_at - SECOND)
    assert not {Photo, LoginCode} & set(sections(holder(code), now=photo.expires_at))


@pytest.mark.clauses("P85")
def test_each_day_on_the_page_is_the_one_the_sweep_uses(studio: Studio, code: LoginCode, anna: Browser) -> None:
    keep_longer(code_id=code.pk, capacity="self", email="", language="en", now=NOW)
    leave_address(code_id=code.pk, email=ADDRESS, language="en", now=NOW)
    Draft.objects.create(code=code, opened_at=NOW)
    waiting = add_photo(studio, subject=studio.anna)
    page = text_of(anna, studio.anna)

    shown = set()
    people = (holder(code), Person(email=ADDRESS))
    for part in [part for person in people for part in dossier(person, now=NOW)]:
        shown |= {(fact.rule, fact.until) for entry in part.entries for fact in entry.facts}
    assert {rule for rule, _ in shown} >= {"RT01", "RT02", "RT03", "RT04", "RT20", "RT31"}
    for key, until in shown:
        if until is None:
            assert key.startswith("RT26")
            continue
        select = Selection(registry.rules[key])
        assert select.count_due(until - timedelta(microseconds=1)) < select.count_due(until), key
        day = date_format(last_day(until), "l j F Y")
        assert f"Up to and including {day}" in page
    assert waiting.uploaded_at == NOW


def test_photos_that_come_and_go_together_are_one_line(studio: Studio, anna: Browser) -> None:
    late = add_photo(studio, subject=studio.anna)
    make_available(assignment_id=studio.assignment.pk, photo_ids=[late.pk], now=NOW + timedelta(days=3))

    page = text_of(anna, studio.anna)

    assert "3 × Photo Why Showing photos to those who are on them" in page
    assert page.count("Up to and including Sunday 22 November 2026") >= 1
    assert "Up to and including Wednesday 25 November 2026" in page


def test_the_page_says_number_group_ground_and_that_the_client_decides(studio: Studio, anna: Browser) -> None:
    page = text_of(anna, studio.anna)

    assert "What we hold about this code" in page
    assert "Number: 1 Why" in page
    assert "Class, team or department: 3B" in page
    assert "The client's own basis: we work on the client's instruction" in page.replace("&#x27;", "'")
    assert "subject 1" not in page
    assert (
        "The day is not known yet. Our rule is: numbers of who is on the photos: until their last photo has gone"
        in page
    )


def test_addresses_that_wait_are_counted_and_not_shown(studio: Studio, code: LoginCode, anna: Browser) -> None:
    leave_address(code_id=code.pk, email=ADDRESS, language="en", now=NOW)
    leave_address(code_id=code.pk, email="b@example.org", language="en", now=NOW)

    page = text_of(anna, studio.anna)

    assert "2 × E-mail address for the mail before the photos go" in page
    assert "@example.org" not in page.replace("info@", "")


@pytest.mark.parametrize(("email", "is_said"), [("", True), (ADDRESS, False)])
def test_a_request_is_there_and_what_it_says_only_where_the_code_proves_it(
    studio: Studio, code: LoginCode, anna: Browser, email: str, *, is_said: bool
) -> None:
    photo = Photo.objects.get(group=studio.group)
    RemovalCase.objects.create(
        form_token=uuid4(), photo=photo, code=code, note="third from left", email=email, received_at=NOW, due_on=NOW
    )

    page = text_of(anna, studio.anna)

    assert "Requests to take a group photo away" in page
    assert ("third from left" in page) is is_said
    assert ADDRESS not in page
    assert (RemovalCase in sections(holder(code))) is is_said
    assert (RemovalCase in sections(Person(email=ADDRESS))) is not is_said


def test_a_withdrawn_consent_is_still_shown_with_when_its_proof_goes(
    studio: Studio, code: LoginCode, anna: Browser
) -> None:
    keep_longer(code_id=code.pk, capacity="employee", email="", language="en", now=NOW)
    stop_keeping(code_id=code.pk, email="", language="en", now=NOW)

    page = text_of(anna, studio.anna)

    assert "Consent given as: I am on the photos as an employee" in page
    assert "Consent withdrawn on: 22 October 2026, 09:30" in page
    assert "Up to and including Thursday 21 October 2027" in page


@pytest.mark.clauses("P85")
def test_an_order_of_this_browser_is_there_by_kind_and_day_and_another_households_is_not(
    db: None, clock: object
) -> None:
    counter: Counter = open_counter()
    browser = browser_of(counter, counter.studio.anna)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    put(browser, counter.studio.anna, counter.photos["anna"], counter.print_)
    basket = text_of(browser, counter.studio.anna)
    browser.post("/bestellen/", checkout_form(browser))
    page = text_of(browser, counter.studio.anna)

    stranger = enter(Browser(headers={"Accept-Language": "en"}), code_of(counter.studio, counter.studio.anna))

    assert "What is in your basket" in basket
    assert "Orders you placed here" in page
    assert "Needed for the contract" in page
    assert "Orders you placed here" not in text_of(stranger, counter.studio.anna)
    for typed in ("sanne", "Sanne"):
        assert typed not in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_line_is_without_why_ground_since_or_until(
    studio: Studio, code: LoginCode, anna: Browser, language: str
) -> None:
    anna.cookies["django_language"] = language
    keep_longer(code_id=code.pk, capacity="self", email="", language="en", now=NOW)
    html = anna.get(url(studio.anna)).content.decode()

    lists = re.findall(r'<dl class="facts">(.*?)</dl>', html, re.DOTALL)
    assert len(lists) >= 6
    for one in lists:
        said = [re.sub(r"<[^>]+>", "", text).strip() for text in re.findall(r"<dd>(.*?)</dd>", one, re.DOTALL)]
        assert len(said) == 5
        assert all(said), said


def test_without_a_portrait_the_page_offers_nothing_that_needs_one(studio: Studio, anna: Browser) -> None:
    assert "bewaren/" in anna.get(url(studio.anna)).content.decode()
    Photo.objects.filter(subject=studio.anna).delete()
    page = anna.get(url(studio.anna)).content.decode()
    assert "bewaren/" not in page
    assert "verwijderen/" not in page


@pytest.mark.parametrize("who", ["stranger", "other code", *Role.values])
@pytest.mark.clauses("P36")
def test_without_the_code_nothing_is_told(studio: Studio, who: str) -> None:
    browser = at_work(Role(who)) if who in Role.values else Browser()
    if who == "other code":
        enter(browser, code_of(studio, studio.bram))

    assert browser.get(url(studio.anna)).status_code == 404


def test_the_gallery_leads_to_the_page_and_the_page_back(studio: Studio, anna: Browser) -> None:
    gallery = url(studio.anna).removesuffix("gegevens/")

    assert url(studio.anna) in anna.get(gallery).content.decode()
    assert f'href="{gallery}"' in anna.get(url(studio.anna)).content.decode()


def test_every_source_of_ours_is_asked_about_its_own_person_only(studio: Studio, code: LoginCode) -> None:
    nobody = Person(code_ids=frozenset({0}), email="nobody@example.org")
    assert all(not list(source.find(nobody, NOW)) for source in OWN)


@pytest.mark.clauses("P85")
def test_every_table_with_data_of_who_is_photographed_or_asks_has_a_source() -> None:
    people = {Whose.SUBJECT, Whose.VISITOR, Whose.REQUESTER}
    told = {
        label
        for label, declared in registry.declarations.items()
        if label.startswith("galleries.")
        and any(isinstance(said, Personal) and said.in_access and said.whose in people for said in declared.values())
    }
    assert told >= {"galleries.Photo", "galleries.Reminder"}
    assert told <= {source.model._meta.label for source in OWN}
