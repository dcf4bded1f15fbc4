"""Holds and restrictions as actions."""

from datetime import timedelta

import pytest

from privacy.actions.exceptions import ExceptionRefused, end_hold, lift_restriction, place_hold, restrict
from privacy.models import Hold, Restriction
from tests.accounts.staff import hire
from tests.galleries.studio import NOW

INSTANT = timedelta(microseconds=1)


def held(until_after: timedelta) -> Hold:
    return place_hold(kind="a.b", object_id=1, reason="r", owner_id=hire().pk, until=NOW + until_after, now=NOW)


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


def test_a_row_is_restricted_once_at_a_time(db: None) -> None:
    first = restrict(kind="a.b", object_id=1, reason="r", now=NOW)
    with pytest.raises(ExceptionRefused):
        restrict(kind="a.b", object_id=1, reason="r", now=NOW)
    restrict(kind="a.b", object_id=2, reason="r", now=NOW)
    assert lift_restriction(restriction_id=first.pk, now=NOW)
    assert not lift_restriction(restriction_id=first.pk, now=NOW), "it was lifted before"
    restrict(kind="a.b", object_id=1, reason="again", now=NOW)
    assert Restriction.objects.filter(kind="a.b", object_id=1).count() == 2
