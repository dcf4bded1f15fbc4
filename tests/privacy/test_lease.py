import os
import subprocess
from datetime import datetime, timedelta

import pytest

from privacy import lease
from privacy.models import SweepLease

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def held_by(holder: str, until: datetime) -> None:
    SweepLease.objects.create(name="sweep", holder=holder, until=until)


def test_a_lease_is_held_by_one(now: datetime) -> None:
    first = lease.acquire("sweep", now=now)
    assert first is not None
    assert lease.acquire("sweep", now=now) is None
    assert lease.acquire("other", now=now) is not None
    first.release()
    assert lease.acquire("sweep", now=now) is not None


@pytest.mark.parametrize(("age", "is_free"), [(timedelta(0), True), (timedelta(microseconds=1), False)])
def test_a_lease_of_another_machine_is_free_when_its_time_is_over(age: timedelta, is_free: bool, now: datetime) -> None:
    held_by("elsewhere:1:abcd", now + age)
    assert (lease.acquire("sweep", now=now) is not None) == is_free


def test_the_lease_of_a_dead_process_is_free_at_once(now: datetime) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    mine = lease._own_name()
    held_by(mine.replace(f":{os.getpid()}:", f":{dead.pid}:"), now + timedelta(hours=1))
    assert lease.acquire("sweep", now=now) is not None


def test_the_lease_of_a_living_process_is_not(now: datetime) -> None:
    held_by(lease._own_name().replace(f":{os.getpid()}:", f":{os.getppid()}:"), now + timedelta(hours=1))
    assert lease.acquire("sweep", now=now) is None


def test_a_process_that_got_a_dead_ones_number_may_take_over(now: datetime) -> None:
    held_by(lease._own_name()[:-8] + "00000000", now + timedelta(hours=1))
    assert lease.acquire("sweep", now=now) is not None


def test_a_renewed_lease_lasts_longer(now: datetime) -> None:
    held = lease.acquire("sweep", now=now)
    assert held is not None
    later = now + timedelta(minutes=4)
    held.renew(now=later)
    assert SweepLease.objects.get(name="sweep").until == later + lease.LASTS


def test_who_was_taken_over_notices(now: datetime) -> None:
    held = lease.acquire("sweep", now=now)
    assert held is not None
    SweepLease.objects.update(holder="elsewhere:1:abcd")
    with pytest.raises(lease.LeaseLost):
        held.renew(now=now + timedelta(minutes=1))
    held.release()
    assert SweepLease.objects.get(name="sweep").holder == "elsewhere:1:abcd"
