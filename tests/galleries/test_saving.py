"""Codes a customer keeps in their account."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser

from accounts.models import User
from galleries.actions.codes import revoke_code
from galleries.actions.saving import SAVED_PER_ACCOUNT, save_code
from galleries.models import LoginCode, SavedCode
from privacy.dossier import dossier
from privacy.people import Person
from privacy.sweep import run_sweep
from tests.accounts.customers import customer, log_in
from tests.accounts.staff import at_work

from .studio import NOW, Studio, code_of, code_row, enter, fill, open_studio, publish


@pytest.fixture
def clock(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def studio(clock: time_machine.Traveller) -> Studio:
    studio = open_studio()
    fill(studio, content=b"x")
    publish(studio)
    return studio


@pytest.fixture
def user(clock: time_machine.Traveller) -> User:
    return customer(now=NOW)


@pytest.fixture
def parent(user: User, studio: Studio) -> Browser:
    """In the account, with Anna's code open."""
    visit = Browser()
    enter(visit, code_of(studio, studio.anna))
    log_in(visit)
    return visit


def save(visit: Browser, studio: Studio) -> SavedCode:
    visit.post(f"/account/codes/{code_row(studio.anna).public_id}/bewaren/")
    return SavedCode.objects.get()


@pytest.mark.clauses("P44")
def test_a_saved_code_opens_the_photos_later_without_the_card(parent: Browser, studio: Studio) -> None:
    assert "Bewaar deze code" in parent.get("/account/").content.decode()
    saved = save(parent, studio)
    other = Browser()
    log_in(other)
    answer = other.post(f"/account/codes/{saved.public_id}/openen/")
    assert answer["Location"] == f"/fotos/{code_row(studio.anna).public_id}/"
    page = other.get(answer["Location"])
    assert page.status_code == 200


def test_a_visit_by_a_saved_code_lasts_three_weeks_like_any_other(
    parent: Browser, studio: Studio, clock: time_machine.Traveller
) -> None:
    saved = save(parent, studio)
    clock.shift(timedelta(days=1))
    other = Browser()
    log_in(other)
    clock.shift(timedelta(days=2))
    other.post(f"/account/codes/{saved.public_id}/openen/")
    assert other.session.get_expiry_date() <= NOW + timedelta(days=1 + 21)


def test_only_an_open_code_of_this_visit_is_saved(user: User, parent: Browser, studio: Studio) -> None:
    parent.post(f"/account/codes/{code_row(studio.chris).public_id}/bewaren/")
    assert not SavedCode.objects.exists()
    colleague = at_work()
    enter(colleague, code_of(studio, studio.anna))
    colleague.post(f"/account/codes/{code_row(studio.anna).public_id}/bewaren/")
    assert not SavedCode.objects.exists()


def test_saved_twice_it_stands_once(parent: Browser, studio: Studio) -> None:
    save(parent, studio)
    assert save(parent, studio)


def test_nobody_opens_or_takes_out_the_code_of_another_account(parent: Browser, studio: Studio) -> None:
    saved = save(parent, studio)
    customer("ander@example.org", now=NOW)
    other = Browser()
    log_in(other, "ander@example.org")
    assert other.post(f"/account/codes/{saved.public_id}/openen/").status_code == 404
    other.post(f"/account/codes/{saved.public_id}/weg/")
    assert SavedCode.objects.exists()


def test_taken_out_the_photos_and_the_card_stay(parent: Browser, studio: Studio) -> None:
    saved = save(parent, studio)
    parent.post(f"/account/codes/{saved.public_id}/weg/")
    assert not SavedCode.objects.exists()
    assert LoginCode.objects.open(NOW).filter(pk=code_row(studio.anna).pk).exists()


def test_a_revoked_code_opens_nothing_from_an_account(parent: Browser, studio: Studio) -> None:
    saved = save(parent, studio)
    revoke_code(code_id=saved.code_id, by=studio.staff, now=NOW)
    other = Browser()
    log_in(other)
    assert other.post(f"/account/codes/{saved.public_id}/openen/")["Location"] == "/account/"
    assert "codes" not in other.session


def test_it_goes_with_the_code_and_with_the_account(parent: Browser, studio: Studio, user: User) -> None:
    saved = save(parent, studio)
    expires_at = saved.code.expires_at
    assert expires_at is not None
    run_sweep(now=expires_at)
    assert not SavedCode.objects.exists()
    assert User.objects.filter(pk=user.pk).exists()


def test_an_account_holds_so_many(user: User, studio: Studio) -> None:
    code = code_row(studio.anna)
    others = [LoginCode.objects.create(subject=studio.anna, digest=f"d{n}", issued_at=NOW) for n in range(50)]
    SavedCode.objects.bulk_create(SavedCode(user=user, code=other, saved_at=NOW) for other in others)
    assert len(others) == SAVED_PER_ACCOUNT
    assert not save_code(user_id=user.pk, code_id=code.pk, now=NOW)


def test_the_dossier_tells_of_it(parent: Browser, studio: Studio, user: User) -> None:
    save(parent, studio)
    titles = [section.source.model for section in dossier(Person(user_id=user.pk, email=user.email), now=NOW)]
    assert {SavedCode, User} <= set(titles)
