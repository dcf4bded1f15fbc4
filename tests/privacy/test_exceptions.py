"""Holds and restrictions as actions."""

from datetime import timedelta

import pytest
from django.db import transaction

from privacy.actions.exceptions import ExceptionRefused, end_hold, lift_restriction, place_hold, restrict
from privacy.models import Hold, Restriction
from tests.accounts.staff import hire
from tests.galleries.studio import NOW

from .conftest import a_mail

INSTANT = timedelta(microseconds=1)


KIND = "privacy.outgoingmail"


def held(until_after: timedelta) -> Hold:
    row = a_mail(kept_from=NOW).pk
    return place_hold(kind=KIND, object_id=row, reason="r", owner_id=hire().pk, until=NOW + until_after, now=NOW)


def test_a_hold_ends_in_the_future_and_an_instant_is_enough(db: None) -> None:
    assert held(INSTANT).until == NOW + INSTANT


@pytest.mark.parametrize("until_after", [timedelta(0), -INSTANT])
def test_a_hold_that_ended_cannot_be_placed(until_after: timedelta, db: None) -> None:
    with pytest.raises(ExceptionRefused):
        held(until_after)
    assert not Hold.objects.exists()


def test_a_hold_is_ended_once_and_never_made_longer(db: None) -> None:
    hold = held(timedelta(days=1))
    assert end_hold(hold_id=hold.pk, now=NOW)
    assert not end_hold(hold_id=hold.pk, now=NOW + timedelta(hours=1))
    hold.refresh_from_db()
    assert hold.until == NOW


def test_a_row_that_is_gone_cannot_be_kept(db: None) -> None:
    row = a_mail(kept_from=NOW)
    row.delete()
    with pytest.raises(ExceptionRefused), transaction.atomic():
        restrict(kind=KIND, object_id=1, reason="r", now=NOW)
    owner, until = hire().pk, NOW + INSTANT
    with pytest.raises(ExceptionRefused), transaction.atomic():
        place_hold(kind=KIND, object_id=1, reason="r", owner_id=owner, until=until, now=NOW)
    assert not Hold.objects.exists()
    assert not Restriction.objects.exists()


def test_a_row_is_restricted_once_at_a_time(db: None) -> None:
    one, two = a_mail(kept_from=NOW).pk, a_mail(kept_from=NOW).pk
    first = restrict(kind=KIND, object_id=one, reason="r", now=NOW)
    with pytest.raises(ExceptionRefused):
        restrict(kind=KIND, object_id=one, reason="r", now=NOW)
    restrict(kind=KIND, object_id=two, reason="r", now=NOW)
    assert lift_restriction(restriction_id=first.pk, now=NOW)
    assert not lift_restriction(restriction_id=first.pk, now=NOW), "it was lifted before"
    restrict(kind=KIND, object_id=one, reason="again", now=NOW)
    assert Restriction.objects.filter(kind=KIND, object_id=one).count() == 2
